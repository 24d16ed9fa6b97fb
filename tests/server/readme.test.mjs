// SPDX-License-Identifier: Apache-2.0
// The commands that README.md prints under "Try it", run as they stand there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startServer, temporaryFolder } from '../support/server.mjs';

/** What a value is made of: its names, and the types of what they stand for. */
function shapeOf(value) {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

test('the journey of the README works as printed', async (t) => {
  const readme = await readFile(resolve(import.meta.dirname, '../../README.md'), 'utf8');
  const section = readme.split('## ').find((part) => part.startsWith('Try it'));
  const commands = section.match(/```sh\n([\s\S]*?)```/)[1];
  const server = await startServer(t);
  const folder = await temporaryFolder(t);

  const script = commands.replace('http://localhost:8080', server.url);
  const options = { cwd: folder, env: { ...process.env, TMPDIR: folder } };
  const { stdout } = await promisify(execFile)('bash', ['-eu', '-c', script], options);
  const answers = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

  assert.match(stdout, /"email":"ada@example.com"/);
  assert.match(stdout, /"transport":"cookie"/);
  assert.match(stdout, /"device":"curl"/);
  assert.match(stdout, /401$/m, 'the ended session is over');
  assert.doesNotMatch(stdout, /"status":[45]/, 'nothing was refused');
  const printed = [...section.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => shapeOf(JSON.parse(text)));
  assert.deepEqual(printed, [answers[0], answers.at(-1)].map(shapeOf));
});
