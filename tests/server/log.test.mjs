// SPDX-License-Identifier: Apache-2.0
// The log as an operator sets it: its level, and its format.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/server.mjs';

/** What the server logged from its start to its end, with a sign-in and a malformed request between. */
async function logOf(t, args) {
  const server = await startServer(t, { args });
  const refused = await fetch(`${server.url}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'nobody@example.com', password: 'not the password' }),
  });
  assert.equal(refused.status, 401);
  assert.equal((await fetch(`${server.url}//login`)).status, 400);
  await server.stop();
  return server.errors().split('\n').filter((line) => line !== '');
}

test('log.format and log.level say what is written, and how', async (t) => {
  const lines = (await logOf(t, ['--log-format', 'json', '--log-level', 'debug'])).map((line) => JSON.parse(line));
  const events = lines.map((line) => line.event);
  for (const event of ['account.refused', 'net.request_refused', 'stop.done']) assert.ok(events.includes(event), event);
  assert.equal(lines.find((line) => line.event === 'net.request_refused').level, 'debug');
});

test('by default lines are logfmt, from level info on', async (t) => {
  const lines = await logOf(t, []);
  assert.ok(lines.some((line) => / level=info event=account\.refused /.test(line)), lines.join('\n'));
  assert.ok(!lines.some((line) => line.includes('level=debug')));
});

test('the start is in the log, with what is not as safe as it could be', async (t) => {
  const url = 'https://id.example.com';
  const server = await startServer(t, { url, args: ['--log-format', 'json'] });
  await server.stop();
  const lines = server.log().trim().split('\n').map((line) => JSON.parse(line)); // nothing but the log: no banner
  const ready = lines.find((line) => line.event === 'start.ready');
  assert.deepEqual([ready.level, ready.public_url, ready.addresses], ['info', url, `127.0.0.1:${server.port}`]);
  assert.match(ready.version, /^\d+\.\d+/);
  const warnings = lines.filter((line) => line.event === 'start.warning').map((line) => line.what);
  assert.ok(warnings.some((text) => text.startsWith('proxy.trust: ')), warnings.join('\n'));
  assert.ok(warnings.some((text) => text.startsWith('made a root secret in ')), warnings.join('\n'));

  const again = await startServer(t, { url, data: server.data });
  assert.match(again.log(), /^ {2}Note: the root secret .* lies beside what it protects/m);
  assert.match(again.errors(), / level=warning event=start\.warning what="the root secret /);
  await again.stop();
  const plain = await startServer(t, { data: server.data });
  assert.doesNotMatch(plain.log(), /root secret/);
});

test('log.level off writes nothing', async (t) => {
  assert.deepEqual(await logOf(t, ['--log-level', 'off']), []);
});
