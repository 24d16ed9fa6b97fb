# SPDX-License-Identifier: Apache-2.0
"""What is measured. Each scenario is a function (rounds, seconds) -> [Row]; its first line is its description."""
import contextlib
import json
import re
import statistics
import subprocess
import time
from dataclasses import dataclass

import machine
import rounds
import servers

ACCOUNTS = 100_000


@dataclass
class Row:
    what: str
    bar: str
    measured: str
    detail: str
    holds: bool


def check_errors(results):
    for name, loads in results.items():
        if errors := sum(load.errors for load in loads):
            raise RuntimeError(f"{name}: {errors} answers were errors")


def ratio_row(what, bar, results, name, yardstick, field="per_cpu"):
    middle, least, most = rounds.ratio(results[name], results[yardstick], field)
    ours, theirs = (rounds.median(results[key], field) for key in (name, yardstick))
    p50, p99 = (rounds.median(results[name], key) * 1e6 for key in ("p50", "p99"))
    unit = "per CPU-second" if field == "per_cpu" else "per second"
    detail = f"{ours:,.0f} against {theirs:,.0f} {unit}; p50 {p50:,.0f} us, p99 {p99:,.0f} us"
    return Row(what, f"{bar:.2f} x" if bar else "", f"{middle:.2f} x ({least:.2f}..{most:.2f})", detail, not bar or middle >= bar)


def session_check(count, seconds):
    """A valid session is checked: GET /api/v1/session and /auth/verify against nginx `return 200`."""
    rows = []
    with servers.nginx_return_200() as nginx, servers.Cardea() as cardea, servers.Starlette() as starlette:
        cardea.register()
        cookie, signed = cardea.sign_in(), starlette.sign_in()
        for connections, bar in ((32, 0.90), (256, 0.85)):
            contenders = {
                "nginx": lambda: nginx.load("/", connections, seconds, cookie),
                "session": lambda: cardea.load("/api/v1/session", connections, seconds, cookie),
                "verify": lambda: cardea.load("/auth/verify", connections, seconds, cookie),
            }
            if connections == 32:
                contenders["starlette"] = lambda: starlette.load("/session", connections, seconds, signed)
            results = rounds.interleave(contenders, count)
            check_errors(results)
            for name, path in (("session", "GET /api/v1/session"), ("verify", "GET /auth/verify")):
                rows.append(ratio_row(f"{path}, {connections} connections, to nginx `return 200`", bar, results, name, "nginx"))
            if "starlette" in results:
                rows.append(ratio_row("GET /api/v1/session to Starlette's signed cookie", 1, results, "session", "starlette"))
        pss, rss = machine.memory_mib(cardea.pid)
        rows.append(Row("memory after that load", "", f"{pss:.1f} MiB", f"proportional; {rss:.1f} MiB resident", True))
    return rows


def forward_auth(count, seconds):
    """A site behind nginx auth_request, which asks /auth/verify for every request, against nginx `return 200`."""
    with contextlib.ExitStack() as stack:
        plain = stack.enter_context(servers.nginx_return_200())
        # The site's nginx has a core of its own; Cardea shares the other with wrk, which has little to do here.
        cardea = stack.enter_context(servers.Cardea(machine.LOAD_CORE))
        cardea.register()
        cookie = cardea.sign_in()
        front = stack.enter_context(servers.nginx_auth_request(cardea))
        results = rounds.interleave({
            "nginx": lambda: plain.load("/", 32, seconds, cookie),
            "forward auth": lambda: front.load("/", 32, seconds, cookie),
        }, count)
        check_errors(results)
    return [ratio_row("a site behind auth_request, 32 connections, to nginx `return 200`", 0.30, results, "forward auth", "nginx", "rate")]


def bare_argon2id(program, seconds):
    busy, begin = machine.busy_seconds(), time.monotonic()
    command = [servers.BUILD / "bench" / program, 1, seconds]
    output = machine.start(command, stdout=subprocess.PIPE, text=True).communicate()[0]
    hashes, cpu = map(float, output.split())
    wall = time.monotonic() - begin
    foreign = max(0.0, (machine.busy_seconds() - busy - cpu) / wall)
    return machine.Load(int(hashes), wall, cpu, p50=0, p99=0, errors=0, foreign=foreign)


def sign_in(count, seconds):
    """POST /api/v1/login on one core against libsodium's Argon2id alone on the same core, as it is and with huge pages."""
    seconds = max(seconds, 5)
    with servers.Cardea() as cardea:
        cardea.register(people=20)
        script = servers.ROOT / "bench/peers/sign_in.lua"
        results = rounds.interleave({
            "argon2id": lambda: bare_argon2id("argon2id", seconds),
            "argon2id, huge pages": lambda: bare_argon2id("argon2id_huge_pages", seconds),
            "sign-in": lambda: cardea.load("/api/v1/login", 8, seconds, script=script),
        }, count)
        check_errors(results)
    return [
        ratio_row("POST /api/v1/login to bare Argon2id (19 MiB, 2 passes)", 0.95, results, "sign-in", "argon2id", "rate"),
        ratio_row("POST /api/v1/login to bare Argon2id in the program's huge pages", None, results, "sign-in", "argon2id, huge pages", "rate"),
    ]


