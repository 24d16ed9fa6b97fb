// SPDX-License-Identifier: Apache-2.0
// Kills the server at random moments while people register, sign in and end sessions, and compares what it answers
// after the restart with what it had acknowledged. CARDEA_CRASH_ROUNDS sets how often (the full run is 50).
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { cardea, freePort, startServer, temporaryFolder } from '../support/server.mjs';

const rounds = Number(process.env.CARDEA_CRASH_ROUNDS ?? 5);
const password = 'correct horse battery staple';
const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** What was acknowledged. A session is 'live', 'ended', or 'open' while somebody asks to end it. */
class Ledger {
  accounts = new Set();
  sessions = new Map();
  failures = [];
}

async function call(url, method, path, { token, json } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (json) headers['Content-Type'] = 'application/json';
  const answer = await fetch(url + path, { method, headers, body: json && JSON.stringify(json) });
  const text = await answer.text();
  return { status: answer.status, text };
}

function expectStatus(ledger, answer, status) {
  if (answer.status !== status) ledger.failures.push(`${status} expected: ${answer.status} ${answer.text}`);
}

async function signIn(url, ledger, username) {
  const answer = await call(url, 'POST', '/api/v1/login', { json: { username, password, transport: 'bearer' } });
  expectStatus(ledger, answer, 200);
  const { token } = JSON.parse(answer.text);
  ledger.sessions.set(token, 'live');
  return token;
}

/** One person: registers, signs in twice, and half the time ends the first session, in one of two ways. */
async function person(url, ledger) {
  const username = `p${randomBytes(8).toString('hex')}`;
  expectStatus(ledger, await call(url, 'POST', '/api/v1/register', { json: { username, password } }), 201);
  ledger.accounts.add(username);
  const first = await signIn(url, ledger, username);
  const second = await signIn(url, ledger, username);
  const way = Math.floor(Math.random() * 4);
  if (way > 1) return;
  ledger.sessions.set(first, 'open');
  const ended = way === 0
    ? await call(url, 'POST', '/api/v1/logout', { token: first })
    : await call(url, 'DELETE', '/api/v1/sessions', { token: second });
  expectStatus(ledger, ended, 204);
  ledger.sessions.set(first, 'ended');
}

/** Loads the server until it has acknowledged a person and a session more, and `ms` longer. */
async function loadUntilKilled(server, ledger, ms) {
  let killed = false;
  const worker = async () => {
    while (!killed) {
      try {
        await person(server.url, ledger);
      } catch (error) {
        if (!killed) ledger.failures.push(String(error));
      }
    }
  };
  const sessions = ledger.sessions.size;
  const workers = Array.from({ length: 8 }, worker);
  const end = Date.now() + 120_000;
  while ((ledger.accounts.size === 0 || ledger.sessions.size === sessions) && Date.now() < end) await pause(5);
  await pause(ms);
  killed = true;
  await server.stop('SIGKILL');
  await Promise.all(workers);
}

/** What contradicts the ledger, a sentence each. What was open is settled as it is found. */
async function violations(server, ledger) {
  const found = ledger.failures.splice(0);
  for (const [token, state] of ledger.sessions) {
    const { status } = await call(server.url, 'GET', '/api/v1/session', { token });
    if (state === 'live' && status !== 200) found.push(`a session was lost (${status})`);
    if (state === 'ended' && status !== 401) found.push(`an ended session lives (${status})`);
    ledger.sessions.set(token, status === 200 ? 'live' : 'ended');
  }
  for (const username of ledger.accounts) {
    const { status } = await call(server.url, 'POST', '/api/v1/login', { json: { username, password } });
    if (status !== 200) found.push(`an account was lost (${status})`);
  }
  ledger.accounts.clear(); // each is looked at once: a sign-in costs a password hash
  for (const command of [['check'], ['audit', 'verify']]) {
    const { code, stdout, stderr } = await cardea([...command, '--data', server.data]);
    if (code !== 0) found.push(`${command.join(' ')}: ${stdout}${stderr}`);
  }
  return found;
}

async function starter(t) {
  const data = await temporaryFolder(t);
  const port = await freePort();
  return (disk) => startServer(t, { data, port, env: { CARDEA_LIMITS_ENABLED: 'false', CRASH_TEST_DISK: disk } });
}

async function expectNothingLost(t, disk) {
  const start = await starter(t);
  const ledger = new Ledger();
  let acknowledged = 0;
  let server = await start(disk);
  for (let round = 1; round <= rounds; round += 1) {
    await loadUntilKilled(server, ledger, Math.random() * 1000);
    acknowledged += ledger.accounts.size;
    server = await start(disk);
    assert.deepEqual(await violations(server, ledger), [], `after round ${round}`);
  }
  t.diagnostic(`${rounds} kills, ${acknowledged} accounts and ${ledger.sessions.size} sessions acknowledged, none lost`);
  assert.ok(acknowledged >= rounds && ledger.sessions.size >= rounds);
}

test('a killed server loses nothing it acknowledged', (t) => expectNothingLost(t, 'plain'));

test('a power cut loses nothing that was acknowledged', (t) => expectNothingLost(t, 'lossy'));

// The proof that the two above would notice.
test('a power cut with a disk that ignores fsync loses acknowledged writes', async (t) => {
  const start = await starter(t);
  await (await start('plain')).stop('SIGTERM');
  const ledger = new Ledger();
  await loadUntilKilled(await start('unsynced'), ledger, 0);

  const found = await violations(await start('plain'), ledger);

  assert.ok(found.includes('an account was lost (401)'), found.join('\n'));
  assert.ok(found.includes('a session was lost (401)'), found.join('\n'));
});
