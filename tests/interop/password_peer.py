# SPDX-License-Identifier: Apache-2.0
"""Hashes and verifies passwords with Python's libraries: a JSON array of tasks in, one of answers out."""
import json
import sys

import argon2
import bcrypt
import passlib.hash
import werkzeug.security

ARGON2 = {"time_cost": 2, "memory_cost": 512, "parallelism": 2}


def hash_by(maker, password):
    """A new hash of the password, as cheap as its library lets it be."""
    library, _, scheme = maker.partition(".")
    if library == "bcrypt":
        return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4, scheme.encode())).decode()
    if library == "argon2":
        kind = getattr(argon2.Type, scheme)
        return argon2.PasswordHasher(type=kind, **ARGON2).hash(password)
    if library == "werkzeug":
        return werkzeug.security.generate_password_hash(password, scheme)
    handler = getattr(passlib.hash, scheme)
    if "rounds" in handler.setting_kwds:
        rounds = {"scrypt": 4, "argon2": 1}.get(scheme, max(handler.min_rounds, 4))
        handler = handler.using(rounds=rounds)
    return handler.hash(password)


def verify_by(maker, password, stored):
    library, _, scheme = maker.partition(".")
    if library == "bcrypt":
        return bcrypt.checkpw(password.encode(), stored.encode())
    if library == "argon2":
        try:
            return argon2.PasswordHasher().verify(stored, password)
        except argon2.exceptions.VerifyMismatchError:
            return False
    if library == "werkzeug":
        return werkzeug.security.check_password_hash(stored, password)
    return getattr(passlib.hash, scheme).verify(password, stored)


def answer(task):
    if "hash" in task:
        return verify_by(task["maker"], task["password"], task["hash"])
    return hash_by(task["maker"], task["password"])


json.dump([answer(task) for task in json.load(sys.stdin)], sys.stdout)
