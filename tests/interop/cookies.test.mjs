// SPDX-License-Identifier: Apache-2.0
// Cookies both ways against the real Python libraries: what they sign is valid here, what is signed here is valid there,
// and what one refuses the other refuses.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { askProgram, askPython } from '../support/programs.mjs';
import { cardea, temporaryFolder } from '../support/server.mjs';

const driver = process.env.CARDEA_COOKIES_DRIVER ?? resolve(import.meta.dirname, '../../build/dev/tests/interop/cookies_driver');
const at = 1_700_000_000;
const secret = 's3cr3t-key-for-test-vectors-0001';
const session = { user_id: 42, name: 'Ad\u00e9la\u00efde \u2603 \u{1f600} <b>', roles: ['admin', null], score: 1.5 };

const python = (tasks) => askPython([join(import.meta.dirname, 'cookies_peer.py')], tasks);
const ours = (tasks) => askProgram(driver, [], tasks);
const pythonOnce = async (task) => (await python([task]))[0];

/** `cardea cookie` with the secret in a file: sign(format, value, ...args) and verify(format, text, ...args). */
async function commands(t, secrets = secret) {
  const file = join(await temporaryFolder(t), 'secret');
  await writeFile(file, secrets);
  const run = (command, format, input, args) => {
    const time = args.includes('--at') ? [] : ['--at', `${at}`];
    return cardea(['cookie', command, '--format', format, '--secret-file', file, '--json', ...time, ...args], { input });
  };
  return {
    async sign(format, value, ...args) {
      const { code, stdout, stderr } = await run('sign', format, typeof value === 'string' ? value : JSON.stringify(value), args);
      assert.equal(code, 0, stderr);
      return JSON.parse(stdout).signed;
    },
    async verify(format, text, ...args) {
      const { code, stdout, stderr } = await run('verify', format, text, args);
      assert.ok(code === 0 || code === 1, stderr);
      const answer = JSON.parse(stdout);
      assert.equal(answer.valid, code === 0);
      return answer;
    },
  };
}

const cookieOf = (line) => line.slice(line.indexOf('=') + 1, line.indexOf(';'));

test('itsdangerous: every key derivation and digest, both ways', async () => {
  const cases = [];
  for (const derivation of ['none', 'concat', 'django-concat', 'hmac']) {
    for (const digest of ['sha1', 'sha256', 'sha384', 'sha512']) {
      for (const value of ['v', 'a.b', '', '\u00e9\u2603']) {
        cases.push({ derivation, digest, salt: 'salt', secrets: `${secret}\nan older one\n`, value });
      }
    }
  }
  const signing = cases.map((one) => ({ ...one, do: 'sign' }));
  const here = await ours(signing);
  assert.deepEqual(here, await python(signing));

  const verifying = cases.map((one, i) => ({ ...one, do: 'unsign', value: here[i] }));
  assert.deepEqual(await ours(verifying), cases.map((one) => one.value));
  assert.deepEqual(await python(verifying), cases.map((one) => one.value));

  const byOlder = await python(cases.map((one) => ({ ...one, do: 'sign', secrets: 'an older one' })));
  const older = cases.map((one, i) => ({ ...one, do: 'unsign', value: byOlder[i] }));
  assert.deepEqual(await ours(older), cases.map((one) => one.value));

  const strange = cases
    .map((one, i) => ({ ...one, do: 'unsign', salt: 'other', value: here[i] }))
    .filter((one) => one.derivation !== 'none'); // which has no use for a salt
  assert.ok((await ours(strange)).every((answer) => answer === 'refused: signature_invalid'));
  assert.ok((await python(strange)).every((answer) => answer.refused === 'BadSignature'));
  console.log(`  ${cases.length} signers agree both ways`);
});

test('itsdangerous: JSON is the same text', async () => {
  const count = 2000;
  const cases = await pythonOnce({ do: 'random_json', seed: 7, count });
  const tasks = (operation) => `[${cases.map((one) => `{"do":"${operation}","value":${one.value}}`).join(',')}]`;
  for (const [operation, name] of [['json', 'plain'], ['json sorted', 'sorted'], ['json compact', 'compact']]) {
    const child = spawn(driver);
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stdin.end(tasks(operation)); // as text: JavaScript would round the integers
    await once(child, 'close');
    const texts = JSON.parse(Buffer.concat(chunks).toString());
    assert.equal(texts.length, count);
    texts.forEach((text, i) => assert.equal(text, cases[i][name]));
  }
  console.log(`  ${count} random values are written alike in three styles`);
});

