// SPDX-License-Identifier: Apache-2.0
// What the guide does with Flask-Session, and the lines in which it is wrong.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/server.mjs';
import { Curl, startExample } from '../support/example.mjs';

const john = { email: 'john@example.com', password: 'password123' };

async function started(t) {
  const file = join(await temporaryFolder(t), 'sessions.db');
  const app = await startExample(t, 'server_sessions', { env: { SESSIONS_FILE: file } });
  return { app, file, curl: new Curl(app.url) };
}

async function signIn(curl, credentials = john) {
  const csrf_token = await curl.token('/login');
  return curl.post('/login', { ...credentials, csrf_token });
}

test('the walk of the guide: dashboard, form, login, dashboard, logout', async (t) => {
  const { curl } = await started(t);
  const away = await curl.get('/dashboard');
  assert.equal(away.status, 303);
  assert.equal(away.location, '/login?next=%2Fdashboard');
  assert.equal(away.headers.get('vary'), 'Cookie');

  const form = await curl.get('/login');
  assert.equal(form.status, 200);
  assert.match(form.text, /<input type="email" name="email"[^>]* placeholder="Email"/);
  assert.ok(!curl.jar.has('session'));

  const login = await signIn(curl);
  assert.equal(login.status, 303);
  assert.equal(login.location, '/dashboard');
  const line = login.cookies.find((cookie) => cookie.startsWith('session='));
  assert.match(line, /^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);

  const dashboard = await curl.get('/dashboard');
  assert.equal(dashboard.status, 200);
  assert.match(dashboard.text, /Welcome, John Doe! /);

  const csrf_token = await curl.token('/dashboard');
  const logout = await curl.post('/logout', { csrf_token });
  assert.equal(logout.status, 303);
  assert.equal(logout.location, '/login');
  assert.ok(!curl.jar.has('session'));
  assert.equal((await curl.get('/dashboard')).status, 303);
});

test('wrong password and unknown address are the same 401', async (t) => {
  const { curl } = await started(t);
  for (const credentials of [{ ...john, password: 'x' }, { ...john, email: 'nobody@example.com' }]) {
    const answer = await signIn(curl, credentials);
    assert.equal(answer.status, 401);
    assert.equal(answer.text, 'Invalid credentials');
  }
});

test('a session that was signed out is dead, whoever kept the cookie; a second logout is no error', async (t) => {
  const { curl } = await started(t);
  await signIn(curl);
  const thief = curl.copy();
  assert.equal((await thief.get('/dashboard')).status, 200);
  const csrf_token = await curl.token('/dashboard');
  await curl.post('/logout', { csrf_token });
  assert.equal((await thief.get('/dashboard')).status, 303);
  const token = await curl.token('/login');
  assert.equal((await curl.post('/logout', { csrf_token: token })).status, 303);
});

test('D15, RIGHT: logout is a POST with a token, login changes the session, a login without password is 422', async (t) => {
  const { curl } = await started(t);
  assert.equal((await signIn(curl, { email: john.email })).status, 422);
  await signIn(curl);
  const first = curl.jar.get('session');
  const get = await curl.get('/logout');
  assert.equal(get.status, 405);
  assert.equal(get.headers.get('allow'), 'POST, OPTIONS');
  assert.equal((await curl.post('/logout')).status, 403);
  const old = curl.copy();
  await signIn(curl);
  assert.notEqual(curl.jar.get('session'), first);
  assert.equal((await old.get('/dashboard')).status, 303);
});

test('D9: a session token that nobody was given is not adopted', async (t) => {
  const { curl } = await started(t);
  curl.jar.set('session', 'A'.repeat(43));
  await signIn(curl);
  assert.notEqual(curl.jar.get('session'), 'A'.repeat(43));
});

test('sessions are on disk when they are answered: they survive kill -9', async (t) => {
  const { app, file, curl } = await started(t);
  await signIn(curl);
  await app.stop('SIGKILL');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  await startExample(t, 'server_sessions', { port: app.port, env: { SESSIONS_FILE: file } });
  assert.match((await curl.get('/dashboard')).text, /John Doe/);
});
