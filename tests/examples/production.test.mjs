// SPDX-License-Identifier: Apache-2.0
// The guide's "production-ready" program, repaired.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { Curl, startExample } from '../support/example.mjs';
import { untilRefused } from '../support/limits.mjs';

const a = { email: 'a@x.io', password: 'Correct-Horse9!', full_name: 'A' };

async function started(t, options) {
  const app = await startExample(t, 'production', options);
  return new Curl(app.url);
}

const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });
const login = (curl, more = {}) => curl.postJson('/login', { email: a.email, password: a.password, ...more });

async function signedIn(t, options) {
  const curl = await started(t, options);
  await curl.postJson('/register', a);
  assert.equal((await login(curl)).status, 200);
  return curl;
}

const codeOf = (uri, at = 'now') =>
  execFileSync('oathtool', ['--totp', '-b', '--now', at, new URL(uri).searchParams.get('secret')]).toString().trim();

test('the walk of the guide: register, login, me, logout', async (t) => {
  const curl = await started(t);
  const registered = await curl.postJson('/register', a);
  assert.equal(registered.status, 200);
  assert.deepEqual(registered.json, { message: 'User registered successfully' });

  const answer = await login(curl);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { message: 'Login successful' });
  const line = answer.cookies.find((cookie) => cookie.startsWith('access_token='));
  assert.match(line, /^access_token=eyJ[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900$/);

  const me = { email: 'a@x.io', full_name: 'A', mfa_enabled: false };
  assert.deepEqual((await curl.get('/me')).json, me, 'D11: the cookie opens /me');
  const token = curl.jar.get('access_token');
  const program = new Curl(curl.url);
  assert.deepEqual((await program.get('/me', bearer(token))).json, me, 'and so does the header');
  assert.equal((await curl.get('/me', bearer(token))).status, 400, 'but not both');

  const logout = await curl.postJson('/logout', {});
  assert.deepEqual(logout.json, { message: 'Logout successful' });
  assert.equal((await curl.get('/me')).status, 401);
  const after = await program.get('/me', bearer(token));
  assert.equal(after.status, 401, 'D12: what was signed out is dead');
  assert.equal(after.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
});

test('D12: registering a known address tells nothing, and changes nothing', async (t) => {
  const curl = await started(t);
  const first = await curl.postJson('/register', a);
  const again = await curl.postJson('/register', { ...a, password: 'Another-Horse9!' });
  assert.equal(again.status, first.status);
  assert.equal(again.text, first.text);
  assert.equal((await login(curl)).status, 200);
  assert.equal((await login(curl, { password: 'Another-Horse9!' })).status, 401);
});

test('weak passwords are 422 with a reason, and never come back', async (t) => {
  for (const [password, sentence] of [
    ['Short-9!', /longer/], ['correct-horse9!', /upper case/], ['CORRECT-HORSE9!', /lower case/],
    ['Correct-Horse!', /digit/], ['CorrectHorse99', /another character/],
  ]) {
    const curl = await started(t);
    const answer = await curl.postJson('/register', { ...a, password });
    assert.equal(answer.status, 422, password);
    assert.match(answer.json.detail, sentence);
    assert.ok(!answer.text.includes(password));
  }
});

test('registrations and logins are limited', async (t) => {
  const curl = await started(t);
  for (let i = 0; i < 3; i += 1) assert.equal((await curl.postJson('/register', { ...a, email: `${i}@x.io` })).status, 200);
  const late = await curl.postJson('/register', a);
  assert.equal(late.status, 429);
  assert.equal(late.json.detail, 'Rate limit exceeded: 3 per 1 hour');
  await untilRefused(() => login(curl), { burst: 5, every: 12 });
});

test('D14: who guesses at an account from one address does not lock its owner out at another', async (t) => {
  const curl = await started(t, { args: ['--proxy-trust', '127.0.0.1', '--proxy-header', 'X-Forwarded-For'] });
  const from = (address) => ({ headers: { 'x-forwarded-for': address } });
  await curl.postJson('/register', a, from('192.0.2.1'));
  const credentials = { email: a.email, password: 'a-Wrong-Password-1!' };
  const guess = () => curl.postJson('/login', credentials, from('198.51.100.66'));
  await untilRefused(guess, { burst: 5, every: 12 });
  const owner = await curl.postJson('/login', { email: a.email, password: a.password }, from('192.0.2.1'));
  assert.equal(owner.status, 200);
});

test('a second factor counts from its first code on, and each code once', async (t) => {
  const curl = await signedIn(t);
  const { json: { uri } } = await curl.postJson('/mfa/enable', {});
  assert.match(uri, /^otpauth:\/\/totp\/Production:a%40x\.io\?secret=/);
  assert.equal((await curl.get('/me')).json.mfa_enabled, false);
  assert.equal((await curl.postJson('/mfa/confirm', { totp_token: '000000' })).status, 401);
  const first = codeOf(uri);
  assert.deepEqual((await curl.postJson('/mfa/confirm', { totp_token: first })).json, { message: 'MFA enabled' });
  assert.equal((await curl.postJson('/mfa/enable', {})).status, 409);

  const other = new Curl(curl.url);
  assert.deepEqual((await login(other)).json, { requires_mfa: true });
  assert.equal((await login(other, { totp_token: first })).status, 401, 'used for the confirmation');
  const next = codeOf(uri, 'now + 30 seconds');
  assert.equal((await login(other, { totp_token: next })).status, 200);
  assert.equal((await other.get('/me')).json.mfa_enabled, true);
  assert.equal((await login(new Curl(curl.url), { totp_token: next })).status, 401, 'D12: a code is good once');
});

test('after five wrong codes the right one waits, whatever addresses they come from', async (t) => {
  const curl = await signedIn(t, { args: ['--proxy-trust', '127.0.0.1', '--proxy-header', 'X-Forwarded-For'] });
  const { json: { uri } } = await curl.postJson('/mfa/enable', {});
  assert.equal((await curl.postJson('/mfa/confirm', { totp_token: codeOf(uri) })).status, 200);
  const from = (i) => ({ headers: { 'x-forwarded-for': `198.51.100.${i}` } });
  const tryCode = async (i, code) =>
    (await new Curl(curl.url).postJson('/login', { email: a.email, password: a.password, totp_token: code }, from(i))).status;
  for (let i = 0; i < 5; i += 1) assert.equal(await tryCode(i, '000000'), 401);
  assert.equal(await tryCode(9, codeOf(uri, 'now + 30 seconds')), 429);
});

test('enrolment that is asked for many times at once leaves one secret, the one that was confirmed', async (t) => {
  const curl = await signedIn(t);
  const { json: { uri } } = await curl.postJson('/mfa/enable', {});
  const many = [curl.postJson('/mfa/confirm', { totp_token: codeOf(uri) })];
  for (let i = 0; i < 20; i += 1) many.push(curl.postJson('/mfa/enable', {}));
  const [confirmed, ...rest] = await Promise.all(many);
  if (confirmed.status !== 200) return;  // another secret came first, and nothing counts yet
  assert.ok(rest.some((answer) => answer.status === 409));
  assert.equal((await login(new Curl(curl.url), { totp_token: codeOf(uri, 'now + 30 seconds') })).status, 200);
});

test('a cookie brings CSRF protection; a header needs none', async (t) => {
  const curl = await signedIn(t);
  const headers = { 'sec-fetch-site': 'cross-site' };
  assert.equal((await curl.postJson('/logout', {}, { headers })).status, 403);
  assert.equal((await curl.post('/logout')).status, 403);
  assert.equal((await curl.get('/me')).status, 200);
  const token = curl.jar.get('access_token');
  assert.equal((await new Curl(curl.url).send('POST', '/logout', bearer(token))).status, 200);
});

test('a refresh gives new cookies, and a used refresh token ends the login', async (t) => {
  const curl = await signedIn(t);
  const thief = curl.copy();
  assert.equal((await curl.postJson('/refresh', {})).status, 200);
  assert.equal((await curl.get('/me')).status, 200);
  assert.equal((await thief.postJson('/refresh', {})).status, 401);
  assert.equal((await curl.get('/me')).status, 401);
});

test('behind https the cookies are __Host- and Secure', async (t) => {
  const curl = await started(t, { args: ['--public-url', 'https://example.com'] });
  const headers = { host: 'example.com' };
  await curl.postJson('/register', a, { headers });
  const { cookies } = await curl.postJson('/login', { email: a.email, password: a.password }, { headers });
  assert.match(cookies[0], /^__Host-access_token=.*; Path=\/; Secure; HttpOnly; SameSite=Lax/);
  assert.match(cookies[1], /^__Host-access_token_refresh=.*; Secure; HttpOnly; SameSite=Strict/);
});
