// SPDX-License-Identifier: Apache-2.0
// What the Air guide's CSRF sample shows, and what it leaves out: nobody ever checks its token.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Curl, startExample } from '../support/example.mjs';

async function started(t) {
  const app = await startExample(t, 'csrf_form');
  return new Curl(app.url);
}

const send = (curl, csrf_token) => curl.post('/process-data', { data: '<b>x</b>', ...(csrf_token && { csrf_token }) });

test('the form of the guide, and its token taken', async (t) => {
  const curl = await started(t);
  const { status, text, headers } = await curl.get('/form-with-csrf');
  assert.equal(status, 200);
  assert.match(text, /<form method="post" action="\/process-data"><input type="hidden" name="csrf_token" value="[^"]{43,}">/);
  assert.equal(headers.get('vary'), 'Cookie');
  const answer = await send(curl, await curl.token('/form-with-csrf'));
  assert.equal(answer.status, 200);
  assert.match(answer.text, /Received: &lt;b&gt;x&lt;\/b&gt;/);
});

test('D5: no token, a wrong one and that of another browser are 403', async (t) => {
  const curl = await started(t);
  const mine = await curl.token('/form-with-csrf');
  const other = new Curl(curl.url);
  const foreign = await other.token('/form-with-csrf');
  for (const token of [undefined, 'A'.repeat(86), foreign, mine.slice(0, -2), mine + 'A']) {
    const answer = await send(curl, token);
    assert.equal(answer.status, 403, token);
    assert.equal(answer.json.code, 'csrf_rejected');
  }
  assert.equal((await send(new Curl(curl.url), mine)).status, 403);
});

test('the token is another text each time, good in every tab, and in a header', async (t) => {
  const curl = await started(t);
  const first = await curl.token('/form-with-csrf');
  const second = await curl.token('/form-with-csrf');
  assert.notEqual(first, second);
  assert.equal((await send(curl, first)).status, 200);
  assert.equal((await send(curl, second)).status, 200);
  assert.equal((await send(curl, first)).status, 200);
  const headers = { 'x-csrf-token': first };
  assert.equal((await curl.post('/process-data', { data: 'x' }, { headers })).status, 200);
});

test('what a browser says of another site counts more than any token', async (t) => {
  const curl = await started(t);
  const csrf_token = await curl.token('/form-with-csrf');
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, { origin: 'null' },
  ]) {
    assert.equal((await curl.post('/process-data', { data: 'x', csrf_token }, { headers })).status, 403);
  }
  const headers = { 'sec-fetch-site': 'same-origin' };
  assert.equal((await curl.post('/process-data', { data: 'x' }, { headers })).status, 200);
});
