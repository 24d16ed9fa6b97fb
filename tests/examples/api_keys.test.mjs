// SPDX-License-Identifier: Apache-2.0
// The wiki's API keys, and the lines in which they are wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, runExample, startExample } from '../support/example.mjs';

const env = { REPORTS_KEY: 'key-abc123', BACKUP_KEY: 'key-def456' };

async function started(t) {
  const app = await startExample(t, 'api_keys', { env });
  return new Curl(app.url);
}

const key = (value) => ({ headers: { 'x-api-key': value } });

test('with a key there is data', async (t) => {
  const curl = await started(t);
  const answer = await curl.get('/data', key('key-abc123'));
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { data: 'This is protected data' });
});

test('RIGHT: a wrong key and none are 401 with a challenge', async (t) => {
  const curl = await started(t);
  for (const value of ['nope', 'key-abc12', 'key-abc1234', 'KEY-ABC123', 'a'.repeat(5000)]) {
    const answer = await curl.get('/data', key(value));
    assert.equal(answer.status, 401);
    assert.equal(answer.json.detail, 'Invalid API key');
    assert.equal(answer.headers.get('www-authenticate'), 'APIKey');
  }
  const absent = await curl.get('/data');
  assert.equal(absent.status, 401);
  assert.equal(absent.headers.get('www-authenticate'), 'APIKey');
  assert.equal((await curl.get('/data?x-api-key=key-abc123')).status, 401);
});

test('a key without the scope is 403', async (t) => {
  const curl = await started(t);
  assert.equal((await curl.get('/data', key('key-def456'))).status, 403);
});

test('without a key that it was to have it does not start', async () => {
  const { code, output } = await runExample('api_keys', { env: { REPORTS_KEY: 'key-abc123' } });
  assert.equal(code, 2);
  assert.match(output, /BACKUP_KEY is not set/);
});
