// SPDX-License-Identifier: Apache-2.0
// A password prompt at a real terminal.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askPython } from '../support/programs.mjs';
import { program, temporaryFolder } from '../support/server.mjs';

/** Runs a command at a terminal of its own and types when it asks: what it ended with, and when the terminal showed typing. */
const atTerminal = (command, typed) => askPython(['-c', `
import fcntl, json, os, pty, sys, termios
command, typed = json.load(sys.stdin)
master, terminal = pty.openpty()
echoes = lambda: bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2): os.dup2(terminal, descriptor)
    os.execv(command[0], command)
shown = b''
while b'New password: ' not in shown: shown += os.read(master, 4096)
during = echoes()
os.write(master, typed.encode())
_, status = os.waitpid(child, 0)
print(json.dumps({'during': during, 'after': echoes(), 'signal': os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}))`],
[command, typed]);

test('a prompt that is ended by ^C leaves a terminal that shows what is typed', async (t) => {
  const command = [program, 'account', 'add', '--email', 'ada@example.com', '--data', await temporaryFolder(t)];
  for (const [key, signal] of [['\u0003', 2], ['\u001c', 3]]) {
    assert.deepEqual(await atTerminal(command, key), { during: false, after: true, signal });
  }
});
