// SPDX-License-Identifier: Apache-2.0
// A database that is damaged, and a root secret that is lost: what each command and the start say, and the way out.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { cardea, Client, startServer, temporaryFolder } from '../support/server.mjs';

const email = 'ada@example.com';
const password = 'correct horse battery staple';
const run = promisify(execFile);

/** A data folder with one account, which no server uses. */
async function folderWithAccount(t) {
  const data = await temporaryFolder(t);
  const added = await cardea(['account', 'add', '--email', email, '--data', data], { input: `${password}\n` });
  assert.equal(added.code, 0, added.stderr);
  return data;
}

/** Writes over the first page of a table. */
const damage = `
import sqlite3, sys
file, table = sys.argv[1:]
db = sqlite3.connect(file)
db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
page = db.execute('SELECT rootpage FROM sqlite_schema WHERE name = ?', [table]).fetchone()[0]
size = db.execute('PRAGMA page_size').fetchone()[0]
db.close()
with open(file, 'r+b') as opened:
    opened.seek((page - 1) * size)
    opened.write(b'\\xff' * size)
`;

test('a damaged database: check, backup and the start say so, and a backup is the way out', async (t) => {
  const data = await folderWithAccount(t);
  const elsewhere = await temporaryFolder(t);
  const good = join(elsewhere, 'good.db');
  const command = (...args) => cardea([...args, '--data', data]);
  assert.equal((await command('backup', good)).code, 0);
  await run('/usr/bin/python3', ['-c', damage, join(data, 'cardea.db'), 'account']);

  const checked = await command('check', '--json');
  assert.equal(checked.code, 1);
  const verdict = JSON.parse(checked.stdout);
  assert.deepEqual([verdict.valid, verdict.reason], [false, 'store_corrupt']);
  const backup = await command('backup', join(elsewhere, 'bad.db'));
  assert.equal(backup.code, 1);
  assert.match(backup.stderr, /the database is damaged: put a backup in its place with `cardea restore FILE` \(no backup was made/);
  await assert.rejects(stat(join(elsewhere, 'bad.db')));
  const started = await cardea(['serve', '--data', data, '--listen', '127.0.0.1:0'], { killAfter: 20_000 });
  assert.equal(started.code, 1, started.stderr);
  assert.match(started.stderr, / level=error event=database\.damaged /);
  assert.match(started.stderr, /^cardea: the database is damaged: put a backup in its place with `cardea restore FILE`/m);

  const whole = await cardea(['check', good]);
  assert.deepEqual([whole.code, whole.stdout], [0, 'The backup is whole.\n'], whole.stderr);
  assert.equal((await command('restore', good)).code, 0);
  assert.deepEqual([(await command('check')).code, (await command('account', 'show', email)).code], [0, 0]);
  await run('/usr/bin/python3', ['-c', damage, good, 'account']);
  assert.equal(JSON.parse((await cardea(['check', good, '--json'])).stdout).valid, false);
});

test('a lost root secret: what needs none goes on, the rest says how to make a new one', async (t) => {
  const old = await folderWithAccount(t);
  const backup = join(old, 'copy.db');
  assert.equal((await cardea(['backup', backup, '--data', old])).code, 0);
  const data = join(await temporaryFolder(t), 'data');
  const command = (...args) => cardea([...args, '--data', data]);
  const restored = await command('restore', backup);
  assert.equal(restored.code, 0, restored.stderr);
  assert.match(restored.stdout, /The root secret is missing here/);

  for (const args of [['check'], ['migrate'], ['backup', join(data, 'again.db')]]) {
    const { code, stderr } = await command(...args);
    assert.equal(code, 0, `${args}: ${stderr}`);
  }
  const listed = await command('account', 'list');
  assert.equal(listed.code, 2);
  const make = /make a new one with `([^`]+)`/.exec(listed.stderr)[1];
  await run('sh', ['-c', make]);
  const server = await startServer(t, { data });
  assert.equal((await new Client(server.url).post('/api/v1/login', { email, password })).status, 200);
});

test('migrate says beside a running server that there is nothing to do', async (t) => {
  const server = await startServer(t);
  const { stdout } = await cardea(['migrate', '--data', server.data]);
  assert.match(stdout, /^The database is at schema \d+: nothing to do\.$/m);
  assert.match(server.errors(), / event=database\.migrated schema=\d+ applied=\d+/);
});

test('a data folder with a slash behind its name is as private', async (t) => {
  const data = join(await temporaryFolder(t), 'data');
  const server = await startServer(t, { data: `${data}/` });
  assert.equal((await stat(data)).mode & 0o777, 0o700);
  await server.stop();
  await rm(data, { recursive: true });
});
