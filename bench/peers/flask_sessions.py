# SPDX-License-Identifier: Apache-2.0
"""The peer of examples/server_sessions: sessions in files by Flask-Session, which SESSION_FILES names the folder of."""
import os
from datetime import timedelta

import bcrypt
from flask import Flask, redirect, request, session, url_for
from flask_session import Session

app = Flask(__name__)
app.config["SECRET_KEY"] = "0123456789abcdef0123456789abcdef"
app.config["SESSION_TYPE"] = "filesystem"
app.config["SESSION_FILE_DIR"] = os.environ["SESSION_FILES"]
app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(minutes=30)
Session(app)

users = {
    "john@example.com": {"password_hash": bcrypt.hashpw(b"password123", bcrypt.gensalt()), "name": "John Doe"},
}


@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "POST":
        user = users.get(request.form.get("email"))
        if user and bcrypt.checkpw(request.form.get("password").encode(), user["password_hash"]):
            session["user_email"] = request.form.get("email")
            session["user_name"] = user["name"]
            session.permanent = True
            return redirect(url_for("dashboard"))
        return "Invalid credentials", 401
    return "<form method='post'><input name='email'><input name='password' type='password'><button>Login</button></form>"


@app.route("/dashboard")
def dashboard():
    if "user_email" not in session:
        return redirect(url_for("login"))
    return f"Welcome, {session['user_name']}! <a href='/logout'>Logout</a>"
