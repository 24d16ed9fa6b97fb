// SPDX-License-Identifier: Apache-2.0
// An App behind another web server: its own routes, and the other server's, which it guards.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Curl, runExample, startExample } from '../support/example.mjs';

const good = { name: 'ada', password: 'correct horse battery' };

async function started(t) {
  const app = await startExample(t, 'any_framework');
  return { app, curl: new Curl(app.url) };
}

async function signIn(curl, credentials = good, path = '/login') {
  return curl.post(path, { ...credentials, csrf_token: await curl.token(path) });
}

/** Bytes that no client library sends. */
async function raw(port, text) {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

test('nobody is sent to the form and back, by either server; a program is told 401', async (t) => {
  const { curl } = await started(t);
  for (const path of ['/dashboard', '/report']) {
    const sent = await curl.get(path);
    assert.equal(sent.status, 303);
    assert.equal(sent.location, `/login?next=%2F${path.slice(1)}`);
    const told = await curl.get(path, { headers: { accept: 'application/json' } });
    assert.equal(told.status, 401);
    assert.ok(told.headers.get('www-authenticate'));
    assert.doesNotMatch(told.text, /A report/);
  }
  const back = await signIn(curl, good, '/login?next=%2Freport');
  assert.equal(back.status, 303, back.text);
  assert.equal(back.location, '/report');
  assert.equal((await curl.get('/report')).text, 'A report for ada');
  assert.match((await curl.get('/dashboard')).text, /Hello, ada/);
});

test('the headers of the App come through the other server', async (t) => {
  const { curl } = await started(t);
  const page = await curl.get('/login');
  assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  const [address] = /\/assets\/pico-[0-9a-f]{16}\.css/.exec(page.text);
  const style = await curl.get(address);
  assert.equal(style.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(Buffer.byteLength(style.text), Number(style.headers.get('content-length')));
  const line = (await signIn(curl)).cookies.find((cookie) => cookie.startsWith('session='));
  assert.match(line, /; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('signing out ends the session, for a copy of its cookie too', async (t) => {
  const { curl } = await started(t);
  await signIn(curl);
  const thief = curl.copy();
  const csrf_token = await curl.token('/dashboard');
  assert.equal((await curl.post('/logout')).status, 403);
  assert.equal((await curl.post('/logout', { csrf_token })).status, 303);
  assert.equal((await thief.get('/report')).status, 303);
});

test('a form of another site is refused, and the form needs its token', async (t) => {
  const { curl } = await started(t);
  const csrf_token = await curl.token('/login');
  assert.equal((await curl.post('/login', good)).status, 403);
  const headers = { 'sec-fetch-site': 'cross-site' };
  assert.equal((await curl.post('/login', { ...good, csrf_token }, { headers })).status, 403);
});

test('wrong passwords are 401, and after ten the right one waits', async (t) => {
  const { curl } = await started(t);
  for (let tries = 0; tries < 10; tries += 1) {
    assert.equal((await signIn(curl, { ...good, password: 'wrong' })).status, 401);
  }
  const late = await signIn(curl);
  assert.equal(late.status, 429);
  assert.ok(Number(late.headers.get('retry-after')) >= 1);
});

test('what is ambiguous is refused as by our own server', async (t) => {
  const { app } = await started(t);
  const get = (path, lines = '') =>
    raw(app.port, `GET ${path} HTTP/1.1\r\nHost: localhost:${app.port}\r\n${lines}Connection: close\r\n\r\n`);
  assert.match(await get('/report', 'Cookie: a=b\r\nCookie: c=d\r\n'), /^HTTP\/1\.1 400 /);
  assert.match(await get('//report'), /^HTTP\/1\.1 400 /);
  assert.match(await get('/login%2f'), /^HTTP\/1\.1 400 /);
  assert.match(await raw(app.port, 'GET /login HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 421 /);
});

test('it ends when it is asked to, and does not start without its secret', async (t) => {
  const { app } = await started(t);
  assert.equal(await app.stop(), 0);
  const absent = await runExample('any_framework');
  assert.equal(absent.code, 2);
  assert.match(absent.output, /SECRET_KEY is not set/);
});
