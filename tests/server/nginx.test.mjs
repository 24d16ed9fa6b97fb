// SPDX-License-Identifier: Apache-2.0
// nginx in front, protecting a static site with auth_request, configured as docs/guides/nginx.md prints it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { Client, freePort, startServer, temporaryFolder } from '../support/server.mjs';

const guide = resolve(import.meta.dirname, '../../docs/guides/nginx.md');

/** The server block of the guide, with its ports replaced by ours. */
async function siteFromGuide({ cardeaPort, appPort, port }) {
  const text = await readFile(guide, 'utf8');
  const block = text.match(/```nginx\n([\s\S]*?)```/)[1];
  return block
    .replaceAll('listen 80;', `listen 127.0.0.1:${port};`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${cardeaPort}`)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${appPort}`)
    .replaceAll('server_name example.com;', 'server_name localhost;');
}

async function startNginx(t, folder, site, port) {
  await mkdir(join(folder, 'tmp'), { recursive: true });
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${folder}/tmp/${n};`).join('\n');
  await writeFile(join(folder, 'nginx.conf'), `
    daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
    events { worker_connections 256; }
    http { access_log off; ${paths}\n${site}\n}`);
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' });
  t.after(async () => {
    nginx.kill('SIGTERM');
    if (nginx.exitCode === null) await once(nginx, 'exit');
  });
  for (let i = 0; i < 200; i += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual', headers: { Host: 'localhost' } });
      return;
    } catch {
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }
  assert.fail('nginx did not start');
}

/** An application that answers with what reached it. */
async function startApp(t) {
  const app = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ url: request.url, method: request.method, headers: request.headers, body }));
  }).listen(0, '127.0.0.1');
  await once(app, 'listening');
  t.after(() => app.close());
  return app.address().port;
}

/** nginx as in the guide, with Cardea and an application behind it; its port. */
async function startSite(t, args = []) {
  const port = await freePort();
  const cardeaPort = await freePort();
  const appPort = await startApp(t);
  const folder = await temporaryFolder(t);
  await startServer(t, { port: cardeaPort, url: `http://localhost:${port}`, args });
  await startNginx(t, folder, await siteFromGuide({ cardeaPort, appPort, port }), port);
  return port;
}

/** The status of the answer to a GET with these header lines, byte for byte. */
async function statusOf(port, path, lines) {
  const socket = connect(port, '127.0.0.1');
  const head = [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines, '', ''].join('\r\n');
  let answer = '';
  socket.on('data', (chunk) => { answer += chunk.toString('latin1'); });
  socket.on('error', () => {}); // a head that is too long is answered before its end
  socket.write(Buffer.from(head, 'latin1'));
  await once(socket, 'close');
  return Number(answer.match(/^HTTP\/1\.1 (\d{3}) /)?.[1]);
}

test('the site asks for a sign-in, then opens, and believes no header of the client', async (t) => {
  const port = await startSite(t, ['--api-keys-forward-auth', 'true']);
  const client = new Client(`http://localhost:${port}`);
  const spoofed = { 'X-Auth-User': 'root', 'X-Auth-Email': 'root@example.com', 'X-Auth-Session': 'x',
    'X-Auth-Api-Key': 'x', 'X-Auth-Scopes': 'admin', Accept: 'text/html' };

  const out = await client.get('/reports?year=2026', { headers: spoofed });
  assert.equal(out.status, 303);
  assert.match(out.headers.get('location'), /^\/login\?next=%2Freports%3Fyear%3D2026$/);
  assert.equal((await client.get('/login')).status, 200);

  const credentials = { email: 'ada@example.com', password: 'correct horse battery staple' };
  assert.equal((await client.post('/api/v1/register', credentials)).status, 201);
  assert.equal((await client.post('/api/v1/login', credentials)).status, 200);
  const { user } = (await client.get('/api/v1/session')).json;

  const inside = await client.get('/reports?year=2026', { headers: spoofed });
  assert.equal(inside.status, 200, inside.text);
  assert.equal(inside.json.url, '/reports?year=2026');
  assert.equal(inside.json.headers['x-auth-user'], user.id);
  assert.notEqual(inside.json.headers['x-auth-email'], 'root@example.com');
  assert.notEqual(inside.json.headers['x-auth-session'], 'x');
  assert.equal('x-auth-api-key' in inside.json.headers, false);
  assert.equal('x-auth-scopes' in inside.json.headers, false);
  assert.doesNotMatch(inside.json.headers.cookie ?? '', /session/, 'the credential stays with Cardea');
  client.setCookie('theme', 'dark');
  assert.match((await client.get('/reports', { headers: spoofed })).json.headers.cookie, /(^|; )theme=dark$/);
  // A sibling host can set cookies of our other names: they must not be taken out in place of the real one.
  client.setCookie('__Secure-cardea-session', 'junk');
  client.setCookie('__Host-cardea-session', 'junk');
  const { cookie } = (await client.get('/reports', { headers: spoofed })).json.headers;
  assert.match(cookie, /(^|; )theme=dark/);
  assert.doesNotMatch(cookie, /session/);

  const made = (await client.post('/api/v1/api-keys', { name: 'ci', scopes: ['reports:read'] })).json;
  const program = new Client(client.url);
  for (const key of [{ 'X-API-Key': made.key }, { Authorization: `Bearer ${made.key}` }]) {
    const byKey = await program.get('/reports', { headers: { ...spoofed, Accept: '*/*', ...key } });
    assert.equal(byKey.status, 200, byKey.text);
    assert.equal(byKey.json.headers['x-auth-user'], user.id);
    assert.equal(byKey.json.headers['x-auth-api-key'], made.api_key.id);
    assert.equal(byKey.json.headers['x-auth-scopes'], 'reports:read');
    assert.equal('x-auth-session' in byKey.json.headers, false);
    assert.equal('x-api-key' in byKey.json.headers, false);
    assert.equal('authorization' in byKey.json.headers, false);
  }

  assert.equal((await client.post('/api/v1/logout', {})).status, 204);
  assert.equal((await client.get('/reports', { headers: spoofed })).status, 303);
});

