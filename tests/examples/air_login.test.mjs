// SPDX-License-Identifier: Apache-2.0
// What the guide of the Air framework does, and the lines in which it is wrong.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/server.mjs';
import { Curl, runExample, secret, startExample } from '../support/example.mjs';

const good = { username: 'demo', password: 'correct horse battery' };

async function started(t, options) {
  const app = await startExample(t, 'air_login', options);
  return { app, curl: new Curl(app.url) };
}

async function signIn(curl, credentials = good) {
  const csrf_token = await curl.token('/login');
  return curl.post('/login', { ...credentials, csrf_token });
}

test('GET /login shows the form', async (t) => {
  const { curl } = await started(t);
  const answer = await curl.get('/login');
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.match(answer.text, /<title>Login<\/title>/);
  assert.match(answer.text, /<h1>Login<\/h1><form method="post" action="\/login">/);
  assert.match(answer.text, /<label for="username">Username<\/label><input id="username" type="text" name="username">/);
  assert.match(answer.text, /<label for="password">Password<\/label><input id="password" type="password" name="password">/);
  assert.match(answer.text, /<button type="submit">Login<\/button>/);
});

test('RIGHT: the style of its pages comes from the program, to be kept for ever, and nothing is inline', async (t) => {
  const { curl } = await started(t);
  const page = await curl.get('/login');
  assert.match(page.headers.get('content-security-policy'), /style-src 'self';/);
  assert.doesNotMatch(page.text, /<style|<script|style=|https?:/);
  const [address] = /\/assets\/mvp-[0-9a-f]{16}\.css/.exec(page.text);
  const style = await curl.get(address, { headers: { 'accept-encoding': 'br' } });
  assert.equal(style.status, 200);
  assert.equal(style.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(style.headers.get('content-encoding'), 'br');
});

test('POST /login with the right password is 303 to / with a session cookie', async (t) => {
  const { curl } = await started(t);
  const answer = await signIn(curl);
  assert.equal(answer.status, 303, answer.text);
  assert.equal(answer.location, '/');
  assert.match(answer.headers.get('vary'), /Cookie/);
  const line = answer.cookies.find((cookie) => cookie.startsWith('session='));
  assert.match(line, /; Path=\/; HttpOnly; SameSite=Lax$/);
  const home = await curl.get('/');
  assert.equal(home.status, 200);
  assert.match(home.text, /Hello, demo/);
});

test('RIGHT: a failed login is 401, with the page of the guide and no session', async (t) => {
  const { curl } = await started(t);
  for (const credentials of [{ ...good, password: 'bad' }, { ...good, username: 'u' }, { username: '', password: '' }]) {
    const answer = await signIn(curl, credentials);
    assert.equal(answer.status, 401);
    assert.match(answer.text, /<h1>Login Failed<\/h1><p>Invalid credentials. Please try again.<\/p><a href="\/login">Try Again<\/a>/);
    assert.ok(!curl.jar.has('session'));
  }
});

test('D4, RIGHT: the guard sends nobody to /login?next=..., and lets the signed-in pass', async (t) => {
  const { curl } = await started(t);
  const answer = await curl.get('/?a=1');
  assert.equal(answer.status, 303);
  assert.equal(answer.location, '/login?next=%2F%3Fa%3D1');
  assert.equal((await curl.get('/', { headers: { accept: 'application/json' } })).status, 401);
});

test('D5, RIGHT: the form carries a token that is checked, works in two tabs, is masked, and is void after sign-in', async (t) => {
  const { curl } = await started(t);
  assert.equal((await curl.post('/login', good)).status, 403);
  assert.equal((await curl.post('/login', { ...good, csrf_token: 'A'.repeat(86) })).status, 403);
  const first = await curl.token('/login');
  const second = await curl.token('/login');
  assert.notEqual(first, second);
  assert.equal((await curl.post('/login', { ...good, password: 'bad', csrf_token: second })).status, 401);
  assert.equal((await curl.post('/login', { ...good, csrf_token: first })).status, 303);
  assert.equal((await curl.post('/login', { ...good, csrf_token: first })).status, 403);
});

test('D8, RIGHT: a cross-site form is refused whatever it carries', async (t) => {
  const { curl } = await started(t);
  const csrf_token = await curl.token('/login');
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.test' }, { origin: 'null' }]) {
    assert.equal((await curl.post('/login', { ...good, csrf_token }, { headers })).status, 403);
  }
});

test('a login without its fields is 422 and never repeats what was sent', async (t) => {
  const { curl } = await started(t);
  const csrf_token = await curl.token('/login');
  const answer = await curl.post('/login', { username: 'hunter2', csrf_token });
  assert.equal(answer.status, 422);
  assert.deepEqual(answer.json.errors, [{ loc: ['body', 'password'], msg: 'Field required', type: 'missing' }]);
  assert.doesNotMatch(answer.text, /hunter2/);
});

test('RIGHT: sessions survive a restart under the same secret, and a new secret beside the old one', async (t) => {
  const { app, curl } = await started(t);
  await signIn(curl);
  assert.equal(await app.stop(), 0);
  const again = await startExample(t, 'air_login', {
    port: app.port,
    env: { SECRET_KEY: `8Jw0pQe4tKxLmC2vNs6RyZ1hUfDgA3bE ${secret}` },
  });
  assert.equal((await curl.get('/')).status, 200);
  await again.stop();
});

test('RIGHT: behind https the cookie is __Host- and Secure', async (t) => {
  const { app } = await started(t, { args: ['--public-url', 'https://example.com'] });
  const answer = await rawGet(app.port, 'example.com');
  assert.match(answer, /Set-Cookie: __Host-visitor=[^;]+; Path=\/; Secure; HttpOnly; SameSite=Lax/i);
  assert.match(answer, /Strict-Transport-Security:/i);
});

/** fetch() does not let its caller choose Host. */
async function rawGet(port, host) {
  const { connect } = await import('node:net');
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /login HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

test('who comes under another name is refused as everybody else is, and told the right one', async (t) => {
  const { app } = await started(t);
  const answer = await rawGet(app.port, 'evil.test');
  assert.match(answer, /^HTTP\/1\.1 421 /);
  assert.match(answer, /Content-Type: application\/problem\+json/i);
  assert.match(answer, /X-Content-Type-Options: nosniff/i);
  const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
  assert.equal(problem.code, 'not_found');
  assert.match(problem.detail, new RegExp(`${app.port}\\.$`));
});

test('with a certificate it speaks TLS', async (t) => {
  const folder = await temporaryFolder(t);
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-out', cert, '-keyout', key,
  ], { stdio: 'ignore' });
  const { app } = await started(t, { args: ['--tls-cert', cert, '--tls-key', key] });
  assert.match(app.log(), /Ready at https:\/\/localhost:/);
  const curl = new Curl(app.url.replace('http:', 'https:'), { ca: await readFile(cert) });
  assert.equal((await signIn(curl)).status, 303);
  assert.ok(curl.jar.has('__Host-session'));
  assert.equal((await curl.get('/')).status, 200);
});

test('without its secret, or with a weak one, it does not start and says what to set', async () => {
  const absent = await runExample('air_login');
  assert.equal(absent.code, 2);
  assert.match(absent.output, /SECRET_KEY is not set.*export SECRET_KEY=/s);
  const weak = await runExample('air_login', { env: { SECRET_KEY: 'your-secret-key' } });
  assert.equal(weak.code, 2);
  assert.match(weak.output, /32/);
});
