// SPDX-License-Identifier: Apache-2.0
// A stop in the middle of work: what was answered is in the audit log, though the answers did not wait for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardea, startServer, temporaryFolder } from '../support/server.mjs';

test('a terminal that is closed stops the server as well as anything else, but not under nohup', async (t) => {
  const server = await startServer(t);
  assert.equal(await server.stop('SIGHUP'), 0);
  assert.match(server.errors(), / event=stop\.done/);

  const kept = await startServer(t, { through: ['nohup'] });
  process.kill(kept.pid, 'SIGHUP');
  assert.equal((await fetch(`http://127.0.0.1:${kept.port}/healthz`)).status, 200);
  assert.equal(await kept.stop('SIGTERM'), 0);
});

test('a stop among sign-ins loses no row of the audit log', async (t) => {
  const data = await temporaryFolder(t);
  const server = await startServer(t, { data, args: ['--workers', '2'], env: { CARDEA_LIMITS_ENABLED: 'false' } });
  const tries = Array.from({ length: 60 }, async (_, i) => {
    try {
      const answer = await fetch(`${server.url}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: `nobody${i}`, password: 'not the password' }),
      });
      return answer.status;
    } catch {
      return 0; // the server was gone before it took this one
    }
  });
  await Promise.race(tries);
  assert.equal(await server.stop('SIGTERM'), 0);
  const refused = (await Promise.all(tries)).filter((status) => status === 401).length;
  assert.ok(refused > 1);
  const { stdout } = await cardea(['audit', 'verify', '--data', data]);
  const rows = Number(/(\d+) rows/.exec(stdout)[1]);
  assert.ok(rows >= refused, `${stdout} for ${refused} refusals`);
});
