// SPDX-License-Identifier: Apache-2.0
// A Python application and a program of ours behind one nginx: one session, both ways.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort, temporaryFolder } from '../support/server.mjs';
import { Curl, secret, startExample } from '../support/example.mjs';

async function reachable(port) {
  for (let i = 0; i < 500; i += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' });
      return;
    } catch {
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }
  assert.fail(`nothing listens on ${port}`);
}

async function run(t, port, program, args, env = process.env) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'], env });
  t.after(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  await reachable(port);
}

async function startNginx(t, port, cardea, python) {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'tmp'));
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${folder}/tmp/${n};`).join('\n');
  await writeFile(join(folder, 'nginx.conf'), `
    daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
    events { worker_connections 256; }
    http { access_log off; ${paths}
      server { listen 127.0.0.1:${port};
        proxy_set_header Host $http_host;
        location /cardea/ { proxy_pass http://127.0.0.1:${cardea}; }
        location /python/ { proxy_pass http://127.0.0.1:${python}; } } }`);
  await run(t, port, 'nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')]);
}

async function started(t, framework) {
  const [port, cardea, python] = [await freePort(), await freePort(), await freePort()];
  await startExample(t, 'shared_sessions', {
    port: cardea, args: ['--public-url', `http://localhost:${port}`], env: { BESIDE: framework },
  });
  const peer = join(import.meta.dirname, 'shared_sessions_peer.py');
  await run(t, python, '/usr/bin/python3', [peer, framework, String(python)], { ...process.env, SECRET_KEY: secret });
  await startNginx(t, port, cardea, python);
  return new Curl(`http://localhost:${port}`);
}

const browser = { headers: { 'sec-fetch-site': 'same-origin' } };

for (const framework of ['starlette', 'flask']) {
  test(`who signs in at ${framework} is signed in here, and is out here when out there`, async (t) => {
    const curl = await started(t, framework);
    assert.equal((await curl.get('/cardea/me')).status, 401);
    await curl.get('/python/login?name=ada');
    assert.deepEqual((await curl.get('/cardea/me')).json, { name: 'ada', visits: 1 });
    await curl.get('/python/logout');
    assert.equal((await curl.get('/cardea/me')).status, 401);
  });

  test(`who signs in here is signed in at ${framework}, and is out there when out here`, async (t) => {
    const curl = await started(t, framework);
    assert.deepEqual((await curl.get('/python/me')).json, { name: null, scopes: [] });
    assert.equal((await curl.post('/cardea/login', { name: 'Zoë "Z" <b>' }, browser)).status, 303);
    assert.deepEqual((await curl.get('/python/me')).json, { name: 'Zoë "Z" <b>', scopes: ['reader'] });
    assert.equal((await curl.post('/cardea/logout', {}, browser)).status, 303);
    assert.deepEqual((await curl.get('/python/me')).json, { name: null, scopes: [] });
  });

  test(`a cookie of ${framework} that was changed is nobody's`, async (t) => {
    const curl = await started(t, framework);
    await curl.get('/python/login?name=ada');
    const value = curl.jar.get('session');
    for (const changed of [value.slice(1), value.slice(0, -1), value.replace(/\.[^.]+$/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAA'), 'null', '']) {
      curl.jar.set('session', changed);
      assert.equal((await curl.get('/cardea/me')).status, 401);
    }
  });
}
