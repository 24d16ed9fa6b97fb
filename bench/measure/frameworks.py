# SPDX-License-Identifier: Apache-2.0
"""Examples of ours against the programs that they mirror, written with FastAPI, Flask and Express in bench/peers."""
import contextlib
import os

import machine
import rounds
import scenarios
import servers

PEERS = servers.ROOT / "bench/peers"
CONNECTIONS = 32
BROWSER = {"Sec-Fetch-Site": "same-origin"}
SECRET = {"SECRET_KEY": "RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM"}


def cookie_of(server, method, path, **options):
    """The cookie of somebody who has signed in."""
    answer, body = servers.request(server.port, method, path, headers=BROWSER, **options)
    if answer.status not in (200, 302, 303):
        raise RuntimeError(f"{server.command()}: sign-in {answer.status} {body.decode()}")
    line = next(line for line in answer.msg.get_all("Set-Cookie") if "session" in line or "connect.sid" in line)
    return {"Cookie": "theme=dark; " + line.split(";")[0]}


def token_of(server):
    credentials = {"username": "alice", "password": "secret123"}
    servers.request(server.port, "POST", "/register", credentials)
    answer, body = servers.request(server.port, "POST", "/login", credentials)
    if answer.status != 200:
        raise RuntimeError(f"{server.command()}: login {answer.status} {body.decode()}")
    return {"Authorization": "Bearer " + servers.json.loads(body)["access_token"]}


def by_name(server):
    return cookie_of(server, "POST", "/login?username=alice")


def by_password(server):
    return cookie_of(server, "POST", "/login", form={"email": "john@example.com", "password": "password123"})


class Program(servers.Server):
    """A program with one worker, and how somebody signs in to it."""
    ready_path = "/login"

    def __init__(self, sign_in, *command, environment=()):
        super().__init__()
        self.sign_in = sign_in
        self.words = command
        self.variables = dict(environment)

    def command(self):
        return [str(word).format(port=self.port, folder=self.folder.name) for word in self.words]

    def environment(self):
        return {name: value.format(folder=self.folder.name) for name, value in self.variables.items()}

    @property
    def pids(self):
        children = machine.read(f"/proc/{self.pid}/task/{self.pid}/children").split()  # gunicorn serves in one
        return [self.pid, *map(int, children)]

    @property
    def resident(self):
        return sum(machine.memory_mib(pid)[1] for pid in self.pids)


def example(name, sign_in, **environment):
    return Program(sign_in, servers.BUILD / "examples" / name, "--listen", "127.0.0.1:{port}", "--workers", 1,
                   environment={**SECRET, **environment})


def fastapi(name, sign_in):
    return Program(sign_in, "uvicorn", "--app-dir", PEERS, "--port", "{port}", "--no-access-log", "--log-level", "warning", f"{name}:app")


def flask(name, sign_in):
    return Program(sign_in, "gunicorn", "--chdir", PEERS, "--bind", "127.0.0.1:{port}", "--workers", 1, "--threads", 8,
                   "--log-level", "error", f"{name}:app", environment={"SESSION_FILES": "{folder}/sessions"})


def express(name, sign_in):
    return Program(sign_in, servers.ROOT / "web/node_modules/.bin/node", PEERS / name, "{port}",
                   environment={"NODE_PATH": str(servers.ROOT / "build/peers/node_modules"), "NODE_ENV": "production"})


def compare(path, contenders, count, seconds):
    """{name: [Load]} and {name: resident MiB} of these programs, each asked for `path` as somebody who is signed in."""
    with contextlib.ExitStack() as stack:
        running = {name: stack.enter_context(program) for name, program in contenders.items()}
        headers = {name: program.sign_in(program) for name, program in running.items()}
        for name, program in running.items():
            answer, body = servers.request(program.port, "GET", path, headers=headers[name])
            if answer.status != 200:  # a redirect to the login would be no error to wrk
                raise RuntimeError(f"{name}: {answer.status} {body.decode()}")

        def load(name):
            return lambda: running[name].load(path, CONNECTIONS, seconds, headers[name])

        results = rounds.interleave({name: load(name) for name in running}, count)
        scenarios.check_errors(results)
        return results, {name: program.resident for name, program in running.items()}


def rows_of(what, path, contenders, bars, options):
    results, resident = compare(path, contenders, *options)
    rows = []
    for peer, bar in bars.items():
        row = scenarios.ratio_row(f"{what}, to {peer}", bar, results, "ours", peer)
        row.detail += f"; {resident['ours']:.0f} MiB resident against {resident[peer]:.0f}"
        rows.append(row)
    return rows


def frameworks(count, seconds):
    """Examples against the FastAPI, Flask and Express programs that they mirror, per CPU-second, with memory."""
    options = (count, seconds)
    os.environ.pop("NODE_OPTIONS", None)
    return [
        *rows_of("cookie_sessions, GET /profile", "/profile", {
            "ours": example("cookie_sessions", by_name),
            "FastAPI": fastapi("fastapi_sessions", by_name),
            "Express": express("express_sessions.cjs", by_name),
        }, {"FastAPI": 12, "Express": 5}, options),
        *rows_of("server_sessions, GET /dashboard", "/dashboard", {
            "ours": example("server_sessions", by_password, SESSIONS_FILE="{folder}/sessions.db"),
            "Flask": flask("flask_sessions", by_password),
        }, {"Flask": 20}, options),
        *rows_of("jwt_api, GET /profile", "/profile", {
            "ours": example("jwt_api", token_of),
            "FastAPI": fastapi("fastapi_jwt", token_of),
            "Express": express("express_jwt.cjs", token_of),
        }, {"FastAPI": 20, "Express": 5}, options),
    ]