test('itsdangerous: serializers, both ways and to the second', async (t) => {
  const { sign, verify } = await commands(t);
  for (const value of [session, [1, null, true], 'x'.repeat(300), 5, {}]) {
    const theirs = await pythonOnce({ do: 'dumps', secret, salt: 'auth', value });
    const answer = await verify('itsdangerous', theirs, '--salt', 'auth', '--max-age', '0');
    assert.deepEqual(answer.value, value);
    assert.equal(answer.signed_at, '2023-11-14T22:13:20.000Z');
    const mine = await sign('itsdangerous', JSON.stringify(value), '--salt', 'auth');
    assert.deepEqual(await pythonOnce({ do: 'loads', secret, salt: 'auth', value: mine, max_age: 0 }), value);
  }
  const token = await pythonOnce({ do: 'dumps', secret, salt: 'auth', value: 1 });
  for (const [now, good] of [[at + 60, true], [at + 61, false], [at - 1, false]]) {
    assert.equal((await verify('itsdangerous', token, '--salt', 'auth', '--max-age', '60', '--at', `${now}`)).valid, good);
    const theirs = await pythonOnce({ do: 'loads', secret, salt: 'auth', value: token, max_age: 60, at: now });
    assert.equal(theirs === 1, good);
  }
});

test('Starlette: a session goes there and back', async (t) => {
  const { sign, verify } = await commands(t);
  const first = await pythonOnce({ do: 'starlette', secret, add: session });
  assert.deepEqual(first.session, {});
  const theirs = cookieOf(first.set_cookie);
  assert.deepEqual((await verify('starlette', theirs)).value, session);

  const mine = await sign('starlette', { ...session, csrf: 'abc' });
  const second = await pythonOnce({ do: 'starlette', secret, cookie: mine, add: { seen: true } });
  assert.deepEqual(second.session, { ...session, csrf: 'abc' });
  assert.deepEqual((await verify('starlette', cookieOf(second.set_cookie))).value, { ...session, csrf: 'abc', seen: true });
  assert.equal(await sign('starlette', session), theirs); // to the byte
});

test('Starlette: what one refuses the other refuses', async (t) => {
  const { sign, verify } = await commands(t);
  const mine = await sign('starlette', session);
  const twoWeeks = 14 * 24 * 60 * 60;
  const bad = [mine.slice(0, -2), `A${mine.slice(1)}`, mine.replace('ZVPxAA', 'ZVPxAQ'), 'null', mine.split('.').slice(0, 2).join('.')];
  for (const cookie of bad) {
    assert.equal((await verify('starlette', cookie)).valid, false, cookie);
    assert.deepEqual((await pythonOnce({ do: 'starlette', secret, cookie })).session, {}, cookie);
  }
  for (const [now, good] of [[at + twoWeeks, true], [at + twoWeeks + 1, false], [at - 1, false]]) {
    assert.equal((await verify('starlette', mine, '--at', `${now}`)).valid, good);
    assert.deepEqual((await pythonOnce({ do: 'starlette', secret, cookie: mine, at: now })).session, good ? session : {});
  }
});

test('Flask: a session with every type of Python goes there and back', async (t) => {
  const { sign, verify } = await commands(t);
  const first = await pythonOnce({ do: 'flask', secret, add: 'python values' });
  const theirs = cookieOf(first.set_cookie);
  assert.ok(theirs.startsWith('.'), 'compressed');
  const { value } = await verify('flask', theirs);
  assert.deepEqual(value.uuid, { ' u': '0123456789abcdef0123456789abcdef' });
  assert.deepEqual(value.dict, { ' di': { ' t__': [1] } });

  const mine = await sign('flask', { ...value, nested: undefined, extra: 1 });
  const back = await pythonOnce({ do: 'flask', secret, cookie: mine });
  assert.deepEqual(back.names.sort(), [...Object.keys(value).filter((name) => name !== 'nested'), 'extra'].sort());

  // As text from end to end, since JavaScript has no -0.0 and no 1e22: Python finds every value equal to its own.
  const file = join(await temporaryFolder(t), 'secret');
  await writeFile(file, secret);
  const options = ['--format', 'flask', '--secret-file', file, '--at', `${at}`];
  const text = (await cardea(['cookie', 'verify', ...options], { input: theirs })).stdout;
  const signed = (await cardea(['cookie', 'sign', ...options], { input: text })).stdout.trim();
  assert.equal((await pythonOnce({ do: 'flask', secret, cookie: signed, compare: true })).equal, true);
});

