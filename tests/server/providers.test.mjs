// SPDX-License-Identifier: Apache-2.0
// "Sign in with ..." in `cardea serve`, against a real OpenID provider: who gets in where, and who does not.
import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Curl } from '../support/example.mjs';
import { Person } from '../support/openid_provider.mjs';
import { startWithProviders, writeConfig } from '../support/provider_server.mjs';
import { cardea, Client, freePort, startServer } from '../support/server.mjs';

const password = 'correct horse battery staple';

/** A server with providers, and what people do with them. */
async function started(t, options) {
  const { server, url, providers } = await startWithProviders(t, options);
  /** Lets a person answer at the provider, and comes back: the answer of the server to the callback. */
  const comeBack = async (browser, person, location, id = 'staff', how = {}) => {
    const back = await person.answer(location, `${url}/login/${id}/callback`, how);
    return browser.get(back.slice(url.length));
  };
  /** From the sign-in page to wherever the server sends the browser after the provider. */
  const signIn = async (browser, name, id = 'staff', how = {}) => {
    const begun = await browser.get(`/login/${id}`);
    assert.equal(begun.status, 303, begun.text);
    return comeBack(browser, new Person(name), begun.location, id, how);
  };
  /** Connects an identity to the account that the browser is signed in to. */
  const connect = async (browser, name, id = 'staff') => {
    const csrf_token = await browser.token('/account/identities');
    const page = await browser.post(`/account/providers/${id}/link`, { csrf_token });
    assert.equal(page.status, 200, page.text);
    const [, location] = /^0; url=(.*)$/.exec(page.headers.get('refresh'));
    return comeBack(browser, new Person(name), location, id);
  };
  return { server, url, providers, comeBack, signIn, connect, browser: () => new Curl(url) };
}

/** Somebody who registered here with a password, and is signed in. */
async function registered(url, login) {
  const api = new Client(url);
  const made = await api.post('/api/v1/register', { [login.includes('@') ? 'email' : 'username']: login, password });
  assert.equal(made.status, 201, made.text);
  const browser = new Curl(url);
  const signedIn = await browser.post('/login', { csrf_token: await browser.token('/login'), login, password });
  assert.equal(signedIn.location, '/account');
  return browser;
}

const idOf = (text) => /<code>([0-9a-z]{26})<\/code>/.exec(text)[1];
const isSignedIn = async (browser) => (await browser.get('/account')).status === 200;
const accountOf = async (browser) => idOf((await browser.get('/account')).text);

test('the sign-in page leads to the provider, and the provider back into an account', async (t) => {
  const { url, providers, signIn, browser } = await started(t);
  const ada = browser();
  assert.match((await ada.get('/login?next=%2Faccount%2Fsessions')).text,
    /href="\/login\/staff\?next=%2Faccount%2Fsessions"[^>]*>Continue with The staff</);

  const begun = new URL((await ada.get('/login/staff?next=%2Faccount%2Fsessions')).location);
  assert.equal(begun.origin, providers.staff.issuer);
  assert.equal(begun.searchParams.get('redirect_uri'), `${url}/login/staff/callback`);
  const back = await new Person('ada').answer(begun.href, `${url}/login/staff/callback`);
  const finished = await ada.get(back.slice(url.length));
  assert.equal(finished.status, 303);
  assert.equal(finished.location, '/account/sessions');

  const account = (await ada.get('/account')).text;
  assert.match(account, /ada@example\.com/);
  assert.match(account, /ADA/);
  const again = browser();
  assert.equal((await signIn(again, 'ada')).location, '/account');
  assert.equal(await accountOf(again), idOf(account));
  const { headers } = await again.get('/auth/verify');
  assert.equal(headers.get('x-auth-email'), 'ada@example.com', 'an address that is proven');
});

