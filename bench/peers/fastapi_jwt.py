# SPDX-License-Identifier: Apache-2.0
"""The peer of examples/jwt_api: registration, login and a private page behind an HS256 token, on FastAPI with PyJWT."""
from datetime import datetime, timedelta, timezone

import bcrypt
import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

SECRET = "0123456789abcdef0123456789abcdef"

app = FastAPI(title="Auth Example")
bearer = HTTPBearer()
hashes: dict[str, bytes] = {}


class Credentials(BaseModel):
    username: str
    password: str


def current_user(credentials: HTTPAuthorizationCredentials = Depends(bearer)) -> str:
    try:
        username = str(jwt.decode(credentials.credentials, SECRET, algorithms=["HS256"])["sub"])
    except jwt.InvalidTokenError:
        raise HTTPException(status_code=401, detail="Invalid token")
    if username not in hashes:
        raise HTTPException(status_code=401, detail="User not found")
    return username


@app.post("/register", status_code=201)
def register(user: Credentials) -> dict[str, str]:
    hashes[user.username] = bcrypt.hashpw(user.password.encode(), bcrypt.gensalt())
    return {"message": f"User {user.username} created successfully"}


@app.post("/login")
def login(user: Credentials) -> dict[str, str]:
    known = hashes.get(user.username)
    if known is None or not bcrypt.checkpw(user.password.encode(), known):
        raise HTTPException(status_code=401, detail="Invalid credentials")
    claims = {"sub": user.username, "exp": datetime.now(timezone.utc) + timedelta(hours=24)}
    return {"access_token": jwt.encode(claims, SECRET, algorithm="HS256"), "token_type": "bearer"}


@app.get("/profile")
def profile(username: str = Depends(current_user)) -> dict[str, str]:
    return {"username": username, "message": "This is your private profile"}