test('what has a body is asked about without it, and reaches the application whole', async (t) => {
  const port = await startSite(t);
  const client = new Client(`http://localhost:${port}`);
  const form = { text: 'x'.repeat(10_000) };

  const stranger = await client.send('POST', '/notes', { form, headers: { Accept: 'text/html' } });
  assert.equal(stranger.status, 303, stranger.text);
  assert.match(stranger.headers.get('location'), /^\/login/);

  const credentials = { email: 'ada@example.com', password: 'correct horse battery staple' };
  await client.post('/api/v1/register', credentials);
  await client.post('/api/v1/login', credentials);
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const answer = await client.send(method, '/notes', { form });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.method, method);
    assert.equal(answer.json.body, `text=${form.text}`);
  }
});

test('no header of a client makes a page of the site a failure of the server', async (t) => {
  const port = await startSite(t, ['--api-keys-forward-auth', 'true']);
  const client = new Client(`http://localhost:${port}`);
  const credentials = { email: 'ada@example.com', password: 'correct horse battery staple' };
  await client.post('/api/v1/register', credentials);
  assert.equal((await client.post('/api/v1/login', credentials)).status, 200);
  const made = (await client.post('/api/v1/api-keys', { name: 'ci' })).json;
  const session = `Cookie: ${client.cookieHeader}`;

  // What is the application's business opens its pages, whatever Cardea would think of it.
  const indifferent = {
    'two Origin lines': ['Origin: null', 'Origin: null'],
    'two Content-Type lines': ['Content-Type: a/b', 'Content-Type: c/d'],
    'hop-by-hop headers': ['TE: trailers', 'Upgrade: h2c'],
    'more than a hundred headers': Array.from({ length: 150 }, (_, n) => `X-Filler-${n}: 1`),
    'a long header': [`X-Filler: ${'x'.repeat(7000)}`],
    'application cookies of 12 KiB': [],
  };
  for (const [name, lines] of Object.entries(indifferent)) {
    const cookies = name.startsWith('application cookies')
      ? `${session}; ${Array.from({ length: 12 }, (_, n) => `app${n}=${'x'.repeat(1000)}`).join('; ')}` : session;
    assert.equal(await statusOf(port, '/reports', [cookies, ...lines]), 200, name);
  }

  const hostile = {
    'two X-API-Key lines': ['X-API-Key: x', 'X-API-Key: y'],
    'two good X-API-Key lines': [`X-API-Key: ${made.key}`, `X-API-Key: ${made.key}`],
    'two Cookie lines': [session, session],
    'two Authorization lines': ['Authorization: Bearer x', 'Authorization: Bearer y'],
    'a control byte in User-Agent': ['User-Agent: a\x01b'],
    'a control byte in Cookie': [`${session}; a=\x01`],
    'a control byte in Authorization': ['Authorization: Bearer \x7f'],
    'a control byte in X-API-Key': ['X-API-Key: \x02'],
    'a control byte in Accept': ['Accept: text/html\x03'],
    'bytes that are no UTF-8': ['User-Agent: \xff\xfe', 'Cookie: a=\xff', 'X-API-Key: \xff'],
    'cookies of 20 KiB in three lines': Array.from({ length: 3 }, (_, n) => `Cookie: a${n}=${'x'.repeat(6900)}`),
    'three long credentials': [`Cookie: a=${'x'.repeat(7000)}`, `Authorization: Bearer ${'x'.repeat(7000)}`,
      `X-API-Key: ${'x'.repeat(7000)}`],
    'a cookie of 40 KiB': [`Cookie: a=${'x'.repeat(40_000)}`],
    'all that nginx takes': [`Cookie: a=${'x'.repeat(4500)}`, `Authorization: Bearer ${'x'.repeat(4500)}`,
      `X-API-Key: ${'x'.repeat(4500)}`],
  };
  for (const [name, lines] of Object.entries(hostile)) {
    for (const path of ['/reports', `/${'y'.repeat(3000)}`]) {
      const status = await statusOf(port, path, lines);
      const isSomebody = lines.some((line) => line.includes(session) || line.includes(made.key));
      assert.ok(status < 500 && (status >= 300 || isSomebody), `${name}: ${status}`);
    }
  }
  assert.equal(await statusOf(port, '/reports', hostile['a cookie of 40 KiB']), 400);
  assert.equal(await statusOf(port, '/reports', hostile['a control byte in User-Agent']), 403);
  assert.equal(await statusOf(port, '/reports', [session]), 200, 'and the site still opens');
});
