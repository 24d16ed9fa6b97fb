// SPDX-License-Identifier: Apache-2.0
// Limits as slowapi's and the wiki's samples have them, and the lines in which they are wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, startExample } from '../support/example.mjs';

async function started(t, options) {
  const app = await startExample(t, 'rate_limits', options);
  return new Curl(app.url);
}

async function answers(curl, path, count, options) {
  const statuses = [];
  for (let i = 0; i < count; i += 1) statuses.push((await curl.send('POST', path, options)).status);
  return statuses;
}

test('ten logins in a minute, and the eleventh is refused', async (t) => {
  const curl = await started(t);
  const first = await curl.send('POST', '/login');
  assert.deepEqual(first.json, { message: 'Login successful' });
  assert.deepEqual(await answers(curl, '/login', 9), Array(9).fill(200));
  const late = await curl.send('POST', '/login');
  assert.equal(late.status, 429);
  assert.equal(late.json.detail, 'Rate limit exceeded: 10 per 1 minute');
  assert.match(late.headers.get('retry-after'), /^[1-9]\d*$/);
  assert.match(late.headers.get('ratelimit-policy'), /q=10;w=60/);
});

test('five tokens in a minute, counted for themselves', async (t) => {
  const curl = await started(t);
  assert.deepEqual(await answers(curl, '/token', 6), [200, 200, 200, 200, 200, 429]);
  assert.equal((await curl.send('POST', '/login')).status, 200);
  const late = await curl.send('POST', '/token');
  assert.equal(late.json.detail, 'Rate limit exceeded: 5 per 1 minute');
});

test('D18: of twenty logins at the same moment ten pass', async (t) => {
  const curl = await started(t);
  const all = await Promise.all(Array.from({ length: 20 }, () => curl.send('POST', '/login')));
  assert.equal(all.filter(({ status }) => status === 200).length, 10);
});

test('nobody gets another count by claiming another address', async (t) => {
  const curl = await started(t);
  const statuses = [];
  for (let i = 0; i < 6; i += 1) {
    const headers = { 'x-forwarded-for': `192.0.2.${i}`, forwarded: `for=192.0.2.${i}` };
    statuses.push((await curl.send('POST', '/token', { headers })).status);
  }
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
});

test('behind a proxy that is named, clients count one by one, and what they made up does not', async (t) => {
  const curl = await started(t, { args: ['--proxy-trust', '127.0.0.1', '--proxy-header', 'X-Forwarded-For'] });
  const from = (address) => ({ headers: { 'x-forwarded-for': address } });
  assert.deepEqual(await answers(curl, '/token', 6, from('192.0.2.1')), [200, 200, 200, 200, 200, 429]);
  assert.deepEqual(await answers(curl, '/token', 1, from('192.0.2.2')), [200]);
  assert.deepEqual(await answers(curl, '/token', 1, from('198.51.100.9, 192.0.2.1')), [429]);
});
