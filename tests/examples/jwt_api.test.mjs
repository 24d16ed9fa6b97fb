// SPDX-License-Identifier: Apache-2.0
// The wiki's full program, by its own curl commands, and the lines in which it is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, secret, startExample } from '../support/example.mjs';
import { untilRefused } from '../support/limits.mjs';

const alice = { username: 'alice', password: 'secret123' };

async function started(t, options) {
  const app = await startExample(t, 'jwt_api', options);
  return new Curl(app.url);
}

const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });

async function signedIn(curl) {
  await curl.postJson('/register', alice);
  return (await curl.postJson('/login', alice)).json.access_token;
}

test('the walk of the guide: register, login, profile, public', async (t) => {
  const curl = await started(t);
  const first = await curl.postJson('/register', alice);
  assert.equal(first.status, 201);
  assert.deepEqual(first.json, { message: 'User alice created successfully' });
  const again = await curl.postJson('/register', alice);
  assert.equal(again.status, 400);
  assert.equal(again.json.detail, 'Username already exists');

  const login = await curl.postJson('/login', alice);
  assert.equal(login.status, 200);
  assert.match(login.json.access_token, /^eyJ/);
  assert.equal(login.json.token_type, 'bearer');
  assert.equal(login.headers.get('cache-control'), 'no-store', 'D19');
  const claims = JSON.parse(Buffer.from(login.json.access_token.split('.')[1], 'base64url'));
  assert.equal(claims.sub, 'alice');
  assert.ok(Math.abs(claims.exp - Date.now() / 1000 - 86400) < 60);

  const profile = await curl.get('/profile', bearer(login.json.access_token));
  assert.deepEqual(profile.json, { username: 'alice', message: 'This is your private profile' });
  const lower = await curl.get('/profile', { headers: { authorization: `bearer  ${login.json.access_token}` } });
  assert.equal(lower.status, 200);
  assert.deepEqual((await curl.get('/public')).json, { message: 'This is public. Anyone can see this.' });
});

test('D16: without a token it is 401 with a challenge', async (t) => {
  const curl = await started(t);
  for (const options of [{}, { headers: { authorization: 'Basic a' } }]) {
    const answer = await curl.get('/profile', options);
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    assert.equal(answer.json.detail, 'Not authenticated');
  }
});

