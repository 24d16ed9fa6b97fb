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

test('log.level off writes nothing', async (t) => {
  assert.deepEqual(await logOf(t, ['--log-level', 'off']), []);
});
