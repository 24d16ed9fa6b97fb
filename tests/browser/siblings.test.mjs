// SPDX-License-Identifier: Apache-2.0
// One sign-in for the hosts of a domain (`cookie.domain`), in a real browser and over https: an application asks
// /auth/forward about each request as Caddy does, and who signs in comes back to it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';
import { cardea, startServer, temporaryFolder } from '../support/server.mjs';
import { launch, newPage } from './browser.mjs';

const email = 'ada@example.com';
const password = 'correct horse battery staple';
const signInHost = 'id.cardea.test';

async function certificate(t) {
  const folder = await temporaryFolder(t);
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=cardea.test', '-addext', 'subjectAltName=DNS:*.cardea.test', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: await readFile(key), cert: await readFile(cert) };
}

/** A request to Cardea as a proxy makes it: the Host of the client stays. */
async function askCardea(port, { method, path, headers }, body) {
  const outgoing = ask({ host: '127.0.0.1', port, method, path, headers, setHost: false });
  if (body) body.pipe(outgoing);
  else outgoing.end();
  const [answer] = await once(outgoing, 'response');
  return answer;
}

/** https for all hosts of the domain: the pages of Cardea on one, an application behind forward auth on the others. */
async function startProxy(t, cardeaPort) {
  const proxy = createServer(await certificate(t), async (incoming, outgoing) => {
    const { host } = incoming.headers;
    const forwarded = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
    if (host === signInHost) {
      const headers = { ...incoming.headers, ...forwarded };
      const answer = await askCardea(cardeaPort, { method: incoming.method, path: incoming.url, headers }, incoming);
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(outgoing);
      return;
    }
    const headers = { ...incoming.headers, ...forwarded, 'x-forwarded-method': incoming.method, 'x-forwarded-uri': incoming.url };
    const answer = await askCardea(cardeaPort, { method: 'GET', path: '/auth/forward', headers });
    if (answer.statusCode === 200) {
      answer.resume();
      outgoing.end(`${host} knows ${answer.headers['x-auth-user']}`);
      return;
    }
    outgoing.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(outgoing);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.after(() => { proxy.close(); proxy.closeAllConnections(); });
  return proxy.address().port;
}

test('who signs in for an application on a sibling host comes back to it, and is known on all of them', async (t) => {
  const server = await startServer(t, {
    url: `https://${signInHost}`,
    args: ['--cookie-domain', 'cardea.test', '--proxy-trust', '127.0.0.1', '--proxy-header', 'X-Forwarded-For'],
  });
  const proxyPort = await startProxy(t, server.port);
  const adding = ['account', 'add', '--email', email, '--data', server.data];
  assert.equal((await cardea(adding, { input: `${password}\n` })).code, 0);
  const browser = await launch(t, ['--ignore-certificate-errors', `--host-resolver-rules=MAP *.cardea.test 127.0.0.1:${proxyPort}`]);
  const page = await newPage(browser);

  await page.goto('https://app.cardea.test/reports?year=2026');
  assert.equal(new URL(page.url()).host, signInHost, await page.content());
  await page.getByLabel('E-mail or user name').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('https://app.cardea.test/reports?year=2026');
  assert.match(await page.textContent('body'), /^app\.cardea\.test knows [0-9a-z]{26}$/);

  await page.goto('https://other.cardea.test/');
  assert.match(await page.textContent('body'), /^other\.cardea\.test knows /);
  assert.deepEqual(page.complaints, []);
});
