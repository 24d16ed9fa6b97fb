# SPDX-License-Identifier: Apache-2.0
"""The peer of examples/cookie_sessions: sessions in memory behind a signed id, on FastAPI.

What fastapi-sessions does with the cookie is written out, since Debian has no package of it: the id is signed by
itsdangerous with a time, and a dependency verifies it, a plain function as there, so that FastAPI runs it on a thread.
"""
import uuid

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import RedirectResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from pydantic import BaseModel

MAX_AGE = 14 * 24 * 60 * 60

app = FastAPI()
signer = URLSafeTimedSerializer("0123456789abcdef0123456789abcdef", salt="session_id")


class SessionData(BaseModel):
    username: str


sessions: dict[uuid.UUID, SessionData] = {}


def session_id(request: Request) -> uuid.UUID:
    signed = request.cookies.get("session_id")
    if not signed:
        raise HTTPException(status_code=403, detail="No session provided")
    try:
        return uuid.UUID(signer.loads(signed, max_age=MAX_AGE))
    except BadSignature:
        raise HTTPException(status_code=401, detail="Invalid session provided")


async def session_data(known: uuid.UUID = Depends(session_id)) -> SessionData:
    if known not in sessions:
        raise HTTPException(status_code=401, detail="Invalid or expired session")
    return sessions[known].copy(deep=True)


@app.post("/login")
async def login(username: str):
    new = uuid.uuid4()
    sessions[new] = SessionData(username=username)
    response = RedirectResponse(url="/profile", status_code=303)
    response.set_cookie("session_id", signer.dumps(new.hex), max_age=MAX_AGE, httponly=True, samesite="lax")
    return response


@app.get("/profile")
async def profile(session: SessionData = Depends(session_data)):
    return {"message": f"Welcome, {session.username}!"}
