// SPDX-License-Identifier: Apache-2.0
// Starts the cardea program on a free loopback port with a data folder of its own, for tests that speak HTTP to it.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The path of the cardea program. */
export const program = process.env.CARDEA_PROGRAM ?? resolve(import.meta.dirname, '../../build/release/cardea');

/** This process's environment without the tests' own CARDEA_* variables, which the server would refuse. */
function environment(extra) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CARDEA_'));
  return { ...Object.fromEntries(inherited), ...extra };
}

/** Listens there; nothing when somebody else does. */
async function listenOn(place) {
  const listener = createServer().listen(place);
  try {
    await once(listener, 'listening');
    return listener;
  } catch {
    return undefined;
  }
}

/**
 * A loopback port for this process alone, until it ends. The kernel gives it to no outgoing connection, since it lies
 * below their range; no other test takes it, since this process listens on the abstract socket of its name.
 */
export async function freePort() {
  const [end] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split('\t').map(Number);
  for (;;) {
    const port = randomInt(Math.min(20_000, end - 1000), end);
    const reservation = await listenOn({ path: `\0cardea-test-port-${port}` });
    const probe = reservation && await listenOn({ port, host: '127.0.0.1' });
    if (probe) {
      reservation.unref();
      probe.close();
      await once(probe, 'close');
      return port;
    }
    reservation?.close();
  }
}

/** A temporary folder that goes away with the test. */
export async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'cardea-test-'));
  t?.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `cardea ...args` to its end in the folder `cwd`, or kills it after so many ms; `input` goes to its standard input. */
export async function cardea(args, { input = '', env = {}, cwd, killAfter } = {}) {
  const child = spawn(program, args, { env: environment(env), cwd, killSignal: 'SIGKILL', timeout: killAfter });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => { stdout += chunk; });
  child.stderr.on('data', (chunk) => { stderr += chunk; });
  child.stdin.on('error', () => {}); // it may end before it has read anything
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

/**
 * Starts `cardea serve` and waits until it answers. `t` is the node:test context: the server ends with the test.
 * `through` is a command that runs the one behind it, such as ['prlimit', '--nofile=1024'].
 * Returns { url, port, data, log(), errors(), pid, stop(signal) }.
 */
export async function startServer(t, { args = [], env = {}, data, port, url, through = [] } = {}) {
  port ??= await freePort();
  data ??= await temporaryFolder(t);
  url ??= `http://localhost:${port}`;
  const [command, ...rest] = [...through, program];
  const child = spawn(
    command,
    [...rest, 'serve', '--listen', `127.0.0.1:${port}`, '--data', data, '--public-url', url, ...args],
    { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => { output += chunk; });
  child.stderr.on('data', (chunk) => { output += chunk; errors += chunk; });
  const closed = once(child, 'close');
  const server = {
    url,
    port,
    data,
    pid: child.pid,
    log: () => output,
    errors: () => errors,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
  t?.after(() => server.stop('SIGKILL'));
  await untilHealthy(server, child);
  return server;
}

async function untilHealthy(server, child) {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const end = child.exitCode ?? child.signalCode;
    if (end !== null) throw new Error(`cardea ended with ${end}:\n${server.log()}`);
    try {
      // 421 is an answer too: the server is known by the name of the proxy in front of it.
      const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
      const answers = answer.ok || answer.status === 421;
      // It says so once it listens, and tests read what it said.
      if (answers && / is ready at |"start\.ready"/.test(server.log())) return;
    } catch {
      // not listening yet
    }
    await new Promise((wake) => setTimeout(wake, 20));
  }
  throw new Error(`cardea did not answer within 20 seconds:\n${server.log()}`);
}

/** A client of the JSON API that keeps its cookies, as curl with a cookie jar does. */
export class Client {
  #cookies = new Map();

  constructor(url) {
    this.url = url;
  }

  get cookieHeader() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  cookie(name) {
    return this.#cookies.get(name);
  }

  setCookie(name, value) {
    this.#cookies.set(name, value);
  }

  async send(method, path, { json, form, headers = {} } = {}) {
    const init = { method, redirect: 'manual', headers: { ...headers } };
    if (this.#cookies.size > 0) init.headers.Cookie = this.cookieHeader;
    if (json !== undefined) {
      init.headers['Content-Type'] = 'application/json';
      init.body = typeof json === 'string' ? json : JSON.stringify(json);
    }
    if (form !== undefined) init.body = new URLSearchParams(form);
    const answer = await fetch(this.url + path, init);
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, headers: answer.headers, text, json: /json/.test(type) ? JSON.parse(text) : undefined };
  }

  get(path, options) {
    return this.send('GET', path, options);
  }

  post(path, json, options) {
    return this.send('POST', path, { json, ...options });
  }

  delete(path, options) {
    return this.send('DELETE', path, options);
  }

  #keep(line) {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const gone = attributes.some((a) => /^max-age=0$/i.test(a));
    if (gone) this.#cookies.delete(pair.slice(0, at));
    else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
