// SPDX-License-Identifier: Apache-2.0
// API keys as people make them and programs use them: shown once, taken in two headers, gone at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardea, Client, startServer } from '../support/server.mjs';

const email = 'ada@example.com';
const password = 'correct horse battery staple';
const form = /^cardea_[0-9A-Za-z]{49}$/;

async function signedIn(t, options) {
  const server = await startServer(t, options);
  const person = new Client(server.url);
  assert.equal((await person.post('/api/v1/register', { email, password, name: 'Ada' })).status, 201);
  assert.equal((await person.post('/api/v1/login', { email, password })).status, 200);
  const run = (args, input) => cardea([...args, '--data', server.data], { input });
  return { server, person, program: new Client(server.url), run };
}

async function issue(person, wish = { name: 'deploy' }) {
  const answer = await person.post('/api/v1/api-keys', wish);
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
}

const asHeader = (key) => ({ headers: { 'X-API-Key': key } });
const asBearer = (key) => ({ headers: { Authorization: `Bearer ${key}` } });

test('a key is shown once, and tells who it belongs to by either header', async (t) => {
  const { person, program } = await signedIn(t);
  const { key, api_key: made } = await issue(person, { name: 'nightly report', scopes: ['reports:read', 'orders'] });
  assert.match(key, form);
  assert.equal(made.name, 'nightly report');
  assert.deepEqual(made.scopes, ['reports:read', 'orders']);
  assert.equal(made.last_used_at, null);
  assert.equal(Date.parse(made.expires_at) - Date.parse(made.created_at), 90 * 86_400_000);

  for (const how of [asHeader(key), asBearer(key)]) {
    const { status, json, text } = await program.get('/api/v1/session', how);
    assert.equal(status, 200, text);
    assert.equal(json.user.email, email);
    assert.deepEqual(json.api_key, { id: made.id, name: made.name, scopes: made.scopes, expires_at: made.expires_at });
    assert.equal(json.session, undefined);
  }
  const listed = await person.get('/api/v1/api-keys');
  assert.equal(listed.json.api_keys.length, 1);
  assert.equal(listed.text.includes(key), false);
  assert.equal(listed.json.api_keys[0].hint, `cardea_…${key.slice(-4)}`);
});

test('a key is taken from its headers and from nowhere else', async (t) => {
  const { person, program } = await signedIn(t);
  const { key } = await issue(person);
  for (const name of ['api_key', 'X-API-Key', 'access_token', 'key']) {
    assert.equal((await program.get(`/api/v1/session?${name}=${key}`)).status, 401, name);
    assert.equal((await program.get('/api/v1/session', { headers: { Cookie: `${name}=${key}` } })).status, 401, name);
  }
  program.setCookie('cardea-session', key);
  assert.equal((await program.get('/api/v1/session')).status, 401);
  assert.equal((await program.get('/auth/verify')).status, 401);
});

test('two credentials at once are refused, whatever they hold', async (t) => {
  const { person, program } = await signedIn(t);
  const { key } = await issue(person);
  assert.equal((await person.get('/api/v1/session', asHeader(key))).status, 400, 'cookie and X-API-Key');
  assert.equal((await person.get('/api/v1/session', asBearer(key))).status, 400, 'cookie and bearer');
  assert.equal((await person.get('/api/v1/session', asHeader('nonsense'))).status, 400);
  const both = { headers: { ...asHeader(key).headers, ...asBearer(key).headers } };
  assert.equal((await program.get('/api/v1/session', both)).status, 400, 'the same key twice');
  assert.equal((await program.get('/auth/verify', both)).status, 401, 'nginx takes nothing but 200 and 401');
});

