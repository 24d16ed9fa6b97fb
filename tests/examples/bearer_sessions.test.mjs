// SPDX-License-Identifier: Apache-2.0
// Bearer sessions as the guide has them, and the lines in which it is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, startExample } from '../support/example.mjs';

const john = { email: 'john@example.com', password: 'password123' };

async function started(t) {
  const app = await startExample(t, 'bearer_sessions');
  return new Curl(app.url);
}

const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });

test('the walk of the guide: login, me, logout, me', async (t) => {
  const curl = await started(t);
  const login = await curl.postJson('/login', john);
  assert.equal(login.status, 200);
  assert.match(login.json.session_id, /^[\w-]{43}$/);
  assert.equal(login.json.message, 'Login successful');
  const mine = bearer(login.json.session_id);
  assert.deepEqual((await curl.get('/me', mine)).json, { email: 'john@example.com', name: 'John Doe' });
  for (let i = 0; i < 2; i += 1) {
    const logout = await curl.send('POST', '/logout', mine);
    assert.deepEqual(logout.json, { message: 'Logout successful' });
  }
  const after = await curl.get('/me', mine);
  assert.equal(after.status, 401);
  assert.equal(after.json.detail, 'Invalid session');
});

test('RIGHT: each 401 says how to authenticate', async (t) => {
  const curl = await started(t);
  const absent = await curl.get('/me');
  assert.equal(absent.status, 401);
  assert.equal(absent.headers.get('www-authenticate'), 'Bearer');
  assert.equal(absent.json.detail, 'Not authenticated');
  for (const token of ['nope', 'A'.repeat(43), 'a b', '\u00e9']) {
    const wrong = await curl.get('/me', bearer(encodeURI(token)));
    assert.equal(wrong.status, 401);
    assert.equal(wrong.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
    assert.equal(wrong.json.detail, 'Invalid session');
  }
});

test('wrong password and unknown address are the same 401, and a field that is missing is 422', async (t) => {
  const curl = await started(t);
  for (const credentials of [{ ...john, password: 'x' }, { ...john, email: 'nobody@example.com' }]) {
    const answer = await curl.postJson('/login', credentials);
    assert.equal(answer.status, 401);
    assert.equal(answer.json.detail, 'Invalid credentials');
    assert.ok(answer.headers.get('www-authenticate'));
  }
  const missing = await curl.postJson('/login', { email: john.email });
  assert.equal(missing.status, 422);
  assert.deepEqual(missing.json.errors, [{ loc: ['body', 'password'], msg: 'Field required', type: 'missing' }]);
});

test('no cache keeps what was answered, and no cookie is set', async (t) => {
  const curl = await started(t);
  const login = await curl.postJson('/login', john);
  assert.equal(login.headers.get('cache-control'), 'no-store');
  assert.deepEqual(login.cookies, []);
});
