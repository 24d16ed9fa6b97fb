// SPDX-License-Identifier: Apache-2.0
// "Sign in with ..." in a real browser, which enforces our Content-Security-Policy on the way out and our cookies'
// SameSite on the way back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWithProviders } from '../support/provider_server.mjs';
import { inspectHere, launch, newPage } from './browser.mjs';

const password = 'correct horse battery staple';

/** A page that knows nobody but this machine: the provider's pages ask for a font elsewhere. */
async function newTab(browser, options) {
  const page = await newPage(browser, options);
  await page.route((url) => url.hostname !== 'localhost', (route) => route.abort());
  return page;
}

/** The provider's two forms: who are you, and is it all right? The second comes once for each person. */
async function signInAtProvider(page, name) {
  await page.fill('input[name=login]', name);
  await page.fill('input[name=password]', 'any');
  await page.click('button[type=submit]');
  await page.waitForLoadState();
  if (await page.locator('input[value=consent]').count()) await page.click('button[type=submit]');
}

test('from the sign-in page to the provider and into an account; connect another, and take it off', async (t) => {
  const { url } = await startWithProviders(t, { ids: ['staff', 'club'] });
  const page = await newTab(await launch(t));
  await page.goto(`${url}/account/sessions`);
  await page.getByRole('link', { name: 'Continue with The staff' }).click();
  await signInAtProvider(page, 'ada');
  await page.waitForURL(`${url}/account/sessions`);

  await page.goto(`${url}/account`);
  await page.getByRole('link', { name: 'Ways to sign in' }).click();
  await page.getByRole('button', { name: /^Connect/ }).click();
  await signInAtProvider(page, 'countess');
  await page.waitForURL(`${url}/account/identities?notice=linked`);
  assert.equal(await page.getByRole('button', { name: 'Disconnect' }).count(), 2);
  await page.getByRole('button', { name: 'Disconnect' }).first().click();
  await page.waitForURL(`${url}/account/identities?notice=unlinked`);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.waitForURL(`${url}/account/identities?notice=last`);
  assert.match(await page.textContent('[role=alert]'), /only way into your account/);
});

test('an account that is there is linked by its password alone', async (t) => {
  const { url } = await startWithProviders(t, { ids: ['staff', 'club'] });
  const browser = await launch(t);
  const ada = await newTab(browser);
  await ada.goto(`${url}/login/staff`);
  await signInAtProvider(ada, 'ada');
  await ada.waitForURL(`${url}/account`);
  await ada.goto(`${url}/account/password`);
  await ada.getByLabel('New password', { exact: true }).fill(password);
  await ada.getByRole('button', { name: 'Set password' }).click();
  await ada.waitForURL(`${url}/account/password?notice=set`);

  const other = await newTab(browser);
  await other.goto(`${url}/login/club`);
  await signInAtProvider(other, 'ada');
  await other.waitForURL(`${url}/login/club/account`);
  await other.getByLabel('Password', { exact: true }).fill('a guess of mine');
  await other.getByRole('button', { name: 'Connect and sign in' }).click();
  assert.match(await other.textContent('.problem'), /not right/);
  await other.getByLabel('Password', { exact: true }).fill(password);
  await other.getByRole('button', { name: 'Connect and sign in' }).click();
  await other.waitForURL(`${url}/account`);
  assert.match(await other.textContent('main'), /ada@example\.com/);
});

for (const width of [360, 1280]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`pages with providers at ${width} px, ${colorScheme}`, async (t) => {
      const { url } = await startWithProviders(t, { ids: ['staff', 'club'] });
      const browser = await launch(t);
      const options = { viewport: { width, height: 800 }, colorScheme };
      const page = await newTab(browser, options);
      const inspect = (label) => inspectHere(page, `providers ${label} ${width} ${colorScheme}`);
      await page.goto(`${url}/login?notice=provider-denied`);
      await inspect('sign-in');
      await page.goto(`${url}/register`);
      await inspect('register');

      await page.goto(`${url}/login/staff`);
      await signInAtProvider(page, 'ada');
      await page.waitForURL(`${url}/account`);
      await inspect('account');
      await page.goto(`${url}/account/identities`);
      await inspect('identities');
      await page.goto(`${url}/account/password`);
      await inspect('first-password');

      await page.context().clearCookies({ name: /cardea/ });
      await page.goto(`${url}/login/club`);
      await signInAtProvider(page, 'ada');
      await page.waitForURL(`${url}/login/club/account`);
      await inspect('question');
    });
  }
}
