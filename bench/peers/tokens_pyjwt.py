# SPDX-License-Identifier: Apache-2.0
"""The peer: PyJWT. Prints the processor microseconds of one operation as JSON: {"verify hs256": 12.3, ...}"""
import json
import secrets
import sys
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

NOW = int(time.time())
CLAIMS = {
    "iss": "https://id.example.com", "sub": "01890a5d-ac96-774b-bcce-b302099a8057", "aud": "https://api.example.com",
    "iat": NOW, "exp": NOW + 900, "jti": "7Wn1yQwzRr2Gm3TjV8sK0A", "scope": "read:orders write:orders",
}


def measure(act):
    begin, end, count = time.process_time(), time.monotonic() + float(sys.argv[1]), 0
    while time.monotonic() < end:
        act()
        count += 1
    return (time.process_time() - begin) / count * 1e6


keys = {
    "HS256": secrets.token_bytes(32),
    "RS256": rsa.generate_private_key(65537, 2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}
results = {}
for alg, key in keys.items():
    half = key if alg == "HS256" else key.public_key()
    token = jwt.encode(CLAIMS, key, alg)
    options = {"algorithms": [alg], "audience": CLAIMS["aud"], "issuer": CLAIMS["iss"]}
    results[f"sign {alg.lower()}"] = measure(lambda: jwt.encode(CLAIMS, key, alg))
    results[f"verify {alg.lower()}"] = measure(lambda: jwt.decode(token, half, **options))
print(json.dumps(results))
