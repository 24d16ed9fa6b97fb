// SPDX-License-Identifier: Apache-2.0
// An App behind another web server: its own routes, and the other server's, which it guards.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Curl, runExample, startExample } from '../support/example.mjs';
import { untilRefused } from '../support/limits.mjs';

const good = { name: 'ada', password: 'correct horse battery' };

async function started(t) {
  const app = await startExample(t, 'any_framework');
  return { app, curl: new Curl(app.url) };
}

async function signIn(curl, credentials = good, path = '/login') {
  return curl.post(path, { ...credentials, csrf_token: await curl.token(path) });
}

/** Bytes that no client library sends, and more of them after the first answer; what comes back until the end. */
async function raw(port, text, afterwards = '') {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  try {
    for await (const chunk of socket) {
      if (answer === '' && afterwards !== '') socket.write(afterwards);
      answer += chunk;
    }
  } catch (error) {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') throw error;  // closed while we were writing
  }
  return answer;
}

const statuses = (answer) => [...answer.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, status]) => Number(status));

test('nobody is sent to the form and back, by either server; a program is told 401', async (t) => {
  const { curl } = await started(t);
  for (const path of ['/dashboard', '/report']) {
    const sent = await curl.get(path);
    assert.equal(sent.status, 303);
    assert.equal(sent.location, `/login?next=%2F${path.slice(1)}`);
    const told = await curl.get(path, { headers: { accept: 'application/json' } });
    assert.equal(told.status, 401);
    assert.ok(told.headers.get('www-authenticate'));
    assert.doesNotMatch(told.text, /A report/);
  }
  const back = await signIn(curl, good, '/login?next=%2Freport');
  assert.equal(back.status, 303, back.text);
  assert.equal(back.location, '/report');
  assert.equal((await curl.get('/report')).text, 'A report for ada');
  assert.match((await curl.get('/dashboard')).text, /Hello, ada/);
});