test('a key does not do what a person must be present for', async (t) => {
  const { person, program } = await signedIn(t);
  const { key, api_key: made } = await issue(person);
  const requests = [
    ['GET', '/api/v1/sessions'], ['DELETE', '/api/v1/sessions'], ['GET', '/api/v1/api-keys'],
    ['DELETE', `/api/v1/api-keys/${made.id}`], ['POST', '/api/v1/api-keys', { name: 'another' }],
    ['POST', `/api/v1/api-keys/${made.id}/rotate`, {}],
    ['POST', '/api/v1/password', { current_password: password, new_password: 'an entirely different one' }],
  ];
  for (const [method, path, json] of requests) {
    const answer = await program.send(method, path, { json, ...asHeader(key) });
    assert.equal(answer.status, 403, `${method} ${path}`);
    assert.equal(answer.json.code, 'forbidden');
  }
  assert.equal((await person.get('/api/v1/api-keys')).json.api_keys.length, 1);
});

const forwarded = { args: ['--api-keys-forward-auth', 'true'] };

test('no key passes the proxy until the operator says so', async (t) => {
  const { person, program } = await signedIn(t);
  const { key } = await issue(person);
  for (const path of ['/auth/verify', '/auth/forward']) {
    for (const how of [asHeader(key), asBearer(key)]) {
      const answer = await program.get(path, how);
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.has('x-auth-user'), false);
    }
  }
  assert.equal((await person.get('/auth/verify')).status, 200);
});

test('the proxy learns whose key it is and what it may do', async (t) => {
  const { person, program } = await signedIn(t, forwarded);
  const { key, api_key: made } = await issue(person, { name: 'ci', scopes: ['deploy', 'logs:read'] });
  const { user } = (await person.get('/api/v1/session')).json;
  for (const path of ['/auth/verify', '/auth/forward']) {
    const answer = await program.get(path, asHeader(key));
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '');
    assert.equal(answer.headers.get('x-auth-user'), user.id);
    assert.equal(answer.headers.get('x-auth-api-key'), made.id);
    assert.equal(answer.headers.get('x-auth-scopes'), 'deploy logs:read');
    assert.equal(answer.headers.has('x-auth-session'), false);
  }
  const scopeless = await issue(person, { name: 'plain' });
  assert.equal((await program.get('/auth/verify', asBearer(scopeless.key))).headers.has('x-auth-scopes'), false);
  const session = await person.get('/auth/verify');
  assert.equal(session.headers.has('x-auth-api-key') || session.headers.has('x-auth-scopes'), false);
});

test('a revoked key is refused at once, also when another process revokes it', async (t) => {
  const { person, program, run } = await signedIn(t);
  const keys = [await issue(person), await issue(person), await issue(person)];
  for (const { key } of keys) {
    for (let i = 0; i < 3; i += 1) assert.equal((await program.get('/api/v1/session', asHeader(key))).status, 200);
  }
  const headers = { 'X-CSRF-Token': (await person.get('/api/v1/session')).json.csrf_token };
  assert.equal((await person.delete(`/api/v1/api-keys/${keys[0].api_key.id}`)).status, 403, 'a cookie needs the token');
  assert.equal((await person.delete(`/api/v1/api-keys/${keys[0].api_key.id}`, { headers })).status, 204);
  const refused = await program.get('/api/v1/session', asHeader(keys[0].key));
  assert.equal(refused.status, 401);
  assert.equal(refused.json.code, 'api_key_unknown');
  assert.equal((await person.delete(`/api/v1/api-keys/${keys[0].api_key.id}`, { headers })).status, 404);

  assert.equal((await run(['apikey', 'revoke', email, keys[1].api_key.id])).code, 0);
  assert.equal((await program.get('/api/v1/session', asBearer(keys[1].key))).status, 401);
  assert.equal((await program.get('/api/v1/session', asBearer(keys[2].key))).status, 200);
  assert.equal((await run(['apikey', 'revoke', email, '--all'])).code, 0);
  assert.equal((await program.get('/api/v1/session', asBearer(keys[2].key))).status, 401);
});