def scheduler_slice():
    with contextlib.suppress(OSError):
        return int(machine.read("/sys/kernel/debug/sched/base_slice_ns")) / 1e9
    return 0.004


def saturated(count, seconds):
    """Session checks while sign-ins keep the hashing pool full: their p99 against the p99 without."""
    seconds = max(seconds, 5)
    with servers.Cardea() as cardea:
        cardea.register(people=20)
        cookie = cardea.sign_in()

        def check():
            return cardea.load("/api/v1/session", 32, seconds, cookie)

        def check_during_sign_ins():
            url = f"http://127.0.0.1:{cardea.port}/api/v1/login"
            headers = {"Host": f"localhost:{cardea.port}", **servers.HEADERS}
            script = servers.ROOT / "bench/peers/sign_in.lua"
            sign_ins = machine.start(machine.wrk_command(url, 8, seconds + 1, headers, script), machine.LOAD_CORE)
            time.sleep(0.5)
            try:
                return check()
            finally:
                sign_ins.wait()

        results = rounds.interleave({"alone": check, "during sign-ins": check_during_sign_ins}, count)
        check_errors(results)
    alone, during = (rounds.median(results[name], "p99") for name in ("alone", "during sign-ins"))
    slice_ = scheduler_slice()
    bound = 2 * alone + slice_
    return [Row("p99 of GET /api/v1/session while sign-ins fill the pool", f"{bound * 1e3:.2f} ms", f"{during * 1e3:.2f} ms",
                f"alone {alone * 1e3:.2f} ms; the bar is twice that and a scheduler slice of {slice_ * 1e3:.1f} ms", during <= bound)]


def first_answer(count, _seconds):
    """From the start of the program to its first answer, with 100,000 accounts in the file; then its memory."""
    milliseconds = []
    with servers.Cardea() as cardea:
        machine.stop(cardea.process)
        subprocess.run([servers.BUILD / "bench/fill_accounts", cardea.data, str(ACCOUNTS)], check=True)
        for _ in range(max(count, 5)):
            begin = time.monotonic()
            cardea.start()
            milliseconds.append((time.monotonic() - begin) * 1e3)
            machine.stop(cardea.process)
        cardea.start()
        time.sleep(3)
        pss, rss = machine.memory_mib(cardea.pid)
    middle = statistics.median(milliseconds)
    return [
        Row(f"first answer with {ACCOUNTS:,} accounts", "100 ms", f"{middle:.0f} ms", f"{min(milliseconds):.0f}..{max(milliseconds):.0f} ms, start of the process included", middle < 100),
        Row("idle memory", "20 MiB", f"{rss:.1f} MiB", f"resident; {pss:.1f} MiB proportional", rss < 20),
    ]


