// SPDX-License-Identifier: Apache-2.0
// examples/sign_in_with against a real OpenID provider: the happy path, and everything that goes wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freePort } from '../support/server.mjs';
import { Curl, runExample, startExample } from '../support/example.mjs';
import { launch } from '../browser/browser.mjs';
import { clientId, clientSecret, Person, startProvider } from '../support/openid_provider.mjs';

/** The provider, the program, and the redirect URI between them. */
async function started(t, options = {}) {
  const port = await freePort();
  const redirectUri = `http://localhost:${port}/auth`;
  const provider = await startProvider(t, { redirectUri, ...options });
  const env = { ISSUER: provider.issuer, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, ...options.env };
  const app = await startExample(t, 'sign_in_with', { port, env });
  /** Begins a sign-in in a browser: the URL at the provider. */
  const begin = async (browser, path = '/login') => {
    const answer = await browser.get(path);
    assert.equal(answer.status, 303, answer.text);
    return answer.location;
  };
  /** Lets a person answer at the provider: the path and query that their browser is sent back to. */
  const answer = async (person, url, how) => (await person.answer(url, redirectUri, how)).slice(app.url.length);
  return { app, provider, begin, answer, browser: () => new Curl(app.url) };
}

test('signs somebody in, and out', async (t) => {
  const { app, provider, begin, answer, browser } = await started(t);
  const ada = browser();
  assert.equal((await ada.get('/', { headers: { accept: 'text/html' } })).location, '/login?next=%2F');

  const url = new URL(await begin(ada));
  assert.equal(url.origin + url.pathname, `${provider.issuer}/auth`);
  assert.equal(url.searchParams.get('response_type'), 'code');
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
  assert.match(url.searchParams.get('code_challenge'), /^[\w-]{43}$/);
  assert.ok(url.searchParams.get('nonce'));

  const back = await answer(new Person('ada'), url.href);
  const finished = await ada.get(back);
  assert.equal(finished.status, 303, finished.text);
  assert.equal(finished.location, '/');
  const home = await ada.get('/');
  assert.match(home.text, /Hello, ada@example\.com/);
  assert.match(home.text, new RegExp(`${provider.issuer} ada`));

  assert.equal((await ada.post('/logout', { csrf_token: await ada.token('/') })).location, '/signed-out');
  assert.match((await ada.get('/signed-out')).text, new RegExp(`href="${provider.issuer}/session/end\\?client_id=${clientId}`));
  assert.notEqual((await ada.get('/')).status, 200);
  assert.equal(await app.stop(), 0);
});

test('comes back to the page that asked for the sign-in, and to no other site', async (t) => {
  const { begin, answer, browser } = await started(t);
  for (const [next, expected] of [['/?tab=2', '/?tab=2'], ['https://evil.test/', '/'], ['//evil.test/', '/']]) {
    const ada = browser();
    const back = await answer(new Person('ada'), await begin(ada, `/login?next=${encodeURIComponent(next)}`));
    assert.equal((await ada.get(back)).location, expected);
  }
});

test('denied consent is 403, and nobody is signed in', async (t) => {
  const { begin, answer, browser } = await started(t);
  const ada = browser();
  const back = await answer(new Person('ada'), await begin(ada), { denies: true });
  assert.match(back, /error=access_denied/);
  const refused = await ada.get(back);
  assert.equal(refused.status, 403);
  assert.match(refused.text, /did not let you in, or you said no/);
  assert.notEqual((await ada.get('/')).status, 200);
});

test('a stolen state: what one browser began, another cannot finish, and the code is not spent', async (t) => {
  const { provider, begin, answer, browser } = await started(t);
  const eve = browser();
  const ada = browser();
  await begin(ada);
  const back = await answer(new Person('eve'), await begin(eve));
  assert.equal((await ada.get(back)).status, 403);
  assert.equal((await browser().get(back)).status, 403);
  assert.equal((await ada.get('/auth?code=anything&state=anything')).status, 403);
  assert.equal((await ada.get('/auth?code=anything')).status, 403);
  assert.ok(!provider.requests.includes('POST /token'));
  assert.equal((await eve.get(back)).status, 303);
});

test('a mixed-up issuer: a response that another provider gave, or that names none', async (t) => {
  const { provider, begin, answer, browser } = await started(t);
  const ada = browser();
  const back = new URL(await answer(new Person('ada'), await begin(ada)), 'http://localhost');
  assert.equal(back.searchParams.get('iss'), provider.issuer);
  back.searchParams.set('iss', 'https://evil.example');
  assert.equal((await ada.get(back.pathname + back.search)).status, 422);
  back.searchParams.delete('iss');
  assert.equal((await ada.get(back.pathname + back.search)).status, 422);
  assert.ok(!provider.requests.includes('POST /token'));
});

test('a replayed code is refused, and so is one that was issued for another request', async (t) => {
  const { begin, answer, browser } = await started(t);
  const ada = browser();
  const person = new Person('ada');
  const back = await answer(person, await begin(ada));
  assert.equal((await ada.get(back)).status, 303);
  assert.equal((await ada.get(back)).status, 400);

  const eves = new URL(await answer(new Person('eve'), await begin(browser())), 'http://localhost');
  const adas = new URL(await answer(person, await begin(ada)), 'http://localhost');
  adas.searchParams.set('code', eves.searchParams.get('code'));
  assert.equal((await ada.get(adas.pathname + adas.search)).status, 400);
});

