// SPDX-License-Identifier: Apache-2.0
// Programs that speak JSON on their standard input and output: what the interoperability tests ask.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Gives a program a value as JSON and reads the JSON that it prints. */
export async function askProgram(command, args, value) {
  const child = spawn(command, args);
  const chunks = [];
  let errors = '';
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => { errors += chunk; });
  child.stdin.end(JSON.stringify(value));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, errors);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** The same with Debian's Python, which has the libraries that are our peers: `args` name a script, or are `-c` and one. */
export const askPython = (args, value) => askProgram('/usr/bin/python3', args, value);
