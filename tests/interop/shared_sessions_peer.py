# SPDX-License-Identifier: Apache-2.0
"""A Starlette or Flask application whose session is shared with examples/shared_sessions.cc:
shared_sessions_peer.py starlette|flask PORT, with the secret in SECRET_KEY."""
import os
import sys

framework, port = sys.argv[1], int(sys.argv[2])
secret = os.environ["SECRET_KEY"]


def answer(session):
    user = session.get("user")
    return {"name": user["name"] if user else None, "scopes": user["scopes"] if user else []}


def sign_in(session, name):
    session.clear()
    session["user"] = {"id": name, "name": name, "scopes": ["reader"]}
    session["data"] = {"visits": 1}


if framework == "flask":
    import flask

    app = flask.Flask(__name__)
    app.secret_key = secret

    @app.get("/python/me")
    def me():
        return answer(flask.session)

    @app.get("/python/login")
    def login():
        sign_in(flask.session, flask.request.args["name"])
        return {}

    @app.get("/python/logout")
    def logout():
        flask.session.clear()
        return {}

    app.run(port=port)
else:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.sessions import SessionMiddleware
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def me(request):
        return JSONResponse(answer(request.session))

    async def login(request):
        sign_in(request.session, request.query_params["name"])
        return JSONResponse({})

    async def logout(request):
        request.session.clear()
        return JSONResponse({})

    routes = [Route("/python/me", me), Route("/python/login", login), Route("/python/logout", logout)]
    app = Starlette(routes=routes, middleware=[Middleware(SessionMiddleware, secret_key=secret)])
    uvicorn.run(app, port=port, log_level="warning")