test('the headers of the App come through the other server', async (t) => {
  const { curl } = await started(t);
  const page = await curl.get('/login');
  assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  const [address] = /\/assets\/pico-[0-9a-f]{16}\.css/.exec(page.text);
  const style = await curl.get(address);
  assert.equal(style.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(Buffer.byteLength(style.text), Number(style.headers.get('content-length')));
  const line = (await signIn(curl)).cookies.find((cookie) => cookie.startsWith('session='));
  assert.match(line, /; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('signing out ends the session, for a copy of its cookie too', async (t) => {
  const { curl } = await started(t);
  await signIn(curl);
  const thief = curl.copy();
  const csrf_token = await curl.token('/dashboard');
  assert.equal((await curl.post('/logout')).status, 403);
  assert.equal((await curl.post('/logout', { csrf_token })).status, 303);
  assert.equal((await thief.get('/report')).status, 303);
});

test('a form of another site is refused, and the form needs its token', async (t) => {
  const { curl } = await started(t);
  const csrf_token = await curl.token('/login');
  assert.equal((await curl.post('/login', good)).status, 403);
  const headers = { 'sec-fetch-site': 'cross-site' };
  assert.equal((await curl.post('/login', { ...good, csrf_token }, { headers })).status, 403);
});

test('wrong passwords are 401, and after ten the right one waits', async (t) => {
  const { curl } = await started(t);
  const wrong = () => signIn(curl, { ...good, password: 'wrong' });
  await untilRefused(wrong, { burst: 10, every: 6, right: () => signIn(curl) });
});

test('what is ambiguous is refused as by our own server', async (t) => {
  const { app } = await started(t);
  const get = (path, lines = '') =>
    raw(app.port, `GET ${path} HTTP/1.1\r\nHost: localhost:${app.port}\r\n${lines}Connection: close\r\n\r\n`);
  assert.match(await get('/report', 'Cookie: a=b\r\nCookie: c=d\r\n'), /^HTTP\/1\.1 400 /);
  assert.match(await get('//report'), /^HTTP\/1\.1 400 /);
  assert.match(await get('/login%2f'), /^HTTP\/1\.1 400 /);
  assert.match(await raw(app.port, 'GET /login HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 421 /);
});

test('a cookie of another host does not become one of ours, however it is encoded', async (t) => {
  const { app, curl } = await started(t);
  await signIn(curl);
  const token = curl.jar.get('session');
  const report = (lines) => raw(app.port, `GET /report HTTP/1.1\r\nHost: localhost:${app.port}\r\n${lines}\r\n`);
  assert.deepEqual(statuses(await report(`Cookie: x=1; session=${token}\r\n`)), [200]);
  assert.deepEqual(statuses(await report(`Cookie: x=%3B%20session=${token}\r\n`)), [303]);
  assert.deepEqual(statuses(await report(`Cookie: x=%u003B%20session%3D${token}\r\n`)), [303]);
  assert.deepEqual(statuses(await report(`X: a\nY: %\r\nCookie: %73ession=${token}\r\n`)), [303]);
  const [first, ...rest] = token;
  const spelled = `%${first.charCodeAt(0).toString(16)}${rest.join('')}`;
  assert.deepEqual(statuses(await report(`Cookie: session=${spelled}\r\n`)), [303]);
});

test('control characters do not come out of a header value', async (t) => {
  const { app } = await started(t);
  const login = (lines) => raw(app.port, `GET /login HTTP/1.1\r\nHost: localhost:${app.port}\r\n${lines}\r\n`);
  assert.deepEqual(statuses(await login('X-Name: a%00b%0d%0aHost:%20evil.test\r\n')), [200]);
  assert.deepEqual(statuses(await login('X-Name: a\x00b\r\n')), [400]);
  assert.deepEqual(statuses(await login('X Name: a\r\n')), [400]);
  assert.deepEqual(statuses(await login('X-Name: a\r\n b: c\r\n')), [400]);
});

test('the body of a request is never the next request', async (t) => {
  const { app } = await started(t);
  const smuggled = `POST /login HTTP/1.1\r\nHost: localhost:${app.port}\r\nContent-Length: 0\r\n\r\n`;
  const framings = [
    [`Content-Length: ${smuggled.length}\r\n\r\n`, 400],
    [`Transfer-Encoding: chunked\r\n\r\n${smuggled.length.toString(16)}\r\n`, 411],
    ['Content-Length: 0\r\n\r\n', 200],
  ];
  for (const [framing, status] of framings) {
    const head = `GET /login HTTP/1.1\r\nHost: localhost:${app.port}\r\n${framing}`;
    for (const parts of [[head, smuggled], [head + smuggled, smuggled]]) {
      const answer = await raw(app.port, ...parts);
      assert.deepEqual(statuses(answer), [status], framing);
      assert.match(answer, /^Connection: close\r$/m, framing);
    }
  }
});

test('a head is bounded', async (t) => {
  const { app } = await started(t);
  const login = (lines) => raw(app.port, `GET /login HTTP/1.1\r\nHost: localhost:${app.port}\r\n${lines}`);
  assert.deepEqual(statuses(await login(`X: ${'x'.repeat(8000)}\r\n\r\n`)), [200]);
  assert.doesNotMatch(await login(`X: ${'x'.repeat(20_000)}`), /HTTP\/1\.1 200/);
  assert.doesNotMatch(await login('X: x\r\n'.repeat(4000)), /HTTP\/1\.1 200/);
});

test('a body is bounded: its length is said, is not large, and is that of what was sent', async (t) => {
  const { app, curl } = await started(t);
  const post = (lines) => raw(app.port, `POST /login HTTP/1.1\r\nHost: localhost:${app.port}\r\n${lines}`);
  assert.deepEqual(statuses(await post('\r\n')), [411]);
  assert.deepEqual(statuses(await post('Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n')), [411]);
  assert.deepEqual(statuses(await post('Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n')), [411]);
  const large = await curl.send('POST', '/login', { body: 'x'.repeat(64 * 1024 + 1), headers: { 'content-type': 'text/plain' } });
  assert.equal(large.status, 413);
});

test('it ends when it is asked to, and does not start without its secret', async (t) => {
  const { app } = await started(t);
  assert.equal(await app.stop(), 0);
  const absent = await runExample('any_framework');
  assert.equal(absent.code, 2);
  assert.match(absent.output, /SECRET_KEY is not set/);
});
