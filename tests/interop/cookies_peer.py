# SPDX-License-Identifier: Apache-2.0
"""The Python side of cookies.test.mjs: reads one JSON array of tasks, prints one JSON array of answers. Everything is
done by the real libraries; only their clock is set to the time of the task."""
import asyncio
import datetime
import hashlib
import json
import random
import sys
import time
import uuid

import flask
import flask_wtf.csrf
from itsdangerous import BadData, Signer, URLSafeSerializer, URLSafeTimedSerializer
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route

time.time = lambda: NOW
NOW = 1700000000.0


def signer(task):
    secrets = [s for s in reversed(task["secrets"].split("\n")) if s]  # itsdangerous wants the oldest first
    digest = getattr(hashlib, task["digest"])
    return Signer(secrets, salt=task["salt"], key_derivation=task["derivation"], digest_method=digest)


def sign(task):
    return signer(task).sign(task["value"]).decode()


def unsign(task):
    return signer(task).unsign(task["value"]).decode()


def serializer(task):
    kind = URLSafeSerializer if task.get("timeless") else URLSafeTimedSerializer
    return kind(task["secret"], salt=task["salt"])


def dumps(task):
    return serializer(task).dumps(task["value"])


def loads(task):
    return serializer(task).loads(task["value"], **({} if task.get("timeless") else {"max_age": task["max_age"]}))


def starlette(task):
    """One request with the cookie; the application shows the session, and adds what the task says."""
    def page(request):
        seen = dict(request.session)
        request.session.update(task.get("add", {}))
        return JSONResponse(seen)

    app = Starlette(routes=[Route("/", page)])
    app.add_middleware(SessionMiddleware, secret_key=task["secret"], max_age=task.get("max_age", 14 * 24 * 60 * 60))
    headers = [(b"cookie", b"session=" + task["cookie"].encode())] if "cookie" in task else []
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    lines = [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]
    return {"session": json.loads(sent[1]["body"]), "set_cookie": lines[-1] if lines else None}


PYTHON_VALUES = {
    "tuple": (1, "two", (b"\x00\xff", None)),
    "bytes": bytes(range(256)),
    "uuid": uuid.UUID("0123456789abcdef0123456789abcdef"),
    "datetime": datetime.datetime(2023, 11, 14, 22, 13, 20, tzinfo=datetime.timezone.utc),
    "markup": Markup("<b>\u2603</b>"),
    "dict": {" t": [1]},
    "nested": [{"a": {" di": 1}}, 1.5, 1e22, -0.0],
    "text": "\u00e9\u2603\U0001f600<\x7f",
}


def flask_app(task):
    app = flask.Flask("peer")
    app.secret_key = task["secret"]

    @app.route("/")
    def page():
        seen = dict(flask.session)
        flask.session.update(PYTHON_VALUES if task.get("add") == "python values" else task.get("add", {}))
        wanted = {name: flask.session[name] for name in PYTHON_VALUES} if task.get("compare") else None
        return flask.jsonify(names=list(seen), equal=wanted == PYTHON_VALUES)

    return app


def flask_session(task):
    headers = {"Cookie": "session=" + task["cookie"]} if "cookie" in task else {}
    answer = flask_app(task).test_client(use_cookies=False).get("/", headers=headers)
    return {**json.loads(answer.data), "set_cookie": answer.headers.get("Set-Cookie")}


def wtf(task):
    """A token for the session's value, or what Flask-WTF says of one: null when it is good."""
    with flask_app(task).test_request_context():
        flask.session["csrf_token"] = task["session_value"]
        if "token" not in task:
            return flask_wtf.csrf.generate_csrf()
        try:
            flask_wtf.csrf.validate_csrf(task["token"])
            return None
        except flask_wtf.csrf.ValidationError as refusal:
            return str(refusal)


def random_text(source):
    ranges = [(0, 128), (0, 0xd800), (0xe000, 0x110000)]  # no surrogates
    return "".join(chr(source.randrange(*source.choice(ranges))) for _ in range(source.randrange(12)))


def random_value(source, depth=0):
    kind = source.randrange(8 if depth < 4 else 6)
    if kind == 0:
        return source.choice([None, True, False])
    if kind == 1:
        return source.randint(-2**63, 2**63 - 1) >> source.randrange(64)
    if kind == 2:
        return source.uniform(-1, 1) * 10.0 ** source.randint(-300, 300)
    if kind == 3:
        return round(source.uniform(-1e6, 1e6), source.randrange(8)) * 10.0 ** source.randint(-6, 16)
    if kind in (4, 5):
        return random_text(source)
    if kind == 6:
        return [random_value(source, depth + 1) for _ in range(source.randrange(5))]
    return {random_text(source): random_value(source, depth + 1) for _ in range(source.randrange(5))}


def random_json(task):
    """Values, and what json.dumps makes of each in the three styles that the formats use."""
    source = random.Random(task["seed"])
    values = [random_value(source) for _ in range(task["count"])]
    return [{"value": json.dumps(v), "plain": json.dumps(v), "sorted": json.dumps(v, sort_keys=True),
             "compact": json.dumps(v, ensure_ascii=False, separators=(",", ":"))} for v in values]


TASKS = {"sign": sign, "unsign": unsign, "dumps": dumps, "loads": loads, "starlette": starlette,
         "flask": flask_session, "wtf": wtf, "random_json": random_json}
answers = []
for one in json.load(sys.stdin):
    NOW = float(one.get("at", 1700000000))
    try:
        answers.append(TASKS[one["do"]](one))
    except BadData as refusal:
        answers.append({"refused": type(refusal).__name__})
json.dump(answers, sys.stdout)
