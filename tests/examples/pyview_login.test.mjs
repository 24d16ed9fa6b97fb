// SPDX-License-Identifier: Apache-2.0
// Login, logout, scopes and the API key of the PyView guide, and the lines in which it is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, runExample, secret, startExample } from '../support/example.mjs';
import { untilRefused } from '../support/limits.mjs';

const key = '3f6c1d5a9e8b7c6d5e4f3a2b1c0d9e8f';
const password = 'correct horse battery';

async function started(t) {
  const app = await startExample(t, 'pyview_login', { env: { API_KEY: key } });
  return { app, curl: new Curl(app.url) };
}

async function signIn(curl, username = 'demo', given = password) {
  const csrf_token = await curl.token('/login');
  return curl.post('/auth/login', { username, password: given, csrf_token });
}

test('the walk of the guide: login page, dashboard, login, dashboard, logout', async (t) => {
  const { curl } = await started(t);
  const page = await curl.get('/login');
  assert.equal(page.status, 200);
  assert.match(page.text, /<form method="post" action="\/auth\/login">/);
  assert.match((await curl.get('/login?error=1')).text, /<p>Invalid credentials<\/p>/);

  const away = await curl.get('/dashboard');
  assert.equal(away.status, 303);
  assert.equal(away.text, '');

  const wrong = await signIn(curl, 'demo', 'nope');
  assert.equal(wrong.status, 303);
  assert.equal(wrong.location, '/login?error=1');

  const login = await signIn(curl);
  assert.equal(login.status, 303);
  assert.equal(login.location, '/dashboard');
  const dashboard = await curl.get('/dashboard');
  assert.equal(dashboard.status, 200);
  assert.match(dashboard.text, /Welcome, demo/);
  assert.equal(dashboard.headers.get('vary'), 'Cookie');

  const old = curl.copy();
  const csrf_token = await curl.token('/dashboard');
  const logout = await curl.post('/auth/logout', { csrf_token });
  assert.equal(logout.status, 303);
  assert.equal(logout.location, '/login');
  assert.equal((await curl.get('/dashboard')).status, 303);
  assert.equal((await old.get('/dashboard')).status, 303, 'the old cookie is worth nothing');
});

test('D1, D2: nobody signed in is sent to a relative address, with a way back that stays here', async (t) => {
  const { curl } = await started(t);
  assert.equal((await curl.get('/dashboard?tab=1')).location, '/login?next=%2Fdashboard%3Ftab%3D1');
  const host = await curl.get('/dashboard', { headers: { 'x-forwarded-host': 'evil.example' } });
  assert.ok(!host.location.includes('evil'));
});

test('a login without password is 422, one without token 403', async (t) => {
  const { curl } = await started(t);
  assert.equal((await curl.post('/auth/login', { username: 'demo', password })).status, 403);
  const csrf_token = await curl.token('/login');
  assert.equal((await curl.post('/auth/login', { username: 'demo', csrf_token })).status, 422);
  assert.equal((await curl.post('/auth/logout', {})).status, 403);
});

test('scopes: 401 for nobody, 403 for who may not, 200 for who may', async (t) => {
  const { curl } = await started(t);
  const nobody = await curl.get('/basic');
  assert.equal(nobody.status, 401);
  assert.ok(nobody.headers.get('www-authenticate'));
  assert.equal((await curl.get('/admin')).status, 401);
  await signIn(curl);
  assert.equal((await curl.get('/basic')).status, 200);
  assert.equal((await curl.get('/admin')).status, 403);
  await signIn(curl, 'admin');
  assert.equal((await curl.get('/admin')).status, 200);
  assert.equal((await curl.post('/dashboard', { csrf_token: await curl.token('/dashboard') })).status, 405);
});

test('D3: the key comes in a header, never in the address, and a wrong one is 401 with JSON', async (t) => {
  const { curl } = await started(t);
  const absent = await curl.get('/api/dashboard');
  assert.equal(absent.status, 401);
  assert.match(absent.headers.get('content-type'), /json/);
  assert.equal((await curl.get(`/api/dashboard?api_key=${key}`)).status, 401);
  assert.equal((await curl.get('/api/dashboard', { headers: { 'x-api-key': 'secret-key' } })).status, 401);
  const right = await curl.get('/api/dashboard', { headers: { 'x-api-key': key } });
  assert.equal(right.status, 200);
  assert.deepEqual(right.json, { username: 'reports' });
  await signIn(curl);
  assert.equal((await curl.get('/api/dashboard')).status, 403);
});

test('after ten tries in a minute the next one waits', async (t) => {
  const { curl } = await started(t);
  const wrong = () => signIn(curl, 'demo', 'nope');
  await untilRefused(wrong, { burst: 10, every: 6, passed: 303, right: () => signIn(curl) });
});

test('without its secret or its key it does not start', async () => {
  assert.match((await runExample('pyview_login', { env: { API_KEY: key } })).output, /SECRET_KEY is not set/);
  assert.match((await runExample('pyview_login', { env: { SECRET_KEY: secret } })).output, /API_KEY is not set/);
});
