// SPDX-License-Identifier: Apache-2.0
// Every naughty string as name, e-mail, password, cookie, path, query and header: never a 5xx, never unescaped.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { Client, startServer } from '../support/server.mjs';

const vectors = process.env.CARDEA_VECTORS ?? resolve(import.meta.dirname, '../../../shared/vectors');
const file = resolve(vectors, 'strings/blns.base64.json');
const skip = existsSync(file) ? false : `no test vectors: set CARDEA_VECTORS (looked for ${file})`;

/** Sends a request whose bytes fetch() would refuse to send. */
function raw(port, { method = 'GET', path = '/', headers = {} }) {
  return new Promise((done, failed) => {
    const options = { host: '127.0.0.1', port, method, path, headers: { Host: `localhost:${port}`, ...headers }, insecureHTTPParser: true };
    let call;
    try {
      call = request(options, (answer) => {
        let text = '';
        answer.on('data', (chunk) => { text += chunk; });
        answer.on('end', () => done({ status: answer.statusCode, text }));
      });
    } catch {
      done({ status: 0, text: '' }); // Node's own client will not send these bytes
      return;
    }
    call.on('error', failed);
    call.end();
  });
}

const percent = (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

test('naughty strings never break a request and never stand unescaped in a page', { skip }, async (t) => {
  const strings = JSON.parse(await readFile(file, 'utf8')).map((text) => Buffer.from(text, 'base64').toString('utf8'));
  const server = await startServer(t, { env: { CARDEA_LIMITS_ENABLED: 'false' } });
  const client = new Client(server.url);
  // What every page of ours says anyway proves nothing.
  const ordinary = (await client.get('/login', { headers: { Accept: 'text/html' } })).text;
  const counts = new Map();
  const check = (where, text, answer) => {
    assert.ok(answer.status < 500, `${where} ${JSON.stringify(text)}: ${answer.status} ${answer.text}`);
    const unescaped = /[<>]/.test(text) && !ordinary.includes(text) && answer.text.includes(text);
    assert.equal(unescaped && !/json/.test(answer.headers?.get?.('content-type') ?? ''), false, `${where}: ${text} unescaped`);
    const key = `${where} ${answer.status}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };

  let number = 0;
  for (const text of strings) {
    number += 1;
    const password = 'correct horse battery staple';
    check('email', text, await client.post('/api/v1/register', { email: text, password }));
    check('username', text, await client.post('/api/v1/register', { username: text, password }));
    check('wrong password', text, await client.post('/api/v1/login', { username: 'nobody', password: text }));
    check('query', text, await client.get(`/login?next=${percent(text)}`));
    check('path', text, await raw(server.port, { path: `/${percent(text).replaceAll('%00', '%01')}` }));
    const headerSafe = Buffer.from(text).toString('latin1').replace(/[\r\n\0]/g, ' ');
    check('cookie', text, await raw(server.port, { path: '/account', headers: { Cookie: `cardea-session=${headerSafe}` } }));
    check('header', text, await raw(server.port, { headers: { 'User-Agent': headerSafe, 'X-Forwarded-Uri': headerSafe } }));

    const login = { username: `naughty${number}`, password };
    const registration = await client.post('/api/v1/register', { ...login, name: text });
    check('name', text, registration);
    if (registration.status === 201 && /[<>&"']/.test(text)) {
      const person = new Client(server.url);
      assert.equal((await person.post('/api/v1/login', login)).status, 200);
      check('account page', text, await person.get('/account', { headers: { Accept: 'text/html' } }));
    }
  }
  for (const [what, count] of [...counts].sort()) t.diagnostic(`${what}: ${count}`);
});