test('what goes wrong ends on the sign-in page with a sentence of ours', async (t) => {
  const { signIn, comeBack, browser } = await started(t);
  const sentence = async (one, answer) => {
    assert.equal(answer.status, 303);
    return (await one.get(answer.location)).text;
  };
  const ada = browser();
  const denied = await signIn(ada, 'ada', 'staff', { denies: true });
  assert.equal(denied.location, '/login?notice=provider-denied');
  assert.match(await sentence(ada, denied), /said no/);

  const forged = await ada.get('/login/staff/callback?error=access_denied&error_description=%3Cb%3Eboo&state=x');
  assert.equal(forged.location, '/login?notice=provider-restart');
  assert.doesNotMatch(await sentence(ada, forged), /boo/);
  assert.doesNotMatch((await ada.get('/login?notice=<b>boo')).text, /boo/);

  const eve = browser();
  const evesWay = (await eve.get('/login/staff')).location;
  const stolen = await comeBack(ada, new Person('eve'), evesWay);
  assert.equal(stolen.location, '/login?notice=provider-restart', 'another browser began it');
  assert.equal(await isSignedIn(ada), false);

  assert.equal((await ada.get('/login/nobody')).status, 404);
  assert.equal((await ada.get('/login/nobody/callback')).status, 404);
  assert.equal((await ada.get('/login/staff/account')).location, '/login?notice=provider-restart');
  assert.equal((await ada.post('/login/staff/new', {})).status, 403);
});

test('a provider that is away is a sentence, and the log says why', async (t) => {
  const config = await writeConfig(t, { staff: 'http://localhost:1' });
  const server = await startServer(t, { args: ['--config', config] });
  const answer = await new Curl(server.url).get('/login/staff');
  assert.equal(answer.location, '/login?notice=provider-unavailable');
  await server.stop();
  assert.match(server.log(), /provider\.unavailable provider=staff/);
});

test('two tabs at once: one signs in, and the other finds it done', async (t) => {
  const { comeBack, browser } = await started(t);
  const ada = browser();
  const [first, second] = [(await ada.get('/login/staff')).location, (await ada.get('/login/staff')).location];
  const person = new Person('ada');
  assert.equal((await comeBack(ada, person, second)).location, '/account');
  assert.equal((await comeBack(ada, person, first)).location, '/account/identities?notice=provider-restart');
  assert.equal((await ada.get('/account')).status, 200);
});

test('an account that somebody made beforehand with the address belongs to whose address it is', async (t) => {
  const { url, signIn, browser } = await started(t);
  const mallory = await registered(url, 'ada@example.com');
  const made = await accountOf(mallory);

  const ada = browser();
  assert.equal((await signIn(ada, 'ada')).location, '/account');

  assert.equal(await accountOf(ada), made);
  assert.equal(await isSignedIn(mallory), false, 'the session that was there is over');
  const again = await new Client(url).post('/api/v1/login', { email: 'ada@example.com', password });
  assert.equal(again.status, 401, 'and so is the password');
});

test('an address is nobody\'s where the provider is not trusted to check it', async (t) => {
  const { url, signIn, browser } = await started(t, { trustEmail: false });
  const grace = await registered(url, 'ada@example.com');

  const ada = browser();
  assert.equal((await signIn(ada, 'ada')).location, '/account');

  assert.notEqual(await accountOf(ada), await accountOf(grace));
  assert.doesNotMatch((await ada.get('/account')).text, /ada@example\.com/);
  assert.equal((await new Client(url).post('/api/v1/login', { email: 'ada@example.com', password })).status, 200);
});

