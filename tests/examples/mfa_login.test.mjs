// SPDX-License-Identifier: Apache-2.0
// The second factor of the guide, with what it leaves out: enrolment that is confirmed, codes that are good once, limits
// and recovery codes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { Curl, startExample } from '../support/example.mjs';

const john = { email: 'john@example.com', password: 'password123' };

async function started(t) {
  const app = await startExample(t, 'mfa_login');
  return new Curl(app.url);
}

const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });
const login = (curl, totp_token) => curl.postJson('/login', { ...john, ...(totp_token && { totp_token }) });
const codeOf = (uri, at = 'now') =>
  execFileSync('oathtool', ['--totp', '-b', '--now', at, new URL(uri).searchParams.get('secret')]).toString().trim();

/** A program whose one user has a second factor: its URI, the code that confirmed it, and the recovery codes. */
async function enrolled(t) {
  const curl = await started(t);
  const { json: { access_token } } = await login(curl);
  const { json: { uri } } = await curl.postJson('/mfa/enroll', {}, bearer(access_token));
  const used = codeOf(uri);
  const confirmed = await curl.postJson('/mfa/confirm', { totp_token: used }, bearer(access_token));
  return { curl, uri, used, codes: confirmed.json.recovery_codes };
}

test('without a second factor the password is enough', async (t) => {
  const curl = await started(t);
  const answer = await login(curl);
  assert.equal(answer.status, 200);
  assert.match(answer.json.access_token, /^eyJ/);
  const me = await curl.get('/me', bearer(answer.json.access_token));
  assert.deepEqual(me.json, { email: 'john@example.com', mfa_enabled: false });
});

test('the walk of the guide: the password asks for a code, and with the code there is a token', async (t) => {
  const { curl, uri } = await enrolled(t);
  const asked = await login(curl);
  assert.equal(asked.status, 200);
  assert.deepEqual(asked.json, { requires_mfa: true });
  const wrong = await login(curl, '000000');
  assert.equal(wrong.status, 401);
  assert.equal(wrong.json.detail, 'Invalid MFA token');
  const right = await login(curl, codeOf(uri, 'now + 30 seconds'));
  assert.equal(right.status, 200);
  assert.match(right.json.access_token, /^eyJ/);
});

test('a code never helps without the password', async (t) => {
  const { curl, uri } = await enrolled(t);
  const answer = await curl.postJson('/login', { ...john, password: 'x', totp_token: codeOf(uri, 'now + 30 seconds') });
  assert.equal(answer.status, 401);
  assert.equal(answer.json.detail, 'Invalid credentials');
});

test('a code is good once, also the one that confirmed the factor', async (t) => {
  const { curl, uri, used } = await enrolled(t);
  assert.equal((await login(curl, used)).status, 401);
  const next = codeOf(uri, 'now + 30 seconds');
  assert.equal((await login(curl, next)).status, 200);
  assert.equal((await login(curl, next)).status, 401);
});

test('a factor that was not confirmed does not count, and one that was is not replaced', async (t) => {
  const curl = await started(t);
  const { json: { access_token } } = await login(curl);
  const first = (await curl.postJson('/mfa/enroll', {}, bearer(access_token))).json.uri;
  const second = (await curl.postJson('/mfa/enroll', {}, bearer(access_token))).json.uri;
  assert.match((await login(curl)).json.access_token, /^eyJ/);
  assert.equal((await curl.postJson('/mfa/confirm', { totp_token: codeOf(first) }, bearer(access_token))).status, 401);
  const confirmed = await curl.postJson('/mfa/confirm', { totp_token: codeOf(second) }, bearer(access_token));
  assert.equal(confirmed.json.recovery_codes.length, 10);
  assert.equal((await curl.postJson('/mfa/enroll', {}, bearer(access_token))).status, 409);
  assert.equal((await curl.postJson('/mfa/enroll', {})).status, 401);
});

test('a recovery code lets in once, however it is typed', async (t) => {
  const { curl, codes } = await enrolled(t);
  const typed = codes[3].toUpperCase().replaceAll('-', ' ');
  assert.equal((await login(curl, typed)).status, 200);
  assert.equal((await login(curl, codes[3])).status, 401);
  assert.equal((await login(curl, codes[4])).status, 200);
});

test('after five wrong codes even the right one waits', async (t) => {
  const { curl, uri } = await enrolled(t);
  const statuses = [];
  for (let i = 0; i < 5; i += 1) statuses.push((await login(curl, `00000${i}`)).status);
  assert.deepEqual(statuses, Array(5).fill(401));
  const late = await login(curl, codeOf(uri, 'now + 30 seconds'));
  assert.equal(late.status, 429);
  assert.ok(Number(late.headers.get('retry-after')) > 0);
});