test('rotated keys: the new one is fetched when a token names it', async (t) => {
  const { provider, begin, answer, browser } = await started(t);
  const first = browser();
  assert.equal((await first.get(await answer(new Person('ada'), await begin(first)))).status, 303);
  await provider.rotateKeys();
  const second = browser();
  assert.equal((await second.get(await answer(new Person('ada'), await begin(second)))).status, 303);
  assert.equal(provider.requests.filter((one) => one === 'GET /jwks').length, 2);
});

test('two tabs at once: both come back, in either order', async (t) => {
  const { begin, answer, browser } = await started(t);
  const ada = browser();
  const person = new Person('ada');
  const first = await begin(ada, '/login?next=/%3Ftab=1');
  const second = await begin(ada, '/login?next=/%3Ftab=2');
  const [firstBack, secondBack] = [await answer(person, first), await answer(person, second)];
  assert.equal((await ada.get(secondBack)).location, '/?tab=2');
  assert.equal((await ada.get(firstBack)).location, '/?tab=1');
});

test('twenty people at once make one request for metadata and one for keys', async (t) => {
  const { provider, begin, answer, browser } = await started(t);
  const signIn = async (number) => {
    const own = browser();
    return (await own.get(await answer(new Person(`person${number}`), await begin(own)))).status;
  };
  assert.deepEqual(await Promise.all([...Array(20).keys()].map(signIn)), Array(20).fill(303));
  assert.equal(provider.requests.filter((one) => one.endsWith('/openid-configuration')).length, 1);
  assert.equal(provider.requests.filter((one) => one === 'GET /jwks').length, 1);
});

test('parameters that come twice, or not at all, are 4xx', async (t) => {
  const { begin, answer, browser } = await started(t);
  const ada = browser();
  const back = await answer(new Person('ada'), await begin(ada));
  for (const path of ['/auth', `${back}&state=other`, `${back}&code=other`, '/auth?%zz', `/auth?state=${'a'.repeat(7000)}`]) {
    const { status } = await ada.get(path);
    assert.ok(status >= 400 && status < 500, `${path.slice(0, 60)}: ${status}`);
  }
});

test('a client secret that the provider does not take is a 500, and the log says why', async (t) => {
  const { app, begin, answer, browser } = await started(t, { env: { CLIENT_SECRET: 'another secret' } });
  const ada = browser();
  const back = await answer(new Person('ada'), await begin(ada));
  assert.equal((await ada.get(back)).status, 500);
  assert.match(app.log(), /oauth: token endpoint: invalid_client/);
  assert.doesNotMatch(app.log(), /another secret/);
});

test('a provider that is away is 503, and settings that are missing end the start with a sentence', async (t) => {
  const port = await freePort();
  const env = { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret, ISSUER: 'http://localhost:1' };
  const app = await startExample(t, 'sign_in_with', { port, env });
  assert.equal((await new Curl(app.url).get('/login')).status, 503);

  const missing = await runExample('sign_in_with', { env: { SECRET_KEY: 'RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM', CLIENT_ID: 'a' } });
  assert.equal(missing.code, 2);
  assert.match(missing.output, /client_secret is missing/);
});

/** A tab that knows nobody but this machine: the provider's pages ask for a font elsewhere. */
async function newTab(context) {
  const tab = await context.newPage();
  await tab.route((url) => url.hostname !== 'localhost', (route) => route.abort());
  return tab;
}

/** The provider's two forms: who are you, and is it all right? The second comes once for each person. */
async function signInAtProvider(tab, name) {
  await tab.fill('input[name=login]', name);
  await tab.fill('input[name=password]', 'any');
  await tab.click('button[type=submit]');
  await tab.waitForLoadState();
  if (await tab.locator('input[value=consent]').count()) await tab.click('button[type=submit]');
}

test('in Chromium: from a guarded page to the provider and back, and out again', async (t) => {
  const { app } = await started(t);
  const tab = await newTab(await (await launch(t)).newContext());
  await tab.goto(`${app.url}/?from=start`);
  await signInAtProvider(tab, 'ada');
  await tab.waitForURL(`${app.url}/?from=start`);
  assert.match(await tab.textContent('body'), /Hello, ada@example\.com/);
  await tab.click('button[type=submit]');
  await tab.waitForURL(`${app.url}/signed-out`);
  await tab.click('a');
  await tab.waitForURL(/\/session\/end/);
});

test('in Chromium: two tabs at once, and a person who says no', async (t) => {
  const { app } = await started(t);
  const context = await (await launch(t)).newContext();
  const [first, second, third] = [await newTab(context), await newTab(context), await newTab(context)];
  await first.goto(`${app.url}/login?next=/%3Ftab=1`);
  await second.goto(`${app.url}/login?next=/%3Ftab=2`);
  await third.goto(`${app.url}/login?next=/%3Ftab=3`);
  await signInAtProvider(second, 'ada');
  await second.waitForURL(`${app.url}/?tab=2`);
  await signInAtProvider(first, 'ada');
  await first.waitForURL(`${app.url}/?tab=1`);
  await third.click('text=Cancel');
  await third.waitForURL(/error=access_denied/);
  assert.match(await third.textContent('body'), /did not let you in, or you said no/);
});