test('an address that is proven here is not given away: password, or an account of its own', async (t) => {
  const { url, signIn, browser } = await started(t, { ids: ['staff', 'careless'] });
  const ada = browser();
  await signIn(ada, 'ada');
  const adas = await accountOf(ada);
  const set = await ada.post('/account/password', {
    csrf_token: await ada.token('/account/password'), new_password: password,
  });
  assert.equal(set.location, '/account/password?notice=set');

  const other = browser();
  assert.equal((await signIn(other, 'ada', 'careless')).location, '/login/careless/account');
  const question = (await other.get('/login/careless/account')).text;
  assert.match(question, /An account here has your address: <strong>ada@example\.com/);
  const csrf_token = await other.token('/login/careless/account');
  const wrong = await other.post('/login/careless/link', { csrf_token, password: 'a guess of mine' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /The password is not right/);
  assert.equal(await isSignedIn(other), false);
  assert.equal((await other.get('/login/staff/account')).location, '/login?notice=provider-restart', 'another provider asked nothing');
  assert.equal((await other.post('/login/staff/link', { csrf_token, password })).status, 403);

  const eve = other.copy();
  assert.equal((await other.post('/login/careless/link', { csrf_token, password })).location, '/account');
  assert.equal(await accountOf(other), adas);
  const copied = await eve.post('/login/careless/new', { csrf_token });
  assert.equal(copied.location, '/login?notice=provider-restart', 'one flow signs in once');
  assert.equal(await isSignedIn(eve), false);

  const session = (await new Client(url).post('/api/v1/login', { email: 'ada@example.com', password })).status;
  assert.equal(session, 200);
});

test('who does not give the password gets an account without the address', async (t) => {
  const { signIn, browser } = await started(t, { ids: ['staff', 'careless'] });
  const ada = browser();
  await signIn(ada, 'ada');

  const other = browser();
  await signIn(other, 'ada', 'careless');
  const page = (await other.get('/login/careless/account')).text;
  assert.match(page, /Sign in to it the way you did before/, 'that account has no password');
  const csrf_token = await other.token('/login/careless/account');
  assert.equal((await other.post('/login/careless/new', { csrf_token })).location, '/account');
  assert.notEqual(await accountOf(other), await accountOf(ada));
  assert.doesNotMatch((await other.get('/account')).text, /ada@example\.com/);
});

test('connects and disconnects identities, but never the last way in', async (t) => {
  const { url, signIn, connect, browser } = await started(t, { ids: ['staff', 'club'] });
  const grace = await registered(url, 'grace');
  const account = await accountOf(grace);
  assert.match((await grace.get('/account/identities')).text, /No account from elsewhere is connected/);

  assert.equal((await connect(grace, 'hopper')).location, '/account/identities?notice=linked');
  const listed = (await grace.get('/account/identities')).text;
  assert.match(listed, /<strong>The staff<\/strong>/);
  assert.match(listed, /hopper@example\.com/);
  const byProvider = browser();
  assert.equal((await signIn(byProvider, 'hopper')).location, '/account');
  assert.equal(await accountOf(byProvider), account);

  const unlink = async (one) => {
    const page = (await one.get('/account/identities')).text;
    const [, path] = /action="(\/account\/identities\/[0-9a-z]{26}\/unlink)"/.exec(page);
    return one.post(path, { csrf_token: await one.token('/account/identities') });
  };
  assert.equal((await unlink(grace)).location, '/account/identities?notice=unlinked');
  assert.equal(await isSignedIn(byProvider), false, 'who came by it is out');
  assert.equal(await isSignedIn(grace), true, 'who took it off is not');
  const stranger = browser();
  await signIn(stranger, 'hopper');
  assert.notEqual(await accountOf(stranger), account, 'it signs in to that account no more');

  assert.equal((await unlink(stranger)).location, '/account/identities?notice=last');
  assert.match((await stranger.get('/account/identities?notice=last')).text, /only way into your account/);
  assert.equal((await connect(stranger, 'hopper', 'club')).location, '/account/identities?notice=linked');
  assert.equal((await unlink(stranger)).location, '/account/identities?notice=unlinked');
});

test('confirms by a new sign-in at the provider, which its ID token proves', async (t) => {
  const { signIn, browser } = await started(t);
  const ada = browser();
  await signIn(ada, 'ada');
  const asked = new URL((await ada.get('/login/staff')).location).searchParams;
  assert.equal(asked.get('prompt'), 'login');
  assert.equal(asked.get('max_age'), '60');
  assert.equal((await signIn(ada, 'ada')).location, '/account');
});

test('an operator sees who signs in at providers, and ends it', async (t) => {
  const { server, signIn, browser } = await started(t);
  const ada = browser();
  await signIn(ada, 'ada');
  const operator = (...args) => cardea(['account', ...args, '--data', server.data]);
  const [identity] = JSON.parse((await operator('identities', 'ada@example.com', '--json')).stdout).identities;
  assert.equal(identity.subject, 'ada');
  const refused = await operator('unlink', 'ada@example.com', identity.id);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /--force/);
  assert.equal(await isSignedIn(ada), true);
  assert.equal((await operator('unlink', 'ada@example.com', identity.id, '--force')).code, 0);
  assert.equal(await isSignedIn(ada), false);
});