test('a disabled account takes its keys with it, and so does a removed one', async (t) => {
  const { person, program, run } = await signedIn(t, forwarded);
  const { key } = await issue(person);
  assert.equal((await program.get('/auth/verify', asHeader(key))).status, 200);
  assert.equal((await run(['account', 'disable', email])).code, 0);
  assert.equal((await program.get('/auth/verify', asHeader(key))).status, 401);
  assert.equal((await program.get('/api/v1/session', asHeader(key))).status, 403);
  assert.equal((await run(['account', 'enable', email])).code, 0);
  assert.equal((await program.get('/auth/verify', asHeader(key))).status, 200);
  assert.equal((await run(['account', 'delete', '--yes', email])).code, 0);
  assert.equal((await program.get('/auth/verify', asHeader(key))).status, 401);
});

test('rotation gives a new key while the old one goes on for the overlap', async (t) => {
  const { person, program } = await signedIn(t);
  const old = await issue(person, { name: 'ci', scopes: ['deploy'], lifetime: 'never' });
  const rotate = (id, body) => person.post(`/api/v1/api-keys/${id}/rotate`, body);
  const fresh = await rotate(old.api_key.id, {});
  assert.equal(fresh.status, 201, fresh.text);
  assert.deepEqual([fresh.json.api_key.name, fresh.json.api_key.scopes, fresh.json.api_key.expires_at], ['ci', ['deploy'], null]);
  for (const key of [old.key, fresh.json.key]) assert.equal((await program.get('/api/v1/session', asHeader(key))).status, 200);
  assert.equal((await rotate(old.api_key.id, {})).status, 409);

  const newest = await rotate(fresh.json.api_key.id, { overlap: 'none' });
  assert.equal(newest.status, 201);
  const refused = await program.get('/api/v1/session', asHeader(fresh.json.key));
  assert.equal(refused.json.code, 'api_key_expired');
  const listed = (await person.get('/api/v1/api-keys')).json.api_keys;
  const before = listed.find((entry) => entry.id === old.api_key.id);
  assert.equal(before.replaced_by, fresh.json.api_key.id);
  const left = Date.parse(before.expires_at) - Date.now();
  assert.ok(left > 86_000_000 && left <= 86_400_000, `the overlap is a day: ${left}`);
  assert.equal((await rotate(newest.json.api_key.id, { overlap: '31d' })).status, 422);
  assert.equal((await rotate('0'.repeat(26), {})).status, 404);
});

test('wishes that cannot be granted name their field and never repeat it', async (t) => {
  const { person } = await signedIn(t);
  const cases = [
    [{}, 'name'], [{ name: ' ' }, 'name'], [{ name: 'x'.repeat(101) }, 'name'], [{ name: 'a\u202Eb' }, 'name'],
    [{ name: 'n', scopes: 'one' }, 'scopes'], [{ name: 'n', scopes: [7] }, 'scopes'],
    [{ name: 'n', scopes: ['two words'] }, 'scopes'], [{ name: 'n', scopes: Array(33).fill('a') }, 'scopes'],
    [{ name: 'n', lifetime: '0d' }, 'lifetime'], [{ name: 'n', lifetime: 'soon' }, 'lifetime'],
    [{ name: 'n', lifetime: '99999d' }, 'lifetime'], [{ name: 'n', lifetime: 90 }, 'lifetime'],
  ];
  for (const [wish, field] of cases) {
    const answer = await person.post('/api/v1/api-keys', wish);
    assert.equal(answer.status, 422, JSON.stringify(wish));
    assert.equal(answer.json.errors[0].loc.at(-1), field);
  }
  assert.equal((await person.get('/api/v1/api-keys')).json.api_keys.length, 0);
});

