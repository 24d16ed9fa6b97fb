// SPDX-License-Identifier: Apache-2.0
// Tokens go both ways between `cardea jwt` and npm jose, and Debian's PyJWT: every algorithm, keys as JWK and PEM.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { askPython } from '../support/programs.mjs';
import { cardea, temporaryFolder } from '../support/server.mjs';

const require = createRequire(resolve(import.meta.dirname, '../../web/package.json'));
const jose = require('jose');

const algorithms = [
  'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA',
];
const isSymmetric = (alg) => alg.startsWith('HS');
const claims = { iss: 'https://id.example', sub: 'ada ✓', aud: ['api', 'files'], exp: 4000000000.5, nbf: 1, jti: '7', deep: { list: [1, null] } };
const expected = ['--iss', 'https://id.example', '--aud', 'api'];

async function run(args, input) {
  const { code, stdout, stderr } = await cardea(args, { input });
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

async function save(folder, name, content) {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** A new key of ours for every algorithm: { alg, jwk, public, file }. RSA keys take a while: one serves all six. */
async function ourKeys(folder) {
  const keys = [];
  let rsa;
  for (const alg of algorithms) {
    let jwk;
    if (/^[RP]S/.test(alg)) {
      rsa ??= JSON.parse(await run(['jwk', 'new', '--alg', alg]));
      jwk = { ...rsa, alg };
    } else {
      jwk = JSON.parse(await run(['jwk', 'new', '--alg', alg]));
    }
    const file = await save(folder, `ours-${alg}.json`, jwk);
    const half = JSON.parse(await run(['jwk', 'show', '--key', file]));
    keys.push({ alg, jwk, file, public: isSymmetric(alg) ? jwk : half });
  }
  return keys;
}

/** A new key of npm jose for every algorithm: { alg, key, jwk, public }. */
async function theirKeys() {
  const keys = [];
  for (const alg of algorithms) {
    if (isSymmetric(alg)) {
      const key = await jose.generateSecret(alg, { extractable: true });
      const jwk = { ...(await jose.exportJWK(key)), alg };
      keys.push({ alg, key, jwk, public: jwk });
    } else {
      const { privateKey, publicKey } = await jose.generateKeyPair(alg, { extractable: true });
      const [jwk, half] = [await jose.exportJWK(privateKey), await jose.exportJWK(publicKey)];
      keys.push({ alg, key: privateKey, half: publicKey, jwk: { ...jwk, alg }, public: { ...half, alg } });
    }
  }
  return keys;
}

/** Runs a Python program with PyJWT; what it gets and gives is JSON. */
const python = (program, value) => askPython(['-c', program], value);

test('cardea signs, jose verifies', async (t) => {
  const keys = await ourKeys(await temporaryFolder(t));
  for (const { alg, file, jwk, public: half } of keys) {
    const token = await run(['jwt', 'sign', '--key', file], JSON.stringify(claims));
    const options = { issuer: claims.iss, audience: 'files', algorithms: [alg], typ: 'JWT' };
    const verified = await jose.jwtVerify(token, await jose.importJWK(half, alg), options);
    assert.equal(verified.protectedHeader.kid, jwk.kid);
    delete verified.payload.iat;
    assert.deepEqual(verified.payload, claims, alg);
  }
  t.diagnostic(`${keys.length} algorithms`);
  assert.equal(keys.length, 13);
});

test('jose signs, cardea verifies', async (t) => {
  const folder = await temporaryFolder(t);
  const keys = await theirKeys();
  for (const { alg, key, public: half } of keys) {
    const token = await new jose.SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(key);
    const file = await save(folder, `theirs-${alg}.json`, half);
    assert.deepEqual(JSON.parse(await run(['jwt', 'verify', '--key', file, ...expected], token)), claims, alg);

    const [header, payload, signature] = token.split('.');
    const bent = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    assert.equal((await cardea(['jwt', 'verify', '--key', file, ...expected], { input: bent })).code, 1, alg);
  }
});

test('keys of jose in PEM and as a set are read, and named alike', async (t) => {
  const folder = await temporaryFolder(t);
  const keys = (await theirKeys()).filter(({ alg }) => !isSymmetric(alg));
  const named = await Promise.all(keys.map(async (one) => ({ ...one, kid: await jose.calculateJwkThumbprint(one.public) })));
  const set = await save(folder, 'set.json', { keys: named.map(({ public: half, kid }) => ({ ...half, kid })) });
  const thumbprints = (await run(['jwk', 'thumbprint', '--key', set])).split('\n');
  assert.deepEqual(thumbprints, named.map(({ kid }) => kid));
  for (const { alg, key, half, kid } of named) {
    const token = await new jose.SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
    const spki = await save(folder, `${alg}.pub`, await jose.exportSPKI(half));
    const pkcs8 = await save(folder, `${alg}.pem`, await jose.exportPKCS8(key));
    await run(['jwt', 'verify', '--key', spki, '--alg', alg, ...expected], token);
    await run(['jwt', 'verify', '--key', set, ...expected], token);
    const ours = await run(['jwt', 'sign', '--key', pkcs8, '--alg', alg], JSON.stringify(claims));
    await jose.jwtVerify(ours, half, { algorithms: [alg] });
  }
});

test('cardea signs, PyJWT verifies', async (t) => {
  const cases = [];
  for (const { alg, file, public: half } of await ourKeys(await temporaryFolder(t))) {
    const token = await run(['jwt', 'sign', '--key', file], JSON.stringify(claims));
    cases.push({ alg, token, jwk: JSON.stringify(half) });
  }
  const payloads = await python(`
import json, sys, jwt
def verify(case):
    key = jwt.algorithms.get_default_algorithms()[case["alg"]].from_jwk(case["jwk"])
    return jwt.decode(case["token"], key, algorithms=[case["alg"]], audience="api", issuer="https://id.example")
json.dump([verify(case) for case in json.load(sys.stdin)], sys.stdout)
`, cases);
  for (const payload of payloads) {
    delete payload.iat;
    assert.deepEqual(payload, claims);
  }
  assert.equal(payloads.length, 13);
});

test('PyJWT signs, cardea verifies', async (t) => {
  const folder = await temporaryFolder(t);
  const keys = await ourKeys(folder);
  const tokens = await python(`
import json, sys, jwt
def sign(case):
    key = jwt.algorithms.get_default_algorithms()[case["alg"]].from_jwk(json.dumps(case["jwk"]))
    return jwt.encode(case["claims"], key, algorithm=case["alg"])
json.dump([sign(case) for case in json.load(sys.stdin)], sys.stdout)
`, keys.map(({ alg, jwk }) => ({ alg, jwk, claims })));
  for (const [i, { alg, file }] of keys.entries()) {
    assert.deepEqual(JSON.parse(await run(['jwt', 'verify', '--key', file, ...expected], tokens[i])), claims, alg);
  }
});
