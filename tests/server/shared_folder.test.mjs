// SPDX-License-Identifier: Apache-2.0
// Root's commands in folders of other users: they tell nothing to what was put there to be found, and leave nothing there
// that keeps its owner out. Only root can be somebody else, so these tests need root.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { cardea, temporaryFolder } from '../support/server.mjs';

const nobody = 65534;
const needsRoot = { skip: process.getuid() === 0 ? false : 'only root can be another user' };
const adding = ['account', 'add', '--email', 'ada@example.com'];
const password = 'correct horse battery staple';

/** A folder that everybody can write to, as /tmp. */
async function sharedFolder(t) {
  const folder = await temporaryFolder(t);
  await chmod(folder, 0o1777);
  return folder;
}

/** Listens at `path` as nobody, and tells what it hears. */
async function listenAsNobody(t, path) {
  const script = `
import os, socket, sys
os.setgroups([]); os.setgid(${nobody}); os.setuid(${nobody})
listener = socket.socket(socket.AF_UNIX); listener.bind(sys.argv[1]); os.chmod(sys.argv[1], 0o777); listener.listen()
print('ready', flush=True)
while True:
    peer, _ = listener.accept(); print('heard', peer.recv(65536), flush=True); peer.close()`;
  const child = spawn('/usr/bin/python3', ['-c', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  let heard = '';
  child.stdout.on('data', (chunk) => { heard += chunk; });
  await once(child.stdout, 'data');
  return { heard: () => heard, closed: async () => { child.kill(); await once(child, 'close'); } };
}

test('a configuration that another user left in the working folder is not used', needsRoot, async (t) => {
  const folder = await sharedFolder(t);
  await mkdir(join(folder, 'x'));
  await chown(join(folder, 'x'), nobody, nobody);
  await writeFile(join(folder, 'cardea.toml'), `data = "${folder}/x"\n`);
  await chown(join(folder, 'cardea.toml'), nobody, nobody);
  const listener = await listenAsNobody(t, join(folder, 'x/control.sock'));

  const { code, stderr } = await cardea(adding, { input: `${password}\n`, cwd: folder });
  await listener.closed();
  assert.equal(code, 2, stderr);
  assert.match(stderr, /^cardea\.toml: it belongs to another user \(uid 65534\): name it with --config if you trust it$/m);
  assert.equal(listener.heard(), 'ready\n');
});

test('a data folder that another user left in the working folder is not used', needsRoot, async (t) => {
  const folder = await sharedFolder(t);
  await mkdir(join(folder, 'data'));
  await chown(join(folder, 'data'), nobody, nobody);

  const { code, stderr } = await cardea(adding, { input: `${password}\n`, cwd: folder });
  assert.equal(code, 2, stderr);
  assert.match(stderr, /^\.\/data: it belongs to another user/m);
});

test('a process of another user at the control socket is told nothing', needsRoot, async (t) => {
  const data = await sharedFolder(t);
  const listener = await listenAsNobody(t, join(data, 'control.sock'));

  const { code, stderr } = await cardea([...adding, '--data', data], { input: `${password}\n` });
  await listener.closed();
  assert.equal(code, 1, stderr);
  assert.match(stderr, /control\.sock: a process of another user \(uid 65534\) listens there/);
  assert.ok(!listener.heard().includes(password), listener.heard());
});

test('what the first command makes in the folder of a service belongs to the service', needsRoot, async (t) => {
  const data = await temporaryFolder(t);
  await chown(data, nobody, nobody);

  const { code, stderr } = await cardea([...adding, '--data', data], { input: `${password}\n` });
  assert.equal(code, 0, stderr);
  const files = await readdir(data);
  assert.deepEqual(files.sort(), ['cardea.db', 'lock', 'secret']);
  for (const file of files) assert.equal((await stat(join(data, file))).uid, nobody, file);
});