test('what is connected to somebody else cannot be connected again', async (t) => {
  const { url, signIn, connect, browser } = await started(t);
  await signIn(browser(), 'ada');
  const grace = await registered(url, 'grace');
  const taken = await connect(grace, 'ada');
  assert.equal(taken.location, '/account/identities?notice=provider-taken');
  assert.match((await grace.get(taken.location)).text, /connected to another account/);
});

test('connecting asks for our own form', async (t) => {
  const { url } = await started(t);
  const grace = await registered(url, 'grace');
  assert.equal((await grace.post('/account/providers/staff/link', {})).status, 403);
  const crossSite = { headers: { 'sec-fetch-site': 'cross-site' } };
  const csrf_token = await grace.token('/account/identities');
  assert.equal((await grace.post('/account/providers/staff/link', { csrf_token }, crossSite)).status, 403);
  assert.equal((await grace.get('/account/providers/staff/link')).status, 405);
});

test('closed registration lets nobody new in, and whom the operator added', async (t) => {
  const { server, signIn, browser } = await started(t, { lines: 'registration = "closed"' });
  const stranger = browser();
  const refused = await signIn(stranger, 'eve');
  assert.equal(refused.location, '/login?notice=provider-unknown');
  assert.match((await stranger.get(refused.location)).text, /registration is closed/);

  const added = await cardea(['account', 'add', '--email', 'ada@example.com', '--no-password', '--data', server.data]);
  assert.equal(added.code, 0, added.stderr);
  assert.equal((await signIn(browser(), 'ada')).location, '/account');
});

test('by invitation, the code is asked for after the provider', async (t) => {
  const { server, signIn, browser } = await started(t, { lines: 'registration = "invitation"' });
  const ada = browser();
  assert.equal((await signIn(ada, 'ada')).location, '/login/staff/account');
  const csrf_token = await ada.token('/login/staff/account');
  const wrong = await ada.post('/login/staff/new', { csrf_token, invitation: 'made up' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /The invitation is not good/);

  const { stdout } = await cardea(['invite', '--data', server.data]);
  const [code] = stdout.split('\n');
  assert.equal((await ada.post('/login/staff/new', { csrf_token, invitation: code })).location, '/account');
  assert.match((await ada.get('/account')).text, /ada@example\.com/);
});

test('settings that are wrong end the start with a sentence', async (t) => {
  const config = await writeConfig(t, { staff: 'http://login.example.com' });
  const check = await cardea(['config', 'check', '--config', config]);
  assert.equal(check.code, 2);
  assert.match(check.stderr, /issuer has to be https/);

  const good = await writeConfig(t, { staff: 'https://login.example.com' });
  await chmod(join(good, '..', 'client.secret'), 0o644);
  const port = await freePort();
  const serve = await cardea(['serve', '--config', good, '--listen', `127.0.0.1:${port}`, '--data', join(good, '..', 'data')]);
  assert.notEqual(serve.code, 0);
  assert.match(serve.stderr, /others can read the client secret of the provider staff: chmod 600/);
});