test('D17: a token that is not good is 401 and never 500, with one sentence for all', async (t) => {
  const curl = await started(t);
  const token = await signedIn(curl);
  const other = await signedIn(await started(t, { env: { SECRET_KEY: [...secret].reverse().join('') } }));
  const [header, payload, signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url'));
  const forged = (changes) => {
    const text = Buffer.from(JSON.stringify({ ...claims, ...changes })).toString('base64url');
    return `${header}.${text}.${signature}`;
  };
  for (const wrong of [
    'garbage', `${token}A`, other, forged({ sub: 'bob' }), forged({ exp: undefined }), forged({ sub: undefined }),
    forged({ exp: null }), `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`, `${header}.${payload}`,
  ]) {
    const answer = await curl.get('/profile', bearer(wrong));
    assert.equal(answer.status, 401, wrong);
    assert.equal(answer.json.detail, 'Could not validate credentials');
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
  }
});

test('a token outlives its user, and opens nothing', async (t) => {
  const app = await startExample(t, 'jwt_api');
  const curl = new Curl(app.url);
  const token = await signedIn(curl);
  await app.stop();
  await startExample(t, 'jwt_api', { port: app.port });
  const answer = await curl.get('/profile', bearer(token));
  assert.equal(answer.status, 401);
  assert.equal(answer.json.detail, 'Could not validate credentials');
});

test('wrong password and unknown user are the same 401', async (t) => {
  const curl = await started(t);
  await curl.postJson('/register', alice);
  for (const credentials of [{ ...alice, password: 'secret124' }, { ...alice, username: 'nobody' }, { username: 'x', password: '' }]) {
    const answer = await curl.postJson('/login', credentials);
    assert.equal(answer.status, 401);
    assert.equal(answer.json.detail, 'Invalid credentials');
    assert.ok(answer.headers.get('www-authenticate'));
  }
});

test('what is missing or no JSON is 422, with its place and without the password', async (t) => {
  const curl = await started(t);
  const errors = async (body, type = 'application/json') =>
    (await curl.send('POST', '/login', { body, headers: { 'content-type': type } })).json.errors;
  assert.deepEqual(await errors('{"username":"alice"}'), [{ loc: ['body', 'password'], msg: 'Field required', type: 'missing' }]);
  assert.equal((await errors('{bad'))[0].type, 'json_invalid');
  assert.deepEqual(await errors(''), [{ loc: ['body'], msg: 'Field required', type: 'missing' }]);
  assert.equal((await errors('username=alice&password=secret123', 'application/x-www-form-urlencoded'))[0].type, 'model_attributes_type');
  const wrong = await curl.postJson('/register', { username: 7, password: 'hunter2hunter2' });
  assert.equal(wrong.status, 422);
  assert.ok(!wrong.text.includes('hunter2'));
});

test('D10, D17: passwords that are short, long or empty, or have a NUL, are answered with a reason', async (t) => {
  const curl = await started(t);
  for (const password of ['', 'short', 'x'.repeat(2000)]) {
    const answer = await curl.postJson('/register', { username: 'u', password });
    assert.ok(answer.status >= 400 && answer.status < 500, `${password.length}: ${answer.status}`);
  }
  assert.equal((await curl.postJson('/register', { username: '', password: 'secret123' })).status, 422);
  const long = { username: 'long', password: Array.from({ length: 20 }, (_, i) => `tangerine${i * i}`).join(' ') };
  assert.equal((await curl.postJson('/register', long)).status, 201);
  assert.equal((await curl.postJson('/login', long)).status, 200);
  const cut = { ...long, password: long.password.slice(0, 72) };
  assert.equal((await curl.postJson('/login', cut)).status, 401, 'nothing is cut at 72 bytes');
});

test('D18: an unknown name takes as long as a wrong password', async (t) => {
  const curl = await started(t, { args: ['--proxy-trust', '127.0.0.1', '--proxy-header', 'X-Forwarded-For'] });
  await curl.postJson('/register', alice);
  const times = { nobody: [], alice: [] };
  for (let i = 0; i < 11; i += 1) {
    const headers = { 'x-forwarded-for': `192.0.2.${i}` };  // each address has ten tries
    for (const username of i % 2 === 0 ? ['nobody', 'alice'] : ['alice', 'nobody']) {
      const begin = performance.now();
      const answer = await curl.postJson('/login', { username, password: 'wrong-password' }, { headers });
      times[username].push(performance.now() - begin);
      assert.equal(answer.status, 401);
    }
  }
  const median = (values) => values.sort((x, y) => x - y)[5];
  const ratio = median(times.nobody) / median(times.alice);
  assert.ok(ratio > 1 / 3 && ratio < 3, `${ratio}`);  // without a hash for nobody it is a twentieth
});

test('guessing is slowed down, and a login that succeeds costs nothing', async (t) => {
  const curl = await started(t);
  await curl.postJson('/register', alice);
  for (let i = 0; i < 12; i += 1) assert.equal((await curl.postJson('/login', alice)).status, 200);
  const guess = { ...alice, password: 'guess-1234' };
  await untilRefused(() => curl.postJson('/login', guess), { burst: 10, every: 6 });
});

test('the API is described with its bearer scheme', async (t) => {
  const curl = await started(t);
  const { json } = await curl.get('/openapi.json');
  assert.equal(json.components.securitySchemes.bearer.scheme, 'bearer');
  assert.deepEqual(json.paths['/profile'].get.security, [{ bearer: [] }]);
  assert.deepEqual(Object.keys(json.paths['/login'].post.requestBody.content), ['application/json']);
});
