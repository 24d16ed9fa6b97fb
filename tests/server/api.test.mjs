// SPDX-License-Identifier: Apache-2.0
// The JSON API as a client of another program sees it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { cardea, Client, startServer } from '../support/server.mjs';

const email = 'ada@example.com';
const password = 'correct horse battery staple';

async function registered(t, options) {
  const server = await startServer(t, options);
  const client = new Client(server.url);
  const answer = await client.post('/api/v1/register', { email, password, name: 'Ada' });
  assert.equal(answer.status, 201, answer.text);
  return { server, client };
}

/** As it stands, which fetch() would not send. */
async function sendRaw(server, path, options) {
  const sent = request({ host: '127.0.0.1', port: server.port, path, ...options });
  sent.end();
  const [answer] = await once(sent, 'response');
  return { statusCode: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

test('register does not sign in, sign-in sets the cookie, the session tells who it is', async (t) => {
  const { client } = await registered(t);
  assert.equal((await client.get('/api/v1/session')).status, 401);

  const signedIn = await client.post('/api/v1/login', { email, password });
  assert.equal(signedIn.status, 200, signedIn.text);
  const line = signedIn.headers.getSetCookie().find((c) => c.startsWith('cardea-session='));
  assert.match(line, /; Path=\/; HttpOnly; SameSite=Lax$/);

  const { status, json, headers } = await client.get('/api/v1/session');
  assert.equal(status, 200);
  assert.match(headers.get('cache-control'), /no-store/);
  assert.equal(json.user.email, email);
  assert.equal(json.user.name, 'Ada');
  assert.equal(json.user.username, null);
  assert.equal(json.session.transport, 'cookie');
  for (const moment of ['created_at', 'last_seen_at', 'expires_at']) {
    assert.match(json.session[moment], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  }
  assert.equal(typeof json.csrf_token, 'string');
});

test('every 401 says how to authenticate, as problem+json with a sentence and a reference', async (t) => {
  const { client } = await registered(t);
  for (const [method, path] of [['GET', '/api/v1/session'], ['GET', '/api/v1/sessions'], ['DELETE', '/api/v1/sessions']]) {
    const answer = await client.send(method, path);
    assert.equal(answer.status, 401, path);
    assert.ok(answer.headers.get('www-authenticate'), path);
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
    assert.equal(answer.json.status, 401);
    assert.ok(answer.json.detail.length > 10);
    assert.match(answer.json.reference, /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
  }
});

test('asvs5_7_2_4 signing in over a live session ends the old one', async (t) => {
  const { client } = await registered(t);
  await client.post('/api/v1/login', { email, password });
  const old = client.cookie('cardea-session');
  await client.post('/api/v1/login', { email, password });
  assert.notEqual(client.cookie('cardea-session'), old);

  const thief = new Client(client.url);
  thief.setCookie('cardea-session', old);
  assert.equal((await thief.get('/api/v1/session')).status, 401);
  assert.equal((await client.get('/api/v1/sessions')).json.sessions.length, 1);
});

test('a bearer token is no cookie, a cookie no bearer token, and both together are refused', async (t) => {
  const { client } = await registered(t);
  const bearer = await client.post('/api/v1/login', { email, password, transport: 'bearer' });
  assert.equal(bearer.status, 200);
  assert.deepEqual(Object.keys(bearer.json).sort(), ['expires_at', 'token']);
  assert.equal(bearer.headers.getSetCookie().some((c) => c.startsWith('cardea-session=')), false);
  const authorization = { Authorization: `Bearer ${bearer.json.token}` };

  const api = new Client(client.url);
  assert.equal((await api.get('/api/v1/session', { headers: authorization })).json.session.transport, 'bearer');
  api.setCookie('cardea-session', bearer.json.token);
  assert.equal((await api.get('/api/v1/session')).status, 401);
  assert.equal((await api.get('/api/v1/session', { headers: authorization })).status, 400);

  await client.post('/api/v1/login', { email, password });
  const cookie = client.cookie('cardea-session');
  const other = new Client(client.url);
  assert.equal((await other.get('/api/v1/session', { headers: { Authorization: `Bearer ${cookie}` } })).status, 401);
});

test('list, end one, end all others, and sign out', async (t) => {
  const { server, client } = await registered(t);
  const others = [new Client(server.url), new Client(server.url), new Client(server.url)];
  await client.post('/api/v1/login', { email, password });
  for (const other of others) await other.post('/api/v1/login', { email, password });

  const { sessions } = (await client.get('/api/v1/sessions')).json;
  assert.equal(sessions.length, 4);
  assert.equal(sessions.filter((s) => s.current).length, 1);
  const victim = (await others[0].get('/api/v1/session')).json.session.id;
  const { csrf_token: token } = (await client.get('/api/v1/session')).json;
  const headers = { 'X-CSRF-Token': token };
  assert.equal((await client.delete(`/api/v1/sessions/${victim}`)).status, 403, 'a cookie request needs the token');
  assert.equal((await client.delete(`/api/v1/sessions/${victim}`, { headers })).status, 204);
  assert.equal((await others[0].get('/api/v1/session')).status, 401);
  assert.equal((await client.delete(`/api/v1/sessions/${victim}`, { headers })).status, 404);

  assert.equal((await client.delete('/api/v1/sessions', { headers })).status, 204);
  assert.equal((await others[1].get('/api/v1/session')).status, 401);
  assert.equal((await client.get('/api/v1/session')).status, 200);

  assert.equal((await client.post('/api/v1/logout', {})).status, 204);
  assert.equal((await client.get('/api/v1/session')).status, 401);
  assert.equal((await client.send('POST', '/api/v1/logout')).status, 204, 'idempotent, and without a body');
});

test('asvs5_8_2_2 nobody ends the session of somebody else', async (t) => {
  const { server, client } = await registered(t);
  const mallory = new Client(server.url);
  await mallory.post('/api/v1/register', { username: 'mallory', password });
  await client.post('/api/v1/login', { email, password });
  await mallory.post('/api/v1/login', { username: 'mallory', password });
  const { session } = (await client.get('/api/v1/session')).json;
  const headers = { 'X-CSRF-Token': (await mallory.get('/api/v1/session')).json.csrf_token };

  assert.equal((await mallory.delete(`/api/v1/sessions/${session.id}`, { headers })).status, 404);
  assert.equal((await client.get('/api/v1/session')).status, 200);
});

test('asvs5_6_2_3 changing the password asks for the old one and ends the other sessions', async (t) => {
  const { server, client } = await registered(t);
  const other = new Client(server.url);
  await client.post('/api/v1/login', { email, password });
  await other.post('/api/v1/login', { email, password });
  const next = 'an entirely different passphrase';

  const wrong = await client.post('/api/v1/password', { current_password: 'not it at all', new_password: next });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.json.errors[0].loc.at(-1), 'current_password');
  const weak = await client.post('/api/v1/password', { current_password: password, new_password: 'short' });
  assert.equal(weak.status, 422);
  assert.equal(weak.json.errors[0].loc.at(-1), 'new_password');
  assert.equal(weak.text.includes('"short"'), false, 'the input is never repeated');
  assert.equal((await client.post('/api/v1/password', { current_password: password, new_password: next })).status, 204);

  assert.equal((await client.get('/api/v1/session')).status, 200);
  assert.equal((await other.get('/api/v1/session')).status, 401);
  assert.equal((await other.post('/api/v1/login', { email, password })).status, 401);
  assert.equal((await other.post('/api/v1/login', { email, password: next })).status, 200);
});

test('bad input is a 4xx that names the field', async (t) => {
  const { client } = await registered(t);
  const cases = [
    ['{"email":', 400], ['[]', 422], ['{}', 422], [{ email, password: 7 }, 422], [{ email: 'a@b@c', password }, 422],
    [{ email: 'new@example.com', username: 'no@sign', password }, 422], ['{"email":"a@x.io","email":"b@x.io"}', 400],
    [{ email: 'new@example.com', password: 'x'.repeat(1025) }, 422], [{ email, password }, 409],
  ];
  for (const [body, status] of cases) {
    const answer = await client.post('/api/v1/register', body);
    assert.equal(answer.status, status, `${JSON.stringify(body).slice(0, 60)} ${answer.text}`);
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  }
  const form = await client.send('POST', '/api/v1/login', { form: { email, password } });
  assert.equal(form.status, 403, 'a form of another site cannot post here');
});

test('what is no request is a 4xx with a code and a reference too', async (t) => {
  const server = await startServer(t);
  const cases = [
    ['/a//b', {}, 400, 'malformed'],
    ['/', { headers: { 'X-Long': 'x'.repeat(20_000) } }, 431, 'too_large'],
    ['/', { method: 'PROPFIND' }, 405, 'method_not_allowed'],
    ['/', { method: 'POST', headers: { 'Transfer-Encoding': 'gzip, chunked' } }, 400, 'malformed'],
  ];
  for (const [path, options, status, code] of cases) {
    const { statusCode, headers, body } = await sendRaw(server, path, options);
    assert.equal(statusCode, status, path);
    assert.match(headers['content-type'], /^application\/problem\+json/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    const problem = JSON.parse(body);
    assert.deepEqual([problem.status, problem.code], [status, code]);
    const why = await cardea(['why', problem.reference, '--data', server.data]);
    assert.equal(why.code, 0, why.stderr);
    assert.match(why.stdout, new RegExp(code));
  }
});

test('what is no request is refused with a page where the browser could say that it likes pages', async (t) => {
  const server = await startServer(t);
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
  for (const [path, options, status, words] of [
    ['/a//b', { headers: { Accept: accept } }, 400, 'The request target is malformed or ambiguous.'],
    ['/login', { method: 'POST', headers: { Accept: accept, 'Content-Length': 100_000 } }, 413, 'The request body is too large.'],
  ]) {
    const { statusCode, headers, body } = await sendRaw(server, path, options);
    assert.equal(statusCode, status, path);
    assert.match(headers['content-type'], /^text\/html/);
    assert.match(headers['content-security-policy'], /default-src 'none'/);
    assert.equal(headers['cache-control'], 'no-store');
    assert.ok(body.includes(words), body);
  }
  const unread = await sendRaw(server, '/', { headers: { Accept: accept, 'X-Long': 'x'.repeat(20_000) } });
  assert.equal(unread.statusCode, 431);
  assert.match(unread.headers['content-type'], /^application\/problem\+json/);
});

test('an absolute form is the same as what stands behind its host', async (t) => {
  const server = await startServer(t);
  const host = `localhost:${server.port}`;
  const page = await sendRaw(server, `http://${host}/login`, { headers: { Host: host } });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Sign in/);
  const other = await sendRaw(server, 'http://example.org/login', { headers: { Host: host } });
  assert.equal(other.statusCode, 400);
  const stranger = await sendRaw(server, 'http://example.org/login', { headers: { Host: 'example.org' } });
  assert.equal(stranger.statusCode, 421);
});

test('five wrong passwords, then the unknown device waits; the known one does not', async (t) => {
  const { server, client } = await registered(t);
  assert.equal((await client.post('/api/v1/login', { email, password })).status, 200);
  for (const name of [email, 'nobody@example.com']) {
    const stranger = new Client(server.url);
    const statuses = [];
    do { // the first wait is a second, which a slow machine may need for the next try
      statuses.push((await stranger.post('/api/v1/login', { email: name, password: 'wrong wrong wrong' })).status);
    } while (statuses.at(-1) === 401 && statuses.length < 12);
    assert.deepEqual(statuses.slice(0, 5), [401, 401, 401, 401, 401]);
    assert.equal(statuses.at(-1), 429, `${name}: ${statuses}`);
    const blocked = await stranger.post('/api/v1/login', { email: name, password });
    assert.equal(blocked.status, 429, name);
    assert.ok(Number(blocked.headers.get('retry-after')) >= 1);
  }
  assert.equal((await client.post('/api/v1/login', { email, password })).status, 200, 'the known device is not locked out');
});

test('forward auth answers with identity headers and an empty body', async (t) => {
  const { client } = await registered(t);
  const out = await client.get('/auth/verify');
  assert.equal(out.status, 401);
  assert.equal(out.text, '');
  const forward = await client.get('/auth/forward', {
    headers: { Accept: 'text/html', 'X-Forwarded-Uri': '/reports?year=2026', 'X-Forwarded-Method': 'GET' },
  });
  assert.equal(forward.status, 303);
  assert.match(forward.headers.get('location'), /\/login\?next=%2Freports%3Fyear%3D2026$/);

  await client.post('/api/v1/login', { email, password });
  const { user, session } = (await client.get('/api/v1/session')).json;
  for (const path of ['/auth/verify', '/auth/forward']) {
    const answer = await client.get(path);
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '');
    assert.equal(answer.headers.get('x-auth-user'), user.id);
    assert.equal(answer.headers.get('x-auth-session'), session.id);
    assert.equal(answer.headers.has('x-auth-email'), false, 'not before the address is verified');
  }
});

test('the document of the API has the answers that a client has to expect', async (t) => {
  const server = await startServer(t);
  const { paths } = (await new Client(server.url).get('/openapi.json')).json;
  const answers = (method, path) => paths[path][method].responses;
  for (const path of ['/api/v1/login', '/api/v1/register', '/api/v1/password']) {
    for (const status of ['422', '429', '503']) assert.ok(answers('post', path)[status], `${path} ${status}`);
  }
  const guarded = [['delete', '/api/v1/sessions'], ['post', '/api/v1/api-keys'], ['post', '/api/v1/api-keys/{id}/rotate'],
    ['delete', '/api/v1/identities/{id}']];
  for (const [method, path] of guarded) assert.match(answers(method, path)['401'].description, /step_up_required/, path);
  assert.doesNotMatch(answers('get', '/api/v1/sessions')['401'].description, /step_up_required/);
  for (const status of ['400', '403', '413', '415']) assert.ok(answers('post', '/api/v1/login')[status], status);
  assert.ok(answers('post', '/api/v1/login')['429'].headers['Retry-After']);
  assert.ok(answers('post', '/api/v1/login')['200'].headers['Set-Cookie']);
  assert.ok(answers('get', '/auth/verify')['200'].headers['X-Auth-User']);
  const names = Object.values(paths).flatMap((operations) => Object.values(operations).map((o) => o.operationId));
  assert.ok(names.includes('rotateApiKey'));
  for (const name of names) assert.match(name, /^[a-z]+[A-Za-z]*$/);
});
