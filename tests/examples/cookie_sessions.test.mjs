// SPDX-License-Identifier: Apache-2.0
// The curl walk of fastapi-sessions' guide, and the lines in which it is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, startExample } from '../support/example.mjs';

async function started(t) {
  const app = await startExample(t, 'cookie_sessions');
  return new Curl(app.url);
}

const login = (curl, username = 'alice') => curl.send('POST', `/login?username=${username}`);

test('the walk of the guide: login, profile, logout, profile', async (t) => {
  const curl = await started(t);
  const first = await login(curl);
  assert.equal(first.status, 303);
  assert.equal(first.location, '/profile');
  assert.match(first.cookies[0], /^session_id=/);

  const profile = await curl.get('/profile');
  assert.equal(profile.status, 200);
  assert.deepEqual(profile.json, { message: 'Welcome, alice!' });

  const withoutJar = curl.copy();
  const logout = await curl.send('POST', '/logout');
  assert.equal(logout.status, 303);
  assert.equal(logout.location, '/');
  assert.equal((await withoutJar.get('/profile')).status, 401);
  const gone = await curl.get('/profile');
  assert.equal(gone.status, 401);
  assert.ok(gone.json.detail);
  assert.ok(gone.headers.get('www-authenticate'));
});

test('D6, D8: the cookie has a SameSite that browsers know, and the record an end', async (t) => {
  const curl = await started(t);
  const { cookies } = await login(curl);
  assert.match(cookies[0], /^session_id=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/);
});

test('D7: a second logout is no error, and no cookie is a 500', async (t) => {
  const curl = await started(t);
  await login(curl);
  const again = curl.copy();
  assert.equal((await curl.send('POST', '/logout')).status, 303);
  assert.equal((await again.send('POST', '/logout')).status, 303);
  assert.equal((await new Curl(curl.url).send('POST', '/logout')).status, 303);
  for (const value of ['x', 'a'.repeat(43), '"quoted"', 'e30.e30.e30', '%00']) {
    curl.jar.set('session_id', value);
    assert.ok([400, 401].includes((await curl.get('/profile')).status), value);
  }
});

test('a login without its name is 422 with where and why, and what was sent stays out of it', async (t) => {
  const curl = await started(t);
  const answer = await curl.send('POST', '/login');
  assert.equal(answer.status, 422);
  assert.deepEqual(answer.json.errors, [{ loc: ['query', 'username'], msg: 'Field required', type: 'missing' }]);
  assert.equal((await login(curl, '')).json.errors[0].type, 'string_too_short');
});

test('a login gives a new token, and the one before is dead', async (t) => {
  const curl = await started(t);
  await login(curl);
  const before = curl.copy();
  await login(curl, 'bob');
  assert.notEqual(curl.jar.get('session_id'), before.jar.get('session_id'));
  assert.equal((await before.get('/profile')).status, 401);
  assert.deepEqual((await curl.get('/profile')).json, { message: 'Welcome, bob!' });
});

test('browsers on other sites sign nobody in or out, though curl needs no token', async (t) => {
  const curl = await started(t);
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  assert.equal((await curl.send('POST', '/login?username=mallory', { headers })).status, 403);
  assert.equal((await curl.send('POST', '/logout', { headers })).status, 403);
});

test('wrong methods and addresses are 405 and 404', async (t) => {
  const curl = await started(t);
  const wrong = await curl.get('/login');
  assert.equal(wrong.status, 405);
  assert.match(wrong.headers.get('allow'), /POST/);
  assert.equal((await curl.get('/')).status, 404);
});

test('the API is described, with the cookie as its security scheme', async (t) => {
  const curl = await started(t);
  const { json } = await curl.get('/openapi.json');
  assert.deepEqual(json.components.securitySchemes, { session: { type: 'apiKey', in: 'cookie', name: 'session_id' } });
  assert.deepEqual(json.paths['/profile'].get.security, [{ session: [] }]);
  assert.equal(json.paths['/login'].post.parameters[0].name, 'username');
  for (const page of ['/docs', '/redoc']) assert.equal((await curl.get(page)).status, 200);
});
