// SPDX-License-Identifier: Apache-2.0
// A real OpenID provider (npm oidc-provider, certified) on a free loopback port, and people who use it without a browser.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(import.meta.dirname, '../../web/package.json'));
const { exportJWK, generateKeyPair } = require('jose');
const { Provider } = require('oidc-provider');

export const clientId = 'cardea-client';
export const clientSecret = 'a secret: of the client/+';

async function newKeys(kid) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { keys: [{ ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }] };
}

/** Starts it for one client. Returns { issuer, requests, rotateKeys(), stop() }; it ends with the test. */
export async function startProvider(t, { redirectUri, client = {}, settings = {} }) {
  const requests = []; // "POST /token", in order
  let handle;
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url.split('?')[0]}`);
    handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${server.address().port}`;

  const use = (jwks) => {
    const provider = new Provider(issuer, {
      clients: [{
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        ...client,
      }],
      jwks,
      cookies: { keys: ['keys of the cookies of the provider'] },
      pkce: { required: () => true },
      scopes: ['openid', 'offline_access', 'email', 'profile'],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, name: id.toUpperCase() }),
      }),
      ...settings,
    });
    handle = provider.callback();
  };
  use(await newKeys('first'));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    issuer,
    requests,
    async rotateKeys() { use(await newKeys('second')); },
  };
}

/** Somebody with an account at the provider, and a browser of their own. */
export class Person {
  constructor(name) {
    this.name = name;
    this.jar = []; // { name, value, path }
  }

  async #fetch(url, options = {}) {
    const { pathname } = new URL(url);
    const cookie = this.jar.filter(({ path }) => pathname.startsWith(path)).map(({ name, value }) => `${name}=${value}`);
    const answer = await fetch(url, { ...options, redirect: 'manual', headers: { cookie: cookie.join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      const path = /; path=([^;]+)/i.exec(line)?.[1] ?? '/';
      this.jar = this.jar.filter((other) => other.name !== name || other.path !== path);
      this.jar.push({ name, value, path });
    }
    return answer;
  }

  /** Goes to the provider, signs in and consents (or says no), until it sends the browser to `redirectUri`: that URL. */
  async answer(url, redirectUri, { denies = false } = {}) {
    for (let step = 0; step < 20; ++step) {
      if (url.startsWith(redirectUri)) return url;
      let answer = await this.#fetch(url);
      if (answer.status === 200) {
        const page = await answer.text();
        const [, abort] = /<a href="([^"]+)">\[ Cancel \]/.exec(page);
        const [, action] = /action="([^"]+)" method="post"/.exec(page);
        const prompt = page.includes('name="login"') ? 'login' : 'consent';
        const body = new URLSearchParams({ prompt, login: this.name, password: 'any' });
        answer = denies && prompt === 'consent' ? await this.#fetch(abort) : await this.#fetch(action, { method: 'POST', body });
      }
      const location = answer.headers.get('location');
      if (!location) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
      url = new URL(location, url).href;
    }
    throw new Error('the provider sends people round in circles');
  }
}
