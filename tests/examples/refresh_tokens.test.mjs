// SPDX-License-Identifier: Apache-2.0
// D13: refresh tokens as the guide has them, with what it leaves out: rotation, reuse detection and revocation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, startExample } from '../support/example.mjs';

const john = { username: 'john@example.com', password: 'password123' };

async function started(t) {
  const app = await startExample(t, 'refresh_tokens');
  return new Curl(app.url);
}

const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });
const login = async (curl) => (await curl.post('/token', john)).json;
const refresh = (curl, refresh_token) => curl.postJson('/refresh', { refresh_token });
const me = async (curl, pair) => (await curl.get('/users/me', bearer(pair.access_token))).status;

test('the walk of the guide: a pair, and with it the next access token', async (t) => {
  const curl = await started(t);
  const pair = await login(curl);
  assert.match(pair.access_token, /^eyJ/);
  assert.match(pair.refresh_token, /^eyJ/);
  assert.equal(pair.token_type, 'bearer');
  assert.equal(pair.expires_in, 900);
  const answer = await refresh(curl, pair.refresh_token);
  assert.equal(answer.status, 200);
  assert.equal(answer.json.token_type, 'bearer');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(await me(curl, answer.json), 200);
});

test('a refresh token is no access token, nor the reverse, and neither travels in the address', async (t) => {
  const curl = await started(t);
  const pair = await login(curl);
  assert.equal((await curl.get('/users/me', bearer(pair.refresh_token))).status, 401);
  for (const wrong of [pair.access_token, 'nope', '', `${pair.refresh_token}A`]) {
    const answer = await refresh(curl, wrong);
    assert.equal(answer.status, 401);
    assert.equal(answer.json.detail, 'Invalid refresh token');
  }
  const query = await curl.send('POST', `/refresh?refresh_token=${pair.refresh_token}`);
  assert.equal(query.status, 422);
  assert.equal((await curl.postJson('/refresh', {})).json.errors[0].loc[1], 'refresh_token');
});

test('a refresh token that comes twice ends what came from its login, and nothing else', async (t) => {
  const curl = await started(t);
  const stolen = await login(curl);
  const other = await login(curl);
  const mine = (await refresh(curl, stolen.refresh_token)).json;
  assert.equal(await me(curl, mine), 200);
  assert.equal((await refresh(curl, stolen.refresh_token)).status, 401);
  assert.equal(await me(curl, mine), 401);
  assert.equal((await refresh(curl, mine.refresh_token)).status, 401);
  assert.equal(await me(curl, other), 200);
});

test('of many uses at the same moment one wins, and the family ends all the same', async (t) => {
  const curl = await started(t);
  const pair = await login(curl);
  const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(curl, pair.refresh_token)));
  const winners = answers.filter((answer) => answer.status === 200);
  assert.ok(winners.length <= 1);
  for (const { json } of winners) assert.equal(await me(curl, json), 401);
});

test('a logout ends access and refresh token at once', async (t) => {
  const curl = await started(t);
  const pair = await login(curl);
  assert.equal((await curl.send('POST', '/logout', bearer(pair.access_token))).status, 200);
  assert.equal(await me(curl, pair), 401);
  assert.equal((await refresh(curl, pair.refresh_token)).status, 401);
  assert.equal((await curl.send('POST', '/logout', bearer(pair.access_token))).status, 200);
});
