// SPDX-License-Identifier: Apache-2.0
// Every naughty string as name, e-mail, password, cookie, path, query and header: never a 5xx, never unescaped.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { Client, startServer } from '../support/server.mjs';

const vectors = process.env.CARDEA_VECTORS ?? resolve(import.meta.dirname, '../../../shared/vectors');
const file = resolve(vectors, 'strings/blns.base64.json');
const skip = existsSync(file) ? false : `no test vectors: set CARDEA_VECTORS (looked for ${file})`;

/** Sends a request whose bytes no client library would send: header values are latin1. */
async function raw(port, { path = '/', headers = {} }) {
  const lines = Object.entries({ Host: `localhost:${port}`, Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`);
  const socket = connect(port, '127.0.0.1');
  socket.end(Buffer.from([`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'), 'latin1'));
  const answer = await text(socket);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
  return { status, text: answer.slice(answer.indexOf('\r\n\r\n')) };
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
    assert.ok(answer.status >= 200 && answer.status < 500, `${where} ${JSON.stringify(text)}: ${answer.status} ${answer.text}`);
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
    check('path', text, await raw(server.port, { path: `/${percent(text)}` }));
    const headerSafe = Buffer.from(text).toString('latin1').replace(/[\r\n]/g, ' '); // what ends the line is no part of it
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
