// SPDX-License-Identifier: Apache-2.0
// Starts an example program on a free loopback port, and speaks to it as curl does: no header that says where a
// request comes from, redirects shown and not followed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { resolve } from 'node:path';
import { freePort } from './server.mjs';

const folder = process.env.CARDEA_EXAMPLES ?? resolve(import.meta.dirname, '../../build/release/examples');

export const secret = 'RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM';

export const programOf = (name) => resolve(folder, name);

/** Runs an example to its end: for those that must not start. */
export async function runExample(name, { args = [], env = {} } = {}) {
  const child = spawn(programOf(name), args, { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  child.stdout.on('data', (chunk) => { output += chunk; });
  child.stderr.on('data', (chunk) => { output += chunk; });
  const [code] = await once(child, 'close');
  return { code, output };
}

/** Starts an example and waits for its banner. It ends with the test, or by stop(), which returns its exit status. */
export async function startExample(t, name, { args = [], env = {}, port, cwd } = {}) {
  port ??= await freePort();
  const child = spawn(programOf(name), ['--listen', `127.0.0.1:${port}`, ...args], {
    env: { PATH: process.env.PATH, SECRET_KEY: secret, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const closed = once(child, 'close');
  const ready = new Promise((done, fail) => {
    const read = (chunk) => {
      output += chunk;
      if (output.includes('Ready at ')) done();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => fail(new Error(`${name} ended: ${output}`)));
  });
  const stop = async (signal = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await closed;
    return child.exitCode;
  };
  t.after(() => stop('SIGKILL'));
  await ready;
  return { url: `http://localhost:${port}`, port, stop, log: () => output };
}

/** One request with exactly these headers; fetch() would add Sec-Fetch-Mode, which curl does not send. */
async function exchange(url, { body, ...options }) {
  const sent = (url.startsWith('https:') ? https : http).request(url, options);
  sent.end(body);
  const [answer] = await once(sent, 'response');
  let text = '';
  for await (const chunk of answer) text += chunk;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return {
    status: answer.statusCode,
    headers,
    location: headers.get('location'),
    cookies: headers.getSetCookie(),
    text,
    json: (headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : undefined,
  };
}

/** curl with a cookie jar: `await curl.get('/path')`, `await curl.post('/path', { field: 'value' })`. */
export class Curl {
  constructor(url, { headers = {}, ca } = {}) {
    this.url = url;
    this.headers = headers;
    this.ca = ca;
    this.jar = new Map();
  }

  /** A second curl with a copy of this one's cookies: what a thief has. */
  copy() {
    const copy = new Curl(this.url, { headers: this.headers, ca: this.ca });
    copy.jar = new Map(this.jar);
    return copy;
  }

  async send(method, path, { body, headers = {} } = {}) {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await exchange(this.url + path, {
      method,
      ca: this.ca,
      body: body?.toString(),
      headers: {
        accept: '*/*',
        ...(cookie && { cookie }),
        ...(body instanceof URLSearchParams && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...this.headers,
        ...headers,
      },
    });
    for (const line of answer.cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/; Max-Age=0(;|$)/.test(line)) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }

  get(path, options) { return this.send('GET', path, options); }

  /** Posts a form. */
  post(path, fields = {}, options = {}) {
    return this.send('POST', path, { ...options, body: new URLSearchParams(fields) });
  }

  postJson(path, value, options = {}) {
    const headers = { 'content-type': 'application/json', ...options.headers };
    return this.send('POST', path, { ...options, headers, body: JSON.stringify(value) });
  }

  /** The csrf_token of the form on a page. */
  async token(path) {
    const { text } = await this.get(path);
    const field = /<input[^>]* name="csrf_token"[^>]*>/.exec(text)?.[0];
    return / value="([^"]+)"/.exec(field)?.[1];
  }
}
