// SPDX-License-Identifier: Apache-2.0
// Password hashes both ways against Python's libraries: what they make is verified here, what is made here is verified
// there, and a wrong password is wrong on both sides.
import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { askPython } from '../support/programs.mjs';
import { cardea } from '../support/server.mjs';

const password = 'Ad\u00e9la\u00efde \u2603 \u{1f600} <b>';
const wrong = `${password}!`;

const python = (tasks) => askPython([join(import.meta.dirname, 'password_peer.py')], tasks);

async function verify(hash, input) {
  const { code, stdout, stderr } = await cardea(['password', 'verify', '--hash', hash, '--json'], { input });
  assert.ok(code === 0 || code === 1, stderr);
  assert.notEqual(stdout, '', `${hash}: ${stderr}`);
  const answer = JSON.parse(stdout);
  assert.equal(answer.valid, code === 0);
  return answer;
}

async function identify(hash) {
  const { code, stdout, stderr } = await cardea(['password', 'identify', '--json'], { input: hash });
  assert.equal(code, 0, `${hash}: ${stderr}`);
  return JSON.parse(stdout);
}

// Whose function makes it, and what we call it.
const makers = {
  'argon2.ID': 'argon2id PHC',
  'argon2.I': 'argon2i PHC',
  'argon2.D': 'argon2d PHC',
  'bcrypt.2a': 'bcrypt crypt(3)',
  'bcrypt.2b': 'bcrypt crypt(3)',
  'werkzeug.pbkdf2:sha1:1000': 'pbkdf2_sha1 Werkzeug',
  'werkzeug.pbkdf2:sha256:1000': 'pbkdf2_sha256 Werkzeug',
  'werkzeug.pbkdf2:sha512:1000': 'pbkdf2_sha512 Werkzeug',
  'passlib.argon2': 'argon2id PHC',
  'passlib.bcrypt': 'bcrypt crypt(3)',
  'passlib.bcrypt_sha256': 'bcrypt_sha256 passlib',
  'passlib.scrypt': 'scrypt PHC',
  'passlib.pbkdf2_sha1': 'pbkdf2_sha1 passlib',
  'passlib.pbkdf2_sha256': 'pbkdf2_sha256 passlib',
  'passlib.pbkdf2_sha512': 'pbkdf2_sha512 passlib',
  'passlib.django_argon2': 'argon2i Django',
  'passlib.django_bcrypt': 'bcrypt Django',
  'passlib.django_bcrypt_sha256': 'bcrypt_sha256 Django',
  'passlib.django_pbkdf2_sha1': 'pbkdf2_sha1 Django',
  'passlib.django_pbkdf2_sha256': 'pbkdf2_sha256 Django',
};

test('what Python hashes is verified here', async () => {
  const hashes = await python(Object.keys(makers).map((maker) => ({ maker, password })));
  for (const [number, [maker, expected]] of Object.entries(makers).entries()) {
    const hash = hashes[number];
    const facts = await identify(hash);
    assert.equal(`${facts.scheme} ${facts.form}`, expected, `${maker}: ${hash}`);
    const right = await verify(hash, password);
    assert.equal(right.valid, true, `${maker}: ${hash}`);
    assert.match(right.better_hash, /^\$argon2id\$/, `${maker}: ${hash}`);
    assert.equal((await verify(hash, wrong)).valid, false, `${maker}: ${hash}`);
  }
});

// What we make, and who reads it.
const readers = {
  argon2id: ['argon2.ID', 'passlib.argon2'],
  bcrypt: ['bcrypt.2b', 'passlib.bcrypt'],
  bcrypt_sha256: ['passlib.bcrypt_sha256'],
  scrypt: ['passlib.scrypt'],
  pbkdf2_sha256: ['passlib.pbkdf2_sha256'],
  pbkdf2_sha512: ['passlib.pbkdf2_sha512'],
};

test('what is hashed here is verified by Python', async () => {
  for (const [scheme, peers] of Object.entries(readers)) {
    const { code, stdout, stderr } = await cardea(['password', 'hash', '--scheme', scheme], { input: password });
    assert.equal(code, 0, stderr);
    const hash = stdout.trim();
    const tasks = peers.flatMap((maker) => [{ maker, password, hash }, { maker, password: wrong, hash }]);
    assert.deepEqual(await python(tasks), peers.flatMap(() => [true, false]), `${scheme}: ${hash}`);
  }
});

// Debian's Werkzeug is older than its scrypt; Node computes what the newer one and Django store.
test('the scrypt forms of newer Werkzeug and Django are verified here', async () => {
  const salt = 'dDVRVqbvcMbVmgCK';
  const options = { N: 16384, r: 8, p: 1, maxmem: 64 << 20 };
  const werkzeug = `scrypt:16384:8:1$${salt}$${scryptSync(password, salt, 64, options).toString('hex')}`;
  const django = `scrypt$16384$${salt}$8$1$${scryptSync(password, salt, 64, options).toString('base64')}`;
  for (const hash of [werkzeug, django]) {
    assert.equal((await verify(hash, password)).valid, true, hash);
    assert.equal((await verify(hash, wrong)).valid, false, hash);
  }
});

test('what bcrypt would cut is refused here, where Python cuts it silently', async () => {
  const long = 'x'.repeat(80);
  const [hash] = await python([{ maker: 'passlib.bcrypt', password: long }]);
  const { code, stderr } = await cardea(['password', 'verify', '--hash', hash], { input: long });
  assert.equal(code, 1);
  assert.match(stderr, /72 bytes/);
});
