// SPDX-License-Identifier: Apache-2.0
// The wiki's API keys, and the lines in which they are wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, runExample, startExample } from '../support/example.mjs';

const reports = 'key-abc123'.padEnd(32, '7');
const backup = 'key-def456'.padEnd(32, '7');
const env = { REPORTS_KEY: reports, BACKUP_KEY: backup };

async function started(t) {
  const app = await startExample(t, 'api_keys', { env });
  return new Curl(app.url);
}

const key = (value) => ({ headers: { 'x-api-key': value } });

test('with a key there is data', async (t) => {
  const curl = await started(t);
  const answer = await curl.get('/data', key(reports));
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { data: 'This is protected data' });
});

test('RIGHT: a wrong key and none are 401 with a challenge', async (t) => {
  const curl = await started(t);
  for (const value of ['nope', reports.slice(1), `${reports}4`, reports.toUpperCase(), 'a'.repeat(5000)]) {
    const answer = await curl.get('/data', key(value));
    assert.equal(answer.status, 401);
    assert.equal(answer.json.detail, 'Invalid API key');
    assert.equal(answer.headers.get('www-authenticate'), 'APIKey');
  }
  const absent = await curl.get('/data');
  assert.equal(absent.status, 401);
  assert.equal(absent.headers.get('www-authenticate'), 'APIKey');
  assert.equal((await curl.get(`/data?x-api-key=${reports}`)).status, 401);
});

test('a key without the scope is 403', async (t) => {
  const curl = await started(t);
  assert.equal((await curl.get('/data', key(backup))).status, 403);
});

test('without a key that it was to have it does not start', async () => {
  const { code, output } = await runExample('api_keys', { env: { REPORTS_KEY: reports } });
  assert.equal(code, 2);
  assert.match(output, /BACKUP_KEY is not set/);
});

test('with a key that is short, or the same for two, it does not start', async () => {
  const short = await runExample('api_keys', { env: { REPORTS_KEY: 'key-abc123', BACKUP_KEY: backup } });
  assert.equal(short.code, 2);
  assert.match(short.output, /REPORTS_KEY is too short/);
  const same = await runExample('api_keys', { env: { REPORTS_KEY: backup, BACKUP_KEY: backup } });
  assert.equal(same.code, 2);
  assert.match(same.output, /have the same API key/);
});
