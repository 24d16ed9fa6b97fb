# SPDX-License-Identifier: Apache-2.0
"""What bench/cookie_verify.cc measures, done by itsdangerous: prints nanoseconds of processor time by name, as JSON."""
import base64
import json
import time
import timeit

from flask.sessions import session_json_serializer
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

SECRET = "s3cr3t-key-for-test-vectors-0001"
SESSION = {"user_id": 42, "csrf": "5d41402abc4b2a76b9719d911017c592"}

signer = TimestampSigner(SECRET)
flask = URLSafeTimedSerializer(SECRET, salt="cookie-session", serializer=session_json_serializer,
                               signer_kwargs={"key_derivation": "hmac"})
starlette_cookie = signer.sign(base64.b64encode(json.dumps(SESSION).encode()))
flask_cookie = flask.dumps(SESSION)


def nanoseconds(function):
    timer = timeit.Timer(function, timer=time.process_time)
    count = max(timer.autorange()[0], 1)
    return min(timer.repeat(5, count)) / count * 1e9


print(json.dumps({
    "signature": nanoseconds(lambda: signer.unsign(starlette_cookie, max_age=86400)),
    "starlette": nanoseconds(lambda: json.loads(base64.b64decode(signer.unsign(starlette_cookie, max_age=86400)))),
    "flask": nanoseconds(lambda: flask.loads(flask_cookie, max_age=86400)),
}))
