// SPDX-License-Identifier: Apache-2.0
// What a form does when something is wrong, and what the script adds where there is one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, startServer } from '../support/server.mjs';
import { inspectHere, launch, newPage } from './browser.mjs';

const email = 'ada@example.com';
const password = 'correct horse battery staple';

async function register(server, name) {
  assert.equal((await new Client(server.url).post('/api/v1/register', { email, password, name })).status, 201);
}

async function signIn(page, secret = password) {
  await page.getByLabel('E-mail or user name').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

for (const javaScriptEnabled of [true, false]) {
  test(`a form that did not work says so first, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const server = await startServer(t);
    await register(server);
    const page = await newPage(await launch(t), { javaScriptEnabled });

    await page.goto(`${server.url}/login`);
    await signIn(page, 'not the right password');
    assert.match(await page.title(), /^Problem: Sign in/);
    assert.equal(await page.locator(':focus').getAttribute('id'), 'password');
    assert.equal(await page.locator(':focus').getAttribute('aria-describedby'), 'problem');

    await page.goto(`${server.url}/register`);
    await page.getByLabel('E-mail or user name').fill('ada@nowhere@example.com');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    assert.match(await page.title(), /^Problem: /);
    assert.equal(await page.locator(':focus').getAttribute('id'), 'login');
    await page.getByLabel('E-mail or user name').fill('grace@example.com');
    await page.getByLabel('Password', { exact: true }).fill('too short');
    await page.getByRole('button', { name: 'Create account' }).click();
    assert.equal(await page.locator(':focus').getAttribute('id'), 'password');
    assert.ok(await page.getByText('Please use at least 12 characters.').isVisible());
  });
}

test('a sign-in page without its cookie, as after a night, signs in and leads where it should', async (t) => {
  const server = await startServer(t);
  await register(server);
  const page = await newPage(await launch(t));

  await page.goto(`${server.url}/account/sessions`);
  await page.context().clearCookies();
  await signIn(page);

  assert.equal(new URL(page.url()).pathname, '/account/sessions');
});

test('after too many tries the page says how long to wait', async (t) => {
  const server = await startServer(t);
  await register(server);
  const page = await newPage(await launch(t));
  await page.goto(`${server.url}/login`);

  for (let i = 0; i < 12; i += 1) {
    await signIn(page, `a wrong password ${i}`);
    if (/wait/.test(await page.getByRole('alert').innerText())) break;
  }

  assert.match(await page.getByRole('alert').innerText(), /^Please wait \d+ (second|minute)s? before you try again\.$/);
  await inspectHere(page, 'too many tries');
});

test('the link of an invitation fills in its code, which leaves the address', async (t) => {
  const server = await startServer(t, { args: ['--registration', 'invitation'] });
  const page = await newPage(await launch(t));

  await page.goto(`${server.url}/register#abc_DEF-123`);

  assert.equal(await page.getByLabel('Invitation code').inputValue(), 'abc_DEF-123');
  assert.equal(page.url(), `${server.url}/register`);
});

test('a new API key is copied by its button', async (t) => {
  const server = await startServer(t);
  await register(server);
  const page = await newPage(await launch(t), { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`${server.url}/account/api-keys`);
  await signIn(page);
  await page.getByLabel('What it is for').fill('nightly report');
  await page.getByRole('button', { name: 'Make an API key' }).click();

  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();

  const key = await page.locator('.copy code').innerText();
  assert.match(key, /^cardea_/);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), key);
});

test('times are shown as the reader writes them', async (t) => {
  const server = await startServer(t);
  await register(server);
  const page = await newPage(await launch(t), { locale: 'de-DE' });
  await page.goto(`${server.url}/account/sessions`);
  await signIn(page);

  assert.match(await page.locator('time').first().innerText(), /^\d\d\.\d\d\.\d{4}, \d\d:\d\d$/);
});

test('a page below the account leads back to it, and a card is a link as a whole', async (t) => {
  const server = await startServer(t);
  await register(server);
  const page = await newPage(await launch(t), { viewport: { width: 360, height: 740 } });
  await page.goto(`${server.url}/account`);
  await signIn(page);

  await page.locator('.card', { hasText: 'Change your password' }).click({ position: { x: 5, y: 5 } });
  assert.equal(new URL(page.url()).pathname, '/account/password');
  assert.equal(await page.getByRole('link', { name: 'Account', exact: true }).getAttribute('aria-current'), 'true');
  assert.equal(await page.locator('input[autocomplete=username]').inputValue(), email, 'for password managers');
  await page.getByRole('link', { name: 'Your account' }).click();
  assert.equal(new URL(page.url()).pathname, '/account');
});
