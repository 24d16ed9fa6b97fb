// SPDX-License-Identifier: Apache-2.0
// Attack: more silent clients than the process may open files. Others are served meanwhile.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { test } from 'node:test';
import { startServer } from '../support/server.mjs';

/** Opens so many connections that say nothing, and keeps them until the test ends. */
async function openSilent(t, server, count) {
  for (let i = 0; i < count; i += 1) {
    const socket = createConnection(server.port, '127.0.0.1');
    socket.on('error', () => {}); // it gave way
    t.after(() => socket.destroy());
    await once(socket, 'connect');
  }
}

/** Asks until the server answers, on a connection of its own each time. */
async function untilServed(server) {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    try {
      const signal = AbortSignal.timeout(2000);
      const answer = await fetch(`${server.url}/healthz`, { headers: { connection: 'close' }, signal });
      if (answer.ok) return;
    } catch {
      // refused, or left waiting
    }
  }
  assert.fail(`nobody is served:\n${server.log()}`);
}

test('the usual soft limit of 1,024 files keeps nobody out', async (t) => {
  const server = await startServer(t, { through: ['prlimit', '--nofile=1024:4096'] });
  await openSilent(t, server, 1100);
  const answer = await fetch(`${server.url}/healthz`, { signal: AbortSignal.timeout(2000) });
  assert.equal(answer.status, 200);
  assert.doesNotMatch(server.log(), /accept_failed/);
});

test('a hard limit that is too low is told, and bounds the connections', async (t) => {
  const server = await startServer(t, { through: ['prlimit', '--nofile=400:400'] });
  assert.match(server.log(), /event=net\.few_files files=400 connections=200 wanted=10000/);
  await openSilent(t, server, 450);
  await untilServed(server);
  assert.doesNotMatch(server.log(), /accept_failed/);
});

test('where no file is left those that wait give way', async (t) => {
  const server = await startServer(t);
  execFileSync('prlimit', ['--pid', String(server.pid), '--nofile=60:60']);
  await openSilent(t, server, 100);
  await untilServed(server);
  assert.match(server.log(), /event=net\.accept_failed/);
});
