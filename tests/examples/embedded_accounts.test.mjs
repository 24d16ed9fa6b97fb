// SPDX-License-Identifier: Apache-2.0
// The accounts of `cardea serve` inside a program of one's own.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { cardea, freePort, temporaryFolder } from '../support/server.mjs';
import { Curl, runExample, secret, startExample } from '../support/example.mjs';

const password = 'a goat on the roof at noon';

async function started(t) {
  const data = join(await temporaryFolder(t), 'accounts');
  const app = await startExample(t, 'embedded_accounts', { env: { DATA: data } });
  return { app, data, curl: new Curl(app.url) };
}

async function register(curl, login) {
  const csrf_token = await curl.token('/register');
  return curl.post('/register', { login, password, csrf_token });
}

async function signIn(curl, login, path = '/login') {
  const csrf_token = await curl.token(path);
  return curl.post('/login', { login, password, csrf_token });
}

test('people register, sign in and write, all in the frame of the program', async (t) => {
  const { curl, data } = await started(t);
  assert.match((await curl.get('/')).text, /<a class="wordmark" href="\/">Guest book<\/a>.*Sign in/s);
  assert.match((await curl.get('/register')).text, /Guest book<\/title>/);
  assert.equal((await register(curl, 'anna')).location, '/login?notice=registered');

  const away = await curl.post('/entries', { text: 'x' });
  assert.equal(away.status, 303);
  assert.match(away.location, /^\/login/);
  const login = await signIn(curl, 'anna');
  assert.equal(login.location, '/');
  assert.ok(curl.jar.has('cardea-session'));

  const written = await curl.post('/entries', { text: '<b>Hello</b>', csrf_token: await curl.token('/') });
  assert.equal(written.location, '/');
  assert.match((await curl.get('/')).text, /<li>anna: &lt;b&gt;Hello&lt;\/b&gt;<\/li>/);
  assert.match((await curl.get('/account/sessions')).text, /You are here/);
  assert.equal((await stat(data)).mode & 0o777, 0o700);
});

test('the JSON API, forward auth and API keys are those of the server', async (t) => {
  const { curl } = await started(t);
  await curl.postJson('/api/v1/register', { username: 'anna', password });
  const login = await curl.postJson('/api/v1/login', { username: 'anna', password });
  assert.equal(login.status, 200);
  const csrf = { headers: { 'x-csrf-token': login.json.csrf_token } };
  const issued = await curl.postJson('/api/v1/api-keys', { name: 'script', scopes: ['write'] }, csrf);
  assert.equal(issued.status, 201);

  const script = new Curl(curl.url, { headers: { 'x-api-key': issued.json.key } });
  assert.equal((await script.post('/entries', { text: 'from a script' })).location, '/');
  assert.match((await curl.get('/')).text, /anna: from a script/);
  const other = await curl.postJson('/api/v1/api-keys', { name: 'other', scopes: ['read'] }, csrf);
  const reader = new Curl(curl.url, { headers: { 'x-api-key': other.json.key } });
  assert.equal((await reader.post('/entries', { text: 'no' })).status, 403);
  const verify = await curl.get('/auth/verify');
  assert.equal(verify.status, 200);
  assert.equal(verify.headers.get('x-auth-user'), login.json.user.id);
  assert.equal((await script.get('/auth/verify')).status, 401);
});

test('a sign-out ends the session for the program too', async (t) => {
  const { curl } = await started(t);
  await register(curl, 'anna');
  await signIn(curl, 'anna');
  const thief = curl.copy();
  const csrf_token = await curl.token('/');
  await curl.post('/logout', { csrf_token });
  assert.match((await thief.post('/entries', { text: 'x', csrf_token })).location, /^\/login/);
});

test('what the program says of scopes decides, for people and for keys', async (t) => {
  const { app, curl, data } = await started(t);
  for (const name of ['anna', 'ben']) await register(curl, name);
  const anna = new Curl(curl.url);
  const before = await anna.postJson('/api/v1/login', { username: 'anna', password });
  const csrf = { 'x-csrf-token': before.json.csrf_token };
  assert.equal((await anna.send('DELETE', '/entries', { headers: csrf })).status, 403);
  await app.stop();

  const env = { DATA: data, ADMIN: before.json.user.id };
  await startExample(t, 'embedded_accounts', { env, port: app.port });
  assert.equal((await anna.send('DELETE', '/entries', { headers: csrf })).status, 303);
  await signIn(curl, 'ben');
  const headers = { origin: curl.url, 'sec-fetch-site': 'same-origin' };
  assert.equal((await curl.send('DELETE', '/entries', { headers })).status, 403);

  const keyWith = async (scopes) => {
    const issued = await anna.postJson('/api/v1/api-keys', { name: 'k', scopes }, { headers: csrf });
    return new Curl(curl.url, { headers: { 'x-api-key': issued.json.key } });
  };
  assert.equal((await (await keyWith([])).send('DELETE', '/entries')).status, 303);
  assert.equal((await (await keyWith(['admin'])).send('DELETE', '/entries')).status, 303);
  assert.equal((await (await keyWith(['read'])).send('DELETE', '/entries')).status, 403);
});

test('a post without the token is refused', async (t) => {
  const { curl } = await started(t);
  await register(curl, 'anna');
  await signIn(curl, 'anna');
  assert.equal((await curl.post('/entries', { text: 'x' })).status, 403);
  const evil = { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } };
  assert.equal((await curl.post('/entries', { text: 'x' }, evil)).status, 403);
});

test('accounts outlive the program, and the commands of cardea work on them', async (t) => {
  const { app, curl, data } = await started(t);
  await register(curl, 'anna');
  await signIn(curl, 'anna');
  assert.equal(await app.stop(), 0);
  const env = { CARDEA_SECRET: secret };
  const list = await cardea(['account', 'list', '--data', data], { env });
  assert.match(list.stdout, /anna/, list.stderr);
  const disable = await cardea(['account', 'disable', 'anna', '--data', data], { env });
  assert.equal(disable.code, 0, disable.stderr);
  await startExample(t, 'embedded_accounts', { env: { DATA: data }, port: app.port });
  assert.match((await curl.post('/entries', { text: 'x' })).location, /^\/login/);
});

test('what is missing is one sentence, and the start fails', async (t) => {
  const data = join(await temporaryFolder(t), 'accounts');
  const bare = await runExample('embedded_accounts', { env: { DATA: data } });
  assert.equal(bare.code, 2);
  assert.match(bare.output, /SECRET_KEY is not set/);
  const { data: used } = await started(t);
  const second = await runExample('embedded_accounts', {
    args: ['--listen', `127.0.0.1:${await freePort()}`],
    env: { DATA: used, SECRET_KEY: secret },
  });
  assert.equal(second.code, 2);
  assert.match(second.output, /is in use by process/);
});
