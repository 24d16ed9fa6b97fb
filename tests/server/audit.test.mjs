// SPDX-License-Identifier: Apache-2.0
// `cardea audit verify` against what somebody with the database file can do to it.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { askPython } from '../support/programs.mjs';
import { cardea, Client, startServer, temporaryFolder } from '../support/server.mjs';

const password = 'correct horse battery staple';
const oldSecret = 'q1w8Zr5tYu2iOp7aSd9fGh3jKl4zXc6vBn0mQwErTyU';
const newSecret = 'Lk9Jh8Gf7Ds6Ap5Oi4Uy3Tr2Ew1Qz0Xc9Vb8Nm7Mn6B';

/** Changes the database behind the program's back. */
const change = (data, statement) => askPython(['-c', `
import json, sqlite3, sys
path, statement = json.load(sys.stdin)
with sqlite3.connect(path) as database: database.execute(statement)
print('null')`], [join(data, 'cardea.db'), statement]);

/** The head that a server logs right after its start. */
async function loggedHead(server) {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const head = /audit\.head.* head="?(\d+:[0-9a-f]{64})/.exec(server.log())?.[1];
    if (head) return head;
    await new Promise((wake) => setTimeout(wake, 10));
  }
  throw new Error(`no head in the log:\n${server.log()}`);
}

/** A data folder in which some people have registered, and the head that the server logged at its next start. */
async function usedFolder(t, { env } = {}) {
  const data = await temporaryFolder(t);
  const server = await startServer(t, { data, env });
  for (const name of ['ada', 'grace', 'joan']) {
    const { status } = await new Client(server.url).post('/api/v1/register', { email: `${name}@example.com`, password });
    assert.equal(status, 201);
  }
  await server.stop();
  const again = await startServer(t, { data, env });
  const head = await loggedHead(again);
  await again.stop();
  return { data, head, verify: (...args) => cardea(['audit', 'verify', '--data', data, ...args], { env }) };
}

test('rows that were cut off show against the head that the server logged', async (t) => {
  const { data, head, verify } = await usedFolder(t);
  const whole = await verify('--head', head);
  assert.equal(whole.code, 0, whole.stdout);
  assert.match(whole.stdout, /whole: 3 rows/);
  assert.ok(whole.stdout.includes(`Its head is ${head}`), whole.stdout);

  await change(data, 'DELETE FROM audit_event WHERE sequence > 1');
  assert.equal((await verify()).code, 0, 'nothing in the file can tell');
  const cut = await verify('--head', head);
  assert.equal(cut.code, 1);
  assert.match(cut.stdout, /tampered with: the rows from 2 on are gone/);

  await change(data, 'DELETE FROM audit_event');
  assert.equal((await verify('--head', head)).code, 1);
  assert.equal((await verify('--head', 'nonsense')).code, 2);
});

test('personal data that was blanked shows, and what was erased with its account does not', async (t) => {
  const { data, verify } = await usedFolder(t);
  assert.equal((await cardea(['account', 'delete', 'grace@example.com', '--yes', '--data', data])).code, 0);
  const erased = await verify();
  assert.equal(erased.code, 0, erased.stdout);

  await change(data, "UPDATE audit_event SET personal = '' WHERE sequence = 1");
  const blanked = await verify();
  assert.equal(blanked.code, 1);
  assert.match(blanked.stdout, /the personal data of row 1 is changed, or erased unduly/);
});

test('a root secret that was taken out is told from tampering, and later rows are checked', async (t) => {
  const { data, verify } = await usedFolder(t, { env: { CARDEA_SECRET: oldSecret } });
  const rotated = { CARDEA_SECRET: `${newSecret} ${oldSecret}` };
  const adding = ['account', 'add', '--email', 'katherine@example.com', '--data', data];
  assert.equal((await cardea(adding, { input: `${password}\n`, env: rotated })).code, 0);
  const verifyWith = (env) => cardea(['audit', 'verify', '--data', data], { env });

  assert.equal((await verifyWith(rotated)).code, 0);
  const without = await verifyWith({ CARDEA_SECRET: newSecret });
  assert.equal(without.code, 1);
  assert.match(without.stdout, /^3 rows from row 1 on were made under a root secret that is not here/);
  assert.match(without.stdout, /The other 1 rows are whole/);

  await change(data, "UPDATE audit_event SET outcome = 'busy' WHERE sequence = 4");
  assert.match((await verifyWith({ CARDEA_SECRET: newSecret })).stdout, /tampered with: row 4 is changed/);
  assert.equal((await verify()).code, 1);
});

test('a command that looks into a folder without a database makes none', async (t) => {
  const data = await temporaryFolder(t);
  const looks = [['audit', 'verify'], ['check'], ['account', 'list'], ['migrate'], ['backup', join(data, 'x.db')]];
  for (const command of looks) {
    const { code, stderr } = await cardea([...command, '--data', data]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /there is no database in .*: name the data folder with --data/);
  }
  assert.deepEqual(await readdir(data), []);
});
