// SPDX-License-Identifier: Apache-2.0
// Forward authentication as proxies ask for it: Caddy and nginx with the Host of the site, Traefik with that of the address it
// was given, load balancers with whatever they like.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { test } from 'node:test';
import { startServer } from '../support/server.mjs';

const signIn = 'id.example.com';
const behindProxy = ['--proxy-trust', '127.0.0.1', '--proxy-header', 'X-Forwarded-For'];

/** What a proxy asks of /auth/forward when a browser wants https://HOST/reports. */
const asked = (host) => ({ accept: 'text/html', 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'https',
  'x-forwarded-method': 'GET', 'x-forwarded-host': host, 'x-forwarded-uri': '/reports' });

async function answer(port, path, headers) {
  const [response] = await once(get({ host: '127.0.0.1', port, path, headers }), 'response');
  response.resume();
  return { status: response.statusCode, location: response.headers.location };
}

test('a proxy may ask under any Host: whoever is not signed in is sent to sign in, and back', async (t) => {
  const { port } = await startServer(t, { url: `https://${signIn}`, args: [...behindProxy, '--cookie-domain', 'example.com'] });
  const next = encodeURIComponent('https://app.example.com/reports');
  const location = `https://${signIn}/login?next=${next}`;

  const caddy = { host: 'app.example.com', ...asked('app.example.com') };
  assert.deepEqual(await answer(port, '/auth/forward', caddy), { status: 303, location });
  const traefik = { host: `127.0.0.1:${port}`, ...asked('app.example.com') };
  assert.deepEqual(await answer(port, '/auth/forward', traefik), { status: 303, location });
  assert.equal((await answer(port, '/auth/verify', { host: 'app.example.com' })).status, 401);
  assert.equal((await answer(port, '/healthz', { host: `127.0.0.1:${port}` })).status, 200);
});

test('Traefik before the one host of a site is answered too', async (t) => {
  const { port } = await startServer(t, { url: `https://${signIn}`, args: behindProxy });
  const traefik = { host: `127.0.0.1:${port}`, ...asked(signIn) };
  assert.deepEqual(await answer(port, '/auth/forward', traefik), { status: 303, location: '/login?next=%2Freports' });
});

test('pages and API answer to the host of public_url alone', async (t) => {
  const { port } = await startServer(t, { url: `https://${signIn}`, args: [...behindProxy, '--cookie-domain', 'example.com'] });
  for (const path of ['/login', '/api/v1/session', '/openapi.json', '/nowhere', '/auth/verify/', '/auth/forwardx']) {
    for (const host of ['app.example.com', `127.0.0.1:${port}`]) {
      assert.equal((await answer(port, path, { host })).status, 421, `${host}${path}`);
    }
  }
  assert.equal((await answer(port, '/login', { host: signIn })).status, 200);
});
