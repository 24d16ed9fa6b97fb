// SPDX-License-Identifier: Apache-2.0
// Limits as slowapi's and the wiki's samples have them, and the lines in which they are wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, startExample } from '../support/example.mjs';
import { untilRefused } from '../support/limits.mjs';

const logins = { burst: 10, every: 6, passed: 200 };
const tokens = { burst: 5, every: 12, passed: 200 };

async function started(t, options) {
  const app = await startExample(t, 'rate_limits', options);
  return new Curl(app.url);
}

test('ten logins in a minute, and the eleventh is refused', async (t) => {
  const curl = await started(t);
  const late = await untilRefused(async (i) => {
    const answer = await curl.send('POST', '/login');
    if (i < 10) assert.deepEqual(answer.json, { message: 'Login successful' });
    return answer;
  }, logins);
  assert.equal(late.json.detail, 'Rate limit exceeded: 10 per 1 minute');
  assert.match(late.headers.get('ratelimit-policy'), /q=10;w=60/);
});

test('five tokens in a minute, counted for themselves', async (t) => {
  const curl = await started(t);
  const late = await untilRefused(() => curl.send('POST', '/token'), tokens);
  assert.equal((await curl.send('POST', '/login')).status, 200);
  assert.equal(late.json.detail, 'Rate limit exceeded: 5 per 1 minute');
});

test('D18: of twenty logins at the same moment ten pass', async (t) => {
  const curl = await started(t);
  const begin = performance.now();
  const all = await Promise.all(Array.from({ length: 20 }, () => curl.send('POST', '/login')));
  const grown = Math.floor((performance.now() - begin) / 1000 / logins.every);
  const passed = all.filter(({ status }) => status === 200).length;
  assert.ok(passed >= 10 && passed <= 10 + grown, `${passed} passed`);
});

test('nobody gets another count by claiming another address', async (t) => {
  const curl = await started(t);
  await untilRefused((i) => {
    const headers = { 'x-forwarded-for': `192.0.2.${i}`, forwarded: `for=192.0.2.${i}` };
    return curl.send('POST', '/token', { headers });
  }, tokens);
});

test('behind a proxy that is named, clients count one by one, and what they made up does not', async (t) => {
  const curl = await started(t, { args: ['--proxy-trust', '127.0.0.1', '--proxy-header', 'X-Forwarded-For'] });
  const from = (address) => curl.send('POST', '/token', { headers: { 'x-forwarded-for': address } });
  await untilRefused((i) => from(i < 5 ? '192.0.2.1' : '198.51.100.9, 192.0.2.1'), tokens);
  assert.equal((await from('192.0.2.2')).status, 200);
});
