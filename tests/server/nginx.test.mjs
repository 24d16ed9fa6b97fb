// SPDX-License-Identifier: Apache-2.0
// nginx in front, protecting a static site with auth_request, configured as docs/guides/nginx.md prints it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
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

/** An application that answers with the identity headers that reached it. */
async function startApp(t) {
  const app = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ url: request.url, headers: request.headers }));
  }).listen(0, '127.0.0.1');
  await once(app, 'listening');
  t.after(() => app.close());
  return app.address().port;
}

test('the site asks for a sign-in, then opens, and believes no header of the client', async (t) => {
  const port = await freePort();
  const cardeaPort = await freePort();
  const appPort = await startApp(t);
  const folder = await temporaryFolder(t);
  const args = ['--api-keys-forward-auth', 'true'];
  await startServer(t, { port: cardeaPort, url: `http://localhost:${port}`, args });
  await startNginx(t, folder, await siteFromGuide({ cardeaPort, appPort, port }), port);
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
