# SPDX-License-Identifier: Apache-2.0
"""The machine: processes on chosen cores, the processor time and memory they use, and wrk as the load."""
import atexit
import contextlib
import os
import re
import subprocess
import time
from dataclasses import dataclass

SERVER_CORE = "0"
LOAD_CORE = "1"
AUTOGROUP = "/proc/self/autogroup"
TICK = os.sysconf("SC_CLK_TCK")
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass
class Load:
    """What one run of wrk saw, and what the servers spent on it."""
    requests: int
    seconds: float
    cpu: float
    p50: float
    p99: float
    errors: int
    foreign: float  # processor seconds per second that neither the servers nor wrk used

    @property
    def rate(self):
        return self.requests / self.seconds

    @property
    def per_cpu(self):
        return self.requests / self.cpu


def raise_priority():
    """So that neighbours disturb less; where it is not allowed, disturbed runs are repeated all the same."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)
        before = re.search(r"nice (-?\d+)", read(AUTOGROUP))[1]  # the shell's session shares it: put it back
        atexit.register(set_autogroup, before)
        set_autogroup("-10")


def set_autogroup(nice):
    with open(AUTOGROUP, "w") as file:
        file.write(nice)


def start(arguments, core=SERVER_CORE, **options):
    options.setdefault("stdout", subprocess.DEVNULL)
    options.setdefault("stderr", subprocess.DEVNULL)
    return subprocess.Popen(["taskset", "-c", core, *map(str, arguments)], **options)


def stop(process):
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def read(path):
    with open(path) as file:
        return file.read()


def cpu_seconds(pids):
    """User and system time of the processes with all their threads."""
    total = 0
    for pid in pids:
        fields = read(f"/proc/{pid}/stat").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def busy_seconds():
    user, nice, system, _, _, irq, softirq, *_ = map(int, read("/proc/stat").split("\n", 1)[0].split()[1:])
    return (user + nice + system + irq + softirq) / TICK


def memory_mib(pid):
    """Proportional and resident set size."""
    smaps = read(f"/proc/{pid}/smaps_rollup")
    return tuple(int(re.search(rf"^{name}: +(\d+)", smaps, re.M)[1]) / 1024 for name in ("Pss", "Rss"))


def seconds_of(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * UNITS[unit]


def wrk_command(url, connections, seconds, headers, script=None):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", str(script)]
    return [*command, url]


def run_wrk(pids, *arguments, **options):
    """One run of wrk against the servers with these process ids."""
    busy, cpu, own = busy_seconds(), cpu_seconds(pids), os.times()
    begin = time.monotonic()
    process = start(wrk_command(*arguments, **options), LOAD_CORE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = process.communicate()[0]
    wall = time.monotonic() - begin
    cpu = cpu_seconds(pids) - cpu
    now = os.times()
    wrk_cpu = now.children_user + now.children_system - own.children_user - own.children_system
    count = re.search(r"(\d+) requests in ([\d.]+\w+)", output)
    if process.returncode or not count:
        raise RuntimeError(f"wrk failed:\n{output}")
    latency = {name: seconds_of(value) for name, value in re.findall(r"^ +(50|99)% +(\S+)$", output, re.M)}
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    return Load(
        requests=int(count[1]),
        seconds=seconds_of(count[2]),
        cpu=max(cpu, 1 / TICK),
        p50=latency["50"],
        p99=latency["99"],
        errors=(int(failed[1]) if failed else 0) + sum(map(int, broken.groups() if broken else ())),
        foreign=max(0.0, (busy_seconds() - busy - cpu - wrk_cpu) / wall),
    )
