// SPDX-License-Identifier: Apache-2.0
// The password flow of the guide, and the lines in which it is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, secret, startExample } from '../support/example.mjs';

const john = { username: 'john@example.com', password: 'password123' };

async function started(t, options) {
  const app = await startExample(t, 'oauth2_password', options);
  return new Curl(app.url);
}

const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });
const tokenOf = async (curl, credentials = john) => (await curl.post('/token', credentials)).json.access_token;

test('the walk of the guide: token, me, items', async (t) => {
  const curl = await started(t);
  const { status, json, headers } = await curl.post('/token', john);
  assert.equal(status, 200);
  assert.match(json.access_token, /^eyJ/);
  assert.equal(json.token_type, 'bearer');
  assert.equal(json.expires_in, 1800);
  assert.equal(headers.get('cache-control'), 'no-store', 'D19');
  const me = await curl.get('/users/me', bearer(json.access_token));
  assert.deepEqual(me.json, {
    username: 'john@example.com', email: 'john@example.com', full_name: 'John Doe', disabled: false,
  });
  const items = await curl.get('/users/me/items', bearer(json.access_token));
  assert.deepEqual(items.json, [{ item_id: 'Foo', owner: 'john@example.com' }]);
});

test('a wrong password and an unknown name are the same 401, with a challenge', async (t) => {
  const curl = await started(t);
  for (const credentials of [{ ...john, password: 'x' }, { ...john, username: 'nobody' }, { username: '', password: '' }]) {
    const answer = await curl.post('/token', credentials);
    assert.equal(answer.status, 401);
    assert.equal(answer.json.detail, 'Incorrect username or password');
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
  }
});

test('what is missing or wrong in the form is 422 with its place, and no password comes back', async (t) => {
  const curl = await started(t);
  const missing = await curl.post('/token', { username: 'hunter2' });
  assert.equal(missing.status, 422);
  assert.deepEqual(missing.json.errors, [{ loc: ['body', 'password'], msg: 'Field required', type: 'missing' }]);
  assert.ok(!missing.text.includes('hunter2'));
  const grant = await curl.post('/token', { ...john, grant_type: 'client_credentials' });
  assert.equal(grant.status, 422);
  assert.deepEqual(grant.json.errors[0].loc, ['body', 'grant_type']);
  assert.ok(!grant.text.includes('client_credentials'));
  assert.equal((await curl.post('/token', { ...john, grant_type: 'password' })).status, 200);
  const json = await curl.postJson('/token', john);
  assert.deepEqual(json.json.errors.map((error) => error.loc[1]), ['username', 'password']);
});

test('no token and no good token are 401, each with its challenge', async (t) => {
  const curl = await started(t);
  for (const options of [{}, { headers: { authorization: 'Basic a' } }]) {
    const answer = await curl.get('/users/me', options);
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    assert.equal(answer.json.detail, 'Not authenticated');
  }
  const token = await tokenOf(curl);
  const other = await tokenOf(await started(t, { env: { SECRET_KEY: [...secret].reverse().join('') } }));
  for (const wrong of ['nope', `${token}A`, token.slice(0, -1), other, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2huIn0.']) {
    const answer = await curl.get('/users/me', bearer(wrong));
    assert.equal(answer.status, 401, wrong);
    assert.equal(answer.json.detail, 'Could not validate credentials');
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
  }
});

test('a disabled account gets no further', async (t) => {
  const curl = await started(t);
  const token = await tokenOf(curl, { ...john, username: 'jane@example.com' });
  const answer = await curl.get('/users/me', bearer(token));
  assert.equal(answer.status, 400);
  assert.equal(answer.json.detail, 'Inactive user');
});