test('Flask: what one refuses the other refuses', async (t) => {
  const { sign, verify } = await commands(t);
  const mine = await sign('flask', { user: 1 });
  const month = 31 * 24 * 60 * 60;
  for (const cookie of [mine.slice(0, -2), `A${mine.slice(1)}`, mine.replace('ZVPxAA', 'ZVPxAQ'), 'x']) {
    assert.equal((await verify('flask', cookie)).valid, false, cookie);
    assert.deepEqual((await pythonOnce({ do: 'flask', secret, cookie })).names, [], cookie);
  }
  for (const [now, good] of [[at + month, true], [at + month + 1, false], [at - 1, false]]) {
    assert.equal((await verify('flask', mine, '--at', `${now}`)).valid, good);
    assert.deepEqual((await pythonOnce({ do: 'flask', secret, cookie: mine, at: now })).names, good ? ['user'] : []);
  }
});

test('Flask-WTF: tokens, both ways', async (t) => {
  const { sign, verify } = await commands(t);
  const session_value = '7e04f9fc4b8c841556bf799923843ed6eba5257e';
  const theirs = await pythonOnce({ do: 'wtf', secret, session_value });
  assert.equal((await verify('flask-wtf', theirs)).value, session_value);
  const mine = await sign('flask-wtf', session_value);
  assert.equal(mine, theirs);
  const says = (token, more) => pythonOnce({ do: 'wtf', secret, session_value, token, ...more });
  assert.equal(await says(mine, { at: at + 3600 }), null);
  assert.equal((await verify('flask-wtf', mine, '--at', `${at + 3600}`)).valid, true);
  assert.equal(await says(mine, { at: at + 3601 }), 'The CSRF token has expired.');
  assert.equal((await verify('flask-wtf', mine, '--at', `${at + 3601}`)).reason, 'expired');
  assert.equal(await says(mine, { session_value: 'other' }), 'The CSRF tokens do not match.');
  assert.equal(await says(`${mine}x`), 'The CSRF token is invalid.');
  assert.equal((await verify('flask-wtf', `${mine}x`)).valid, false);
});

// Neither is a Debian package: what they hand to itsdangerous is.
test('fastapi-sessions and PyView: what they ask of itsdangerous, both ways', async (t) => {
  const { sign, verify } = await commands(t);
  const id = '0123456789abcdef0123456789abcdef';
  const cases = [
    { format: 'fastapi-sessions', salt: 'session_id', value: id },
    { format: 'fastapi-sessions', salt: 'sid', value: id, args: ['--name', 'sid'] },
    { format: 'pyview', salt: 'pyview-session', value: session, timeless: true },
    { format: 'pyview-csrf', salt: 'pyview-csrf-token', value: 'lv:phx-11111111-2222-3333-4444-555555555555' },
  ];
  for (const { format, salt, value, timeless, args = [] } of cases) {
    const theirs = await pythonOnce({ do: 'dumps', secret, salt, value, timeless });
    assert.deepEqual((await verify(format, theirs, ...args)).value, value);
    const mine = await sign(format, value, ...args);
    assert.deepEqual(await pythonOnce({ do: 'loads', secret, salt, value: mine, timeless, max_age: 0 }), value);
  }
});

test('a rotation: the newest signs, the older verify', async (t) => {
  const { sign, verify } = await commands(t, `a new secret that is long enough 01\n${secret}\n`);
  const old = await pythonOnce({ do: 'starlette', secret, add: session });
  assert.deepEqual((await verify('starlette', cookieOf(old.set_cookie))).value, session);
  const mine = await sign('starlette', session);
  assert.deepEqual((await pythonOnce({ do: 'starlette', secret, cookie: mine })).session, {});
  assert.deepEqual((await pythonOnce({ do: 'starlette', secret: 'a new secret that is long enough 01', cookie: mine })).session, session);
});