def group_commit(count, seconds):
    """64 concurrent writers of one durable row each, against plain SQLite with 64-row transactions."""
    command = [servers.BUILD / "bench/sqlite_group_commit", servers.ROOT / "build/release", str(seconds), str(count)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    middle = float(re.search(r"median ratio ([\d.]+)", output)[1])
    return [Row("64 concurrent durable writers, to plain SQLite", "0.80 x", f"{middle:.2f} x", "both with synchronous=FULL", middle >= 0.80)]


def in_process(_count, _seconds):
    """What a session check costs in process, before a byte is written."""
    command = [servers.BUILD / "bench/session_check", "--benchmark_format=json"]
    output = machine.start(command, f"{machine.SERVER_CORE},{machine.LOAD_CORE}", stdout=subprocess.PIPE, text=True).communicate()[0]
    names = {
        "credential_from_request": "reading the credential from a request",
        "cache_hit/1": "a cache hit, one session",
        "cache_hit/100000": "a cache hit, 100,000 sessions in turn",
        "cache_hit_by_many_threads/threads:2": "a cache hit, two threads on one session",
    }
    times = {run["name"]: run["cpu_time"] for run in json.loads(output)["benchmarks"]}
    return [Row(what, "", f"{times[name]:.0f} ns", "processor time", True) for name, what in names.items()]


def cookie_verify(count, _seconds):
    """Verifying a session cookie of Starlette and Flask, against itsdangerous in Python."""
    ours, theirs = [], []
    for _ in range(count):
        command = [servers.BUILD / "bench/cookie_verify", "--benchmark_format=json"]
        output = machine.start(command, machine.SERVER_CORE, stdout=subprocess.PIPE, text=True).communicate()[0]
        ours.append({run["name"]: run["cpu_time"] for run in json.loads(output)["benchmarks"]})
        command = ["/usr/bin/python3", servers.ROOT / "bench/peers/cookie_verify.py"]
        theirs.append(json.loads(machine.start(command, machine.SERVER_CORE, stdout=subprocess.PIPE, text=True).communicate()[0]))
    rows = []
    for name, what in [("signature", "an itsdangerous signature"), ("starlette", "Starlette's session"), ("flask", "Flask's session")]:
        ratios = [peer[name] / mine[name] for mine, peer in zip(ours, theirs)]
        mine, peer = (statistics.median(run[name] for run in runs) for runs in (ours, theirs))
        measured = f"{statistics.median(ratios):.1f} x ({min(ratios):.1f}..{max(ratios):.1f})"
        rows.append(Row(f"verifying {what}, to itsdangerous", "1.0 x", measured, f"{mine:,.0f} ns against {peer:,.0f} ns of processor time", min(ratios) >= 1))
    for name, what in [("own", "a signed value of our own"), ("own_sealed", "a sealed one")]:
        rows.append(Row(f"verifying {what}", "", f"{statistics.median(run[name] for run in ours):,.0f} ns", "processor time", True))
    return rows


def limiter(_count, _seconds):
    """Decisions of a limiter that knows a million keys, at one and two threads, in every strategy."""
    command = [servers.BUILD / "bench/limiter", "--benchmark_format=json"]
    output = machine.start(command, f"{machine.SERVER_CORE},{machine.LOAD_CORE}", stdout=subprocess.PIPE, text=True).communicate()[0]
    rates = {run["name"]: run["items_per_second"] for run in json.loads(output)["benchmarks"]}
    rows = []
    for name, what in (("gcra", "GCRA"), ("fixed_window", "fixed window"), ("sliding_counter", "sliding counter"), ("moving_window", "moving window")):
        one, two = (rates[f"decide/{name}/real_time/threads:{threads}"] for threads in (1, 2))
        rows.append(Row(f"rate limit decisions, a million keys, {what}", "", f"{one / 1e6:.1f} M/s", f"per second on one thread; {two / 1e6:.1f} M/s on two", True))
    return rows


def pages(count, _seconds):
    """Pages written with tags, against the same bytes made by fmt and by append with escaping by hand."""
    options = [f"--benchmark_repetitions={max(count, 3)}", "--benchmark_enable_random_interleaving=true", "--benchmark_min_time=0.2"]
    output = machine.start([servers.BUILD / "bench/html_cost", *options, "--benchmark_format=json"], stdout=subprocess.PIPE, text=True).communicate()[0]
    runs = {run["run_name"].removeprefix("render_page/"): run for run in json.loads(output)["benchmarks"] if run.get("aggregate_name") == "median"}
    rows = []
    for name, what in (("form", "a form of 65 elements"), ("table", "a table of 1,000 rows")):
        tags, by_fmt, by_append = (runs[f"{name}_{way}"] for way in ("tags", "fmt", "append"))
        ratio = tags["cpu_time"] / by_fmt["cpu_time"]
        detail = "; ".join(f"{way} {run['cpu_time'] / 1e3:,.1f} us, {run['allocations']:,.0f} allocations"
                           for way, run in (("tags", tags), ("fmt", by_fmt), ("append", by_append)))
        rows.append(Row(f"{what}, to fmt with escaping by hand", "2 x at most", f"{ratio:.2f} x", detail, ratio <= 2))
    return rows


def peer_costs(command, seconds):
    """The microseconds of each operation as a peer in another language reports them."""
    output = machine.start([*command, seconds], stdout=subprocess.PIPE, text=True).communicate()[0]
    return json.loads(output)


def tokens(count, seconds):
    """JSON Web Tokens signed and verified, against the bare operation of OpenSSL or libsodium, npm jose and PyJWT."""
    options = [f"--benchmark_repetitions={max(count, 3)}", "--benchmark_enable_random_interleaving=true", "--benchmark_min_time=0.2"]
    output = machine.start([servers.BUILD / "bench/jwt_cost", *options, "--benchmark_format=json"], stdout=subprocess.PIPE, text=True).communicate()[0]
    times = {run["run_name"]: run["cpu_time"] / 1e3 for run in json.loads(output)["benchmarks"] if run.get("aggregate_name") == "median"}
    node = servers.ROOT / "web/node_modules/.bin/node"
    jose = peer_costs([node, servers.ROOT / "bench/peers/tokens_jose.mjs"], seconds)
    pyjwt = peer_costs(["/usr/bin/python3", servers.ROOT / "bench/peers/tokens_pyjwt.py"], seconds)
    rows = []
    for act, bars in (("verify", {"hs256": 1.5}), ("sign", {})):
        for name in ("hs256", "rs256", "es256", "eddsa"):
            bar = bars.get(name, 1.15) if act == "verify" else None
            ours = times[f"{act}_token/{name}"]
            bare = times.get(f"bare_{act}/{name}") or times[f"bare_{act}_{name}"]
            peers = f"npm jose {jose[f'{act} {name}']:,.1f}, PyJWT {pyjwt[f'{act} {name}']:,.1f}"
            rows.append(Row(f"{act} a token, {name.upper().replace('EDDSA', 'EdDSA')}, to the bare operation", f"{bar} x at most" if bar else "",
                            f"{ours / bare:.2f} x", f"{ours:,.1f} against {bare:,.1f} us; {peers}", not bar or ours <= bar * bare))
    return rows


ALL = [session_check, forward_auth, sign_in, saturated, first_answer, group_commit, in_process, cookie_verify, limiter, pages, tokens]