test('asvs5_8_2_2 nobody sees, rotates or revokes a key of somebody else', async (t) => {
  const { server, person, program } = await signedIn(t);
  const { key, api_key: made } = await issue(person);
  const mallory = new Client(server.url);
  await mallory.post('/api/v1/register', { username: 'mallory', password });
  await mallory.post('/api/v1/login', { username: 'mallory', password });
  const headers = { 'X-CSRF-Token': (await mallory.get('/api/v1/session')).json.csrf_token };

  assert.deepEqual((await mallory.get('/api/v1/api-keys')).json.api_keys, []);
  assert.equal((await mallory.delete(`/api/v1/api-keys/${made.id}`, { headers })).status, 404);
  assert.equal((await mallory.post(`/api/v1/api-keys/${made.id}/rotate`, {})).status, 404);
  const forged = await mallory.post('/api/v1/api-keys', { name: 'n', account: made.id, user_id: made.id });
  assert.equal(forged.status, 422, 'the account comes from the session, never from the body');
  assert.deepEqual(forged.json.errors.map(({ loc }) => loc[1]), ['account', 'user_id']);
  const own = await mallory.post('/api/v1/api-keys', { name: 'n' });
  assert.equal((await program.get('/api/v1/session', asHeader(own.json.key))).json.user.username, 'mallory');
  assert.equal((await program.get('/api/v1/session', asHeader(key))).status, 200);
});

test('every refusal of a key can be looked up', async (t) => {
  const { person, program, run } = await signedIn(t);
  const { key } = await issue(person);
  const mistyped = key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a');
  const revoked = await issue(person);
  await run(['apikey', 'revoke', email, revoked.api_key.id]);
  for (const [sent, code, rule] of [[mistyped, 'api_key_malformed', 'api_key_form'], ['nonsense', 'api_key_malformed', 'api_key_form'],
    [revoked.key, 'api_key_unknown', 'api_key_unknown']]) {
    const refused = await program.get('/api/v1/session', asHeader(sent));
    assert.equal(refused.status, 401);
    assert.equal(refused.json.code, code);
    assert.ok(refused.headers.get('www-authenticate'));
    assert.equal(refused.text.includes(sent), false);
    assert.match((await run(['why', refused.json.reference])).stdout, new RegExp(rule));
  }
});

test('the commands make, check, list and revoke keys', async (t) => {
  const { server, program, run } = await signedIn(t);
  const made = await run(['apikey', 'new', '--account', email, '--name', 'backup', '--scope', 'read', '--expires', '30d']);
  assert.equal(made.code, 0, made.stderr);
  const key = made.stdout.trim();
  assert.match(key, form);
  assert.equal((await program.get('/api/v1/session', asHeader(key))).json.api_key.name, 'backup');

  const checked = await run(['apikey', 'check', '--json'], key);
  assert.equal(checked.code, 0, checked.stderr);
  const finding = JSON.parse(checked.stdout);
  assert.equal(finding.valid, true);
  assert.equal(finding.account.email, email);
  assert.deepEqual(finding.api_key.scopes, ['read']);
  assert.equal((await run(['apikey', 'check'], key.replace('cardea_', 'cardeb_'))).code, 1);

  const listed = await run(['apikey', 'list', email]);
  assert.match(listed.stdout, /backup/);
  assert.equal(listed.stdout.includes(key), false);
  assert.equal((await run(['apikey', 'revoke', email, finding.api_key.id])).code, 0);
  assert.equal((await run(['apikey', 'check'], key)).code, 1);
  assert.equal((await run(['audit', 'verify'])).code, 0);
  assert.equal(server.log().includes(key), false);
});

test('the prefix is a setting, and older keys outlive a change of it', async (t) => {
  const { server, person, program } = await signedIn(t);
  const { key } = await issue(person);
  assert.equal(await server.stop(), 0);
  await startServer(t, { data: server.data, port: server.port, args: ['--api-keys-prefix', 'acme_live'] });
  assert.match((await issue(person)).key, /^acme_live_[0-9A-Za-z]{49}$/);
  assert.equal((await program.get('/api/v1/session', asHeader(key))).status, 200);
});
