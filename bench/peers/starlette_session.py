# SPDX-License-Identifier: Apache-2.0
"""The peer: a session in a signed cookie, as Starlette's own middleware does it. Nothing is stored or revocable."""
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.middleware.sessions import SessionMiddleware

app = FastAPI(openapi_url=None)
app.add_middleware(SessionMiddleware, secret_key="0123456789abcdef0123456789abcdef")


@app.get("/sign-in")
async def sign_in(request: Request):
    request.session["user"] = "ada@example.com"
    return {"ok": True}


@app.get("/session")
async def session(request: Request):
    if "user" not in request.session:
        return JSONResponse({"detail": "Not authenticated"}, status_code=401)
    return {"user": {"email": request.session["user"]}}
