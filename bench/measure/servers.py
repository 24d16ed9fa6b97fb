# SPDX-License-Identifier: Apache-2.0
"""The servers that are measured, each in a folder and on a port of its own, gone when the `with` block ends."""
import http.client
import json
import os
import pathlib
import socket
import tempfile
import time
import urllib.parse

import machine

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/release"
PROGRAM = BUILD / "cardea"
EMAIL = "ada1@example.com"
PASSWORD = "correct horse battery staple"

# What a browser's request carries besides its session.
HEADERS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept": "application/json",
    "Accept-Language": "en-GB,en;q=0.7",
    "Accept-Encoding": "gzip, deflate, br",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def request(port, method, path, body=None, headers=(), form=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    fields = {"Host": f"localhost:{port}", **dict(headers)}
    if body is not None:
        fields["Content-Type"] = "application/json"
        body = json.dumps(body)
    if form is not None:
        fields["Content-Type"] = "application/x-www-form-urlencoded"
        body = urllib.parse.urlencode(form)
    connection.request(method, path, body, fields)
    answer = connection.getresponse()
    return answer, answer.read()


def wait_for(process, port, path, log):
    for _ in range(2000):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended:\n{machine.read(log)}")
        try:
            return request(port, "GET", path)
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"{process.args} does not answer")


class Server:
    """A process that answers on `port`; derived classes say how it is started and what is asked first."""
    ready_path = "/"

    def __init__(self, core=machine.SERVER_CORE):
        self.core = core
        self.port = free_port()

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="cardea-bench-")
        self.log = pathlib.Path(self.folder.name, "log")
        self.start()
        return self

    def __exit__(self, *_):
        machine.stop(self.process)
        self.folder.cleanup()

    def start(self):
        with open(self.log, "w") as log:
            environment = {**os.environ, **self.environment()}
            self.process = machine.start(self.command(), self.core, stdout=log, stderr=log, env=environment)
        wait_for(self.process, self.port, self.ready_path, self.log)

    def environment(self):
        return {}

    @property
    def pid(self):
        return self.process.pid

    @property
    def pids(self):
        """All processes that serve."""
        return [self.pid]

    def load(self, path, connections, seconds, headers=None, script=None, also=()):
        """One run of wrk; `also` are servers behind this one, whose processor time counts too."""
        fields = {"Host": f"localhost:{self.port}", **HEADERS, **(headers or {})}
        pids = [*self.pids, *(server.pid for server in also)]
        url = f"http://127.0.0.1:{self.port}{path}"
        return machine.run_wrk(pids, url, connections, seconds, fields, script=script)


class Nginx(Server):
    """nginx with one worker: the yardstick, and the front of forward authentication."""

    def __init__(self, locations, upstream=None):
        super().__init__()
        self.locations = locations
        self.upstream = upstream

    def command(self):
        temporary = "".join(
            f"{name}_temp_path {self.folder.name}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        upstream = f"upstream cardea {{ server 127.0.0.1:{self.upstream}; keepalive 64; }}" if self.upstream else ""
        configuration = pathlib.Path(self.folder.name, "nginx.conf")
        configuration.write_text(
            f"daemon off; master_process off; pid {self.folder.name}/pid; error_log {self.folder.name}/error.log;"
            f"events {{ worker_connections 4096; }} http {{ access_log off; keepalive_requests 1000000000; {temporary}"
            f"{upstream} server {{ listen 127.0.0.1:{self.port} reuseport; {self.locations} }} }}"
        )
        return ["nginx", "-p", self.folder.name, "-c", configuration]


def nginx_return_200():
    return Nginx('location / { default_type application/json; return 200 \'{"user":{"email":"ada@example.com"},"session":{"id":"0123"}}\'; }')


def nginx_auth_request(cardea):
    """The recipe of docs/guides/nginx.md, with an answer of nginx's own behind it."""
    return Nginx(
        "location / { auth_request /_verify; auth_request_set $user $upstream_http_x_auth_user;"
        " add_header X-User $user; empty_gif; }"  # `return` would answer before anybody is asked
        " location = /_verify { internal; proxy_pass http://cardea/auth/verify; proxy_pass_request_body off;"
        " proxy_http_version 1.1; proxy_set_header Connection ''; proxy_set_header Content-Length '';"
        f" proxy_set_header Host localhost:{cardea.port}; }}",
        upstream=cardea.port,
    )


class Cardea(Server):
    ready_path = "/healthz"

    def __init__(self, core=machine.SERVER_CORE):
        super().__init__(core)
        self.data = None

    def command(self):
        self.data = self.data or pathlib.Path(self.folder.name, "data")
        return [PROGRAM, "serve", "--listen", f"127.0.0.1:{self.port}", "--data", self.data,
                "--public-url", f"http://localhost:{self.port}"]

    def environment(self):
        return {"CARDEA_LIMITS_ENABLED": "false", "CARDEA_LOG_LEVEL": "warning"}

    def register(self, people=1):
        """Accounts as peers/sign_in.lua names them; the first is EMAIL."""
        for number in range(1, people + 1):
            account = {"email": f"ada{number}@example.com", "password": PASSWORD}
            answer, body = request(self.port, "POST", "/api/v1/register", account)
            if answer.status != 201:
                raise RuntimeError(f"register: {answer.status} {body.decode()}")

    def sign_in(self):
        """The headers of a signed-in browser."""
        answer, body = request(self.port, "POST", "/api/v1/login", {"email": EMAIL, "password": PASSWORD})
        if answer.status != 200:
            raise RuntimeError(f"sign-in: {answer.status} {body.decode()}")
        cookie = next(line for line in answer.msg.get_all("Set-Cookie") if "session=" in line)
        return {"Cookie": "theme=dark; " + cookie.split(";")[0]}


class Starlette(Server):
    ready_path = "/session"

    def command(self):
        return ["uvicorn", "--app-dir", ROOT / "bench/peers", "--port", self.port, "--no-access-log",
                "--log-level", "warning", "starlette_session:app"]

    def sign_in(self):
        answer, _ = request(self.port, "GET", "/sign-in")
        return {"Cookie": "theme=dark; " + answer.getheader("Set-Cookie").split(";")[0]}
