// SPDX-License-Identifier: Apache-2.0
// The whole journey of a person, in a real browser and with the keyboard only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/server.mjs';
import { launch, newPage } from './browser.mjs';

const email = 'ada@example.com';
const password = 'correct horse battery staple';
const newPassword = 'a quite different long passphrase';

async function focusOn(page, locator) {
  for (let i = 0; i < 60; i += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard cannot reach ${locator}`);
}

async function typeInto(page, label, text) {
  await focusOn(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

async function press(page, role, name) {
  await focusOn(page, page.getByRole(role, { name, exact: true }).first());
  const loaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await loaded;
}

async function signIn(page, url, secret) {
  await page.goto(`${url}/login`);
  await typeInto(page, 'E-mail or user name', email);
  await typeInto(page, 'Password', secret);
  await press(page, 'button', 'Sign in');
}

test('register, sign in, see two sessions, end the other, change the password, sign out', async (t) => {
  const server = await startServer(t);
  const browser = await launch(t);
  const first = await newPage(browser, { viewport: { width: 1280, height: 800 } });
  const second = await newPage(browser, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });

  await first.goto(server.url);
  await press(first, 'link', 'Create an account');
  assert.ok(await first.getByText('At least 12 characters').isVisible());
  await typeInto(first, 'E-mail or user name', email);
  await typeInto(first, 'Your name (optional)', 'Ada Lovelace');
  await typeInto(first, 'Password', password);
  await press(first, 'button', 'Create account');
  assert.equal(new URL(first.url()).pathname, '/login', 'registration does not sign in');
  assert.equal(await first.getByLabel('E-mail or user name').inputValue(), email, 'the name is there already');
  assert.equal(first.url().includes('ada'), false, 'and not in the address');

  await signIn(first, server.url, password);
  assert.equal(new URL(first.url()).pathname, '/account');
  await signIn(second, server.url, password);

  await first.goto(`${server.url}/account/sessions`);
  assert.equal(await first.getByRole('listitem').filter({ hasText: 'Signed in' }).count(), 2);
  const own = first.getByRole('listitem').filter({ hasText: 'You are here' });
  assert.match(await own.innerText(), /Last seen now/);
  await press(first, 'button', /^End: Chrome/);
  assert.equal(await first.getByRole('listitem').filter({ hasText: 'Signed in' }).count(), 1);
  await second.goto(`${server.url}/account`);
  assert.equal(new URL(second.url()).pathname, '/login', 'the ended session is over at once');

  await first.goto(`${server.url}/account/password`);
  await typeInto(first, 'Current password', password);
  await typeInto(first, 'New password', newPassword);
  await press(first, 'button', 'Change password');
  assert.ok(await first.getByText('Your password was changed').isVisible());

  await press(first, 'button', 'Sign out');
  await first.goto(`${server.url}/account`);
  assert.equal(new URL(first.url()).pathname, '/login');
  await signIn(second, server.url, newPassword);
  assert.equal(new URL(second.url()).pathname, '/account');

  assert.deepEqual(first.complaints, []);
  assert.deepEqual(second.complaints, []);
});

test('sign-in returns to the page that asked for it, and only to our own pages', async (t) => {
  const server = await startServer(t);
  const browser = await launch(t);
  const page = await newPage(browser);
  await fetch(`${server.url}/api/v1/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });

  await page.goto(`${server.url}/account/password`);
  assert.equal(new URL(page.url()).pathname, '/login');
  await typeInto(page, 'E-mail or user name', email);
  await typeInto(page, 'Password', password);
  await press(page, 'button', 'Sign in');
  assert.equal(new URL(page.url()).pathname, '/account/password');

  await page.context().clearCookies();
  await page.goto(`${server.url}/login?next=${encodeURIComponent('//evil.example/')}`);
  await typeInto(page, 'E-mail or user name', email);
  await typeInto(page, 'Password', password);
  await press(page, 'button', 'Sign in');
  assert.equal(new URL(page.url()).origin, server.url);
});

test('a wrong password says so without saying which half was wrong', async (t) => {
  const server = await startServer(t);
  const browser = await launch(t);
  const page = await newPage(browser);

  await page.goto(`${server.url}/login`);
  await typeInto(page, 'E-mail or user name', 'nobody@example.com');
  await typeInto(page, 'Password', 'not the right password');
  await press(page, 'button', 'Sign in');

  const alert = page.getByRole('alert');
  assert.match(await alert.innerText(), /e-mail, user name or password is not right/i);
  assert.equal(await page.getByLabel('E-mail or user name').inputValue(), 'nobody@example.com');
  assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '');
});

test('make an API key, let a program in with it, and shut it out, without JavaScript', async (t) => {
  const server = await startServer(t);
  const browser = await launch(t);
  const page = await newPage(browser, { javaScriptEnabled: false });
  await fetch(`${server.url}/api/v1/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  await page.goto(`${server.url}/account/api-keys`);
  await page.getByLabel('E-mail or user name').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  assert.equal(new URL(page.url()).pathname, '/account/api-keys');
  assert.ok(await page.getByText('You have no API keys.').isVisible());

  await page.getByLabel('What it is for').fill('nightly report');
  await page.getByLabel('Scopes').fill('two"words');
  await page.getByRole('button', { name: 'Make an API key' }).click();
  assert.ok(await page.getByText('without quotes and backslashes').isVisible());
  assert.equal(await page.getByLabel('What it is for').inputValue(), 'nightly report', 'what was typed is kept');
  await page.getByLabel('Scopes').fill('reports:read, orders');
  await page.getByLabel('How long it is good').selectOption('Until I revoke it');
  await page.getByRole('button', { name: 'Make an API key' }).click();
  const key = await page.locator('.copy code').innerText();

  const ask = () => fetch(`${server.url}/api/v1/session`, { headers: { 'X-API-Key': key } });
  assert.deepEqual((await (await ask()).json()).api_key.scopes, ['reports:read', 'orders']);
  await page.goto(`${server.url}/account/api-keys`);
  assert.equal((await page.content()).includes(key), false, 'shown once');
  assert.ok(await page.getByText('Does not expire').isVisible());

  await page.getByLabel('Replace: nightly report').click();
  await page.getByLabel('How long the old key goes on').selectOption('Not at all');
  await page.getByRole('button', { name: 'Make the new key' }).click();
  const newKey = await page.locator('.copy code').innerText();
  assert.equal((await ask()).status, 401, 'the old key is replaced');
  const askWithNew = () => fetch(`${server.url}/api/v1/session`, { headers: { 'X-API-Key': newKey } });
  assert.deepEqual((await (await askWithNew()).json()).api_key.scopes, ['reports:read', 'orders']);

  await page.getByLabel('Revoke: nightly report').first().click();
  assert.equal((await askWithNew()).status, 200, 'asked once more before it is revoked');
  await page.getByRole('button', { name: 'Revoke the key' }).first().click();
  assert.ok(await page.getByText('The API key was revoked.').isVisible());
  assert.equal((await askWithNew()).status, 401);
  assert.deepEqual(page.complaints.filter((line) => !/422/.test(line)), []);
});
