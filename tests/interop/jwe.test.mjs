// SPDX-License-Identifier: Apache-2.0
// npm jose encrypts and `cardea jwe` decrypts, and the other way round: every alg with every enc, on every curve.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { cardea, temporaryFolder } from '../support/server.mjs';

const require = createRequire(resolve(import.meta.dirname, '../../web/package.json'));
const jose = require('jose');

const encryptions = ['A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512', 'A128GCM', 'A192GCM', 'A256GCM'];
const wrapping = { A128KW: 16, A192KW: 24, A256KW: 32, A128GCMKW: 16, A192GCMKW: 24, A256GCMKW: 32 };
const direct = [32, 48, 64, 16, 24, 32];
const agreeing = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'];
const curves = ['P-256', 'P-384', 'P-521', 'X25519'];
const message = 'one – zwei – три';

const secret = (size) => ({ kty: 'oct', k: Buffer.from(crypto.getRandomValues(new Uint8Array(size))).toString('base64url') });

/** Every algorithm with a key for it: { name, alg, enc, private, public }. */
async function pairs() {
  const all = [];
  for (const [i, enc] of encryptions.entries()) {
    const shared = { ...secret(direct[i]), alg: 'dir' };
    all.push({ alg: 'dir', enc, private: shared, public: shared });
    for (const [alg, size] of Object.entries(wrapping)) {
      const key = { ...secret(size), alg };
      all.push({ alg, enc, private: key, public: key });
    }
    for (const alg of agreeing) {
      for (const crv of curves) {
        const key = await jose.generateKeyPair(alg, { crv, extractable: true });
        const [own, half] = await Promise.all([jose.exportJWK(key.privateKey), jose.exportJWK(key.publicKey)]);
        all.push({ alg, enc, crv, private: { ...own, alg }, public: { ...half, alg } });
      }
    }
  }
  return all;
}

const name = ({ alg, enc, crv }) => [alg, enc, crv].filter(Boolean).join(' ');

async function keyFile(folder, key) {
  const file = join(folder, 'key.json');
  await writeFile(file, JSON.stringify(key));
  return file;
}

async function run(command, folder, pair, key, input) {
  const file = await keyFile(folder, key);
  const { code, stdout, stderr } = await cardea(['jwe', command, '--key', file, '--enc', pair.enc], { input });
  assert.equal(code, 0, `${name(pair)}: ${stderr}`);
  return stdout;
}

test('jose encrypts, cardea decrypts', async (t) => {
  const folder = await temporaryFolder(t);
  const all = await pairs();
  for (const pair of all) {
    const jwe = await new jose.CompactEncrypt(new TextEncoder().encode(message))
      .setProtectedHeader({ alg: pair.alg, enc: pair.enc })
      .encrypt(await jose.importJWK(pair.public));
    assert.equal(await run('decrypt', folder, pair, pair.private, jwe), message, name(pair));
  }
  t.diagnostic(`${all.length} pairs of alg and enc`);
  assert.equal(all.length, 6 * (1 + 6 + 4 * 4));
});

test('cardea encrypts, jose decrypts', async (t) => {
  const folder = await temporaryFolder(t);
  for (const pair of await pairs()) {
    const jwe = (await run('encrypt', folder, pair, pair.public, message)).trim();
    const opened = await jose.compactDecrypt(jwe, await jose.importJWK(pair.private));
    assert.equal(new TextDecoder().decode(opened.plaintext), message, name(pair));
    assert.equal(opened.protectedHeader.enc, pair.enc);
  }
});

test('cardea reads the JSON serializations of jose', async (t) => {
  const folder = await temporaryFolder(t);
  const one = { ...secret(16), alg: 'A128KW' };
  const two = { ...secret(32), alg: 'A256GCMKW' };
  const text = new TextEncoder().encode(message);
  const flattened = await new jose.FlattenedEncrypt(text)
    .setProtectedHeader({ enc: 'A256GCM' })
    .setUnprotectedHeader({ alg: 'A128KW' })
    .setAdditionalAuthenticatedData(new TextEncoder().encode('seen by all'))
    .encrypt(await jose.importJWK(one));
  const general = await new jose.GeneralEncrypt(text)
    .setProtectedHeader({ enc: 'A128CBC-HS256' })
    .addRecipient(await jose.importJWK(one)).setUnprotectedHeader({ alg: 'A128KW' })
    .addRecipient(await jose.importJWK(two)).setUnprotectedHeader({ alg: 'A256GCMKW' })
    .encrypt();

  const pair = { alg: 'A128KW', enc: 'A256GCM' };
  assert.equal(await run('decrypt', folder, pair, one, JSON.stringify(flattened)), message);
  for (const key of [one, two]) {
    assert.equal(await run('decrypt', folder, { alg: key.alg, enc: 'A128CBC-HS256' }, key, JSON.stringify(general)), message);
  }
});

test('cardea refuses what it leaves out', async (t) => {
  const folder = await temporaryFolder(t);
  const shared = { ...secret(32), alg: 'A256KW' };
  const rsa = await jose.generateKeyPair('RSA-OAEP-256');
  const file = await keyFile(folder, shared);
  const encrypt = (alg, key) =>
    new jose.CompactEncrypt(new Uint8Array(1)).setProtectedHeader({ alg, enc: 'A256GCM' }).encrypt(key);
  const tokens = [
    await encrypt('RSA-OAEP-256', rsa.publicKey),
    await encrypt('PBES2-HS256+A128KW', new TextEncoder().encode('password')),
  ];
  for (const input of tokens) {
    const { code, stdout } = await cardea(['jwe', 'decrypt', '--key', file, '--json'], { input });
    assert.equal(code, 1);
    const { detail, ...verdict } = JSON.parse(stdout);
    assert.deepEqual(verdict, { valid: false, reason: 'unsupported' });
    assert.match(detail, /^jwe: /);
  }
});
