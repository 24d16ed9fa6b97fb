// SPDX-License-Identifier: Apache-2.0
// What operators' tools read on admin_listen: whether requests can be answered, and the numbers to alert on.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { cardea, Client, freePort, startServer } from '../support/server.mjs';

const email = 'ada@example.com';
const password = 'correct horse battery staple';

async function started(t) {
  const port = await freePort();
  const server = await startServer(t, { args: ['--admin-listen', `127.0.0.1:${port}`] });
  const ask = async (path) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  return { server, client: new Client(server.url), ask };
}

/** The samples of /metrics by name and labels, as they are written. */
function samples(text) {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

test('/readyz is 503 when the data folder is gone, though the process writes on', async (t) => {
  const { server, client, ask } = await started(t);
  assert.deepEqual(await ask('/readyz'), { status: 200, text: 'ready\n' });
  await rm(server.data, { recursive: true });
  await client.post('/api/v1/register', { email, password });
  const deadline = Date.now() + 10_000;
  let answer = await ask('/readyz');
  while (answer.status === 200 && Date.now() < deadline) answer = await ask('/readyz');
  assert.deepEqual(answer, { status: 503, text: 'missing\n' });
  assert.match(server.errors(), / level=error event=ready\.lost reason=missing /);
});

test('/metrics counts sign-ins, refusals and what the database did not do', async (t) => {
  const { client, ask } = await started(t);
  await client.post('/api/v1/register', { email, password });
  assert.equal((await client.post('/api/v1/login', { email, password })).status, 200);
  assert.equal((await client.post('/api/v1/login', { email, password: 'not the password' })).status, 401);
  assert.equal((await client.get('/nothing')).status, 404);

  const { text } = await ask('/metrics');
  const metrics = samples(text);
  const expected = {
    'cardea_sign_ins_total{outcome="signed_in"}': 1,
    'cardea_sign_ins_total{outcome="refused"}': 1,
    'cardea_sign_ins_total{outcome="limited"}': 0,
    'cardea_refused_total{code="credentials_wrong"}': 1,
    'cardea_refused_total{code="not_found"}': 1,
    'cardea_refused_total{code="csrf_rejected"}': 0,
    'cardea_store_errors_total{code="store_unavailable"}': 0,
    'cardea_store_errors_total{code="store_corrupt"}': 0,
  };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, metrics.get(name)])), expected);
  const version = (await cardea(['--version'])).stdout.trim().split(' ')[1];
  assert.equal(metrics.get(`cardea_build_info{version="${version}"}`), 1);
  const age = Date.now() / 1000 - metrics.get('process_start_time_seconds');
  assert.ok(age > -2 && age < 600, `started ${age} seconds ago`);
});
