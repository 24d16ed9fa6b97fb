// SPDX-License-Identifier: Apache-2.0
// Every page of ours: accessible (axe-core), no sideways scrolling, nothing on the console, at both widths and in
// both colour schemes. CARDEA_SCREENSHOTS=DIR keeps a picture of each.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, startServer } from '../support/server.mjs';
import { inspectHere, launch, newPage } from './browser.mjs';

const email = 'grace@example.com';
const password = 'correct horse battery staple';
const openPages = ['/', '/login', '/register', '/no-such-page'];
const signedInPages = ['/', '/account', '/account/sessions', '/account/api-keys', '/account/password'];

async function inspect(page, url, label) {
  await page.goto(url);
  await inspectHere(page, label);
}

for (const width of [360, 1280]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`pages at ${width} px, ${colorScheme}`, async (t) => {
      const server = await startServer(t);
      const browser = await launch(t);
      const page = await newPage(browser, { viewport: { width, height: 800 }, colorScheme });
      const api = new Client(server.url);
      assert.equal((await api.post('/api/v1/register', { email, password, name: 'GraceBrewsterMurrayHopperOfTheUnitedStatesNavy' })).status, 201);

      for (const path of openPages) await inspect(page, server.url + path, `out ${path} ${width} ${colorScheme}`);

      await page.goto(`${server.url}/login`);
      await page.getByLabel('E-mail or user name').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL(`${server.url}/account`);
      for (const path of signedInPages) await inspect(page, server.url + path, `in ${path} ${width} ${colorScheme}`);
      if (width === 360) {
        await page.goto(`${server.url}/account/sessions`);
        const left = (name) => page.locator(name).first().evaluate((element) => element.getBoundingClientRect().left);
        assert.equal(await left('.tag'), await left('.row-text'), 'the badge stands under its text');
      }

      await page.goto(`${server.url}/account/api-keys`);
      await page.getByLabel('What it is for').fill('nightly report');
      await page.getByLabel('Scopes').fill('reports:read orders');
      await page.getByRole('button', { name: 'Make an API key' }).click();
      await page.locator('.copy code').waitFor();
      await inspectHere(page, `in made-api-key ${width} ${colorScheme}`);
      for (const name of ['Replace', 'Revoke']) await page.getByLabel(`${name}: nightly report`).click();
      await inspectHere(page, `in api-key-actions ${width} ${colorScheme}`);

      const unexpected = page.complaints.filter((line) => !/404/.test(line));
      assert.deepEqual(unexpected, []);
    });
  }
}

test('the API documentation renders', async (t) => {
  const server = await startServer(t);
  const browser = await launch(t);
  for (const colorScheme of ['light', 'dark']) {
    for (const [path, text] of [['/docs', '/api/v1/login'], ['/redoc', 'Register an account']]) {
      const page = await newPage(browser, { colorScheme });
      await page.goto(server.url + path);
      await page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor({ timeout: 15_000 });
      assert.deepEqual(page.complaints, [], path);
      const folder = process.env.CARDEA_SCREENSHOTS;
      if (folder) await page.screenshot({ path: join(folder, `docs-${path.slice(1)}-${colorScheme}.png`) });
      const paper = await page.evaluate(() => [document.body, document.documentElement]
        .map((element) => getComputedStyle(element).backgroundColor).find((color) => color !== 'rgba(0, 0, 0, 0)'));
      const brightness = Math.max(...(paper ?? 'rgb(255, 255, 255)').match(/\d+/g).slice(0, 3).map(Number));
      assert.equal(brightness > 200, colorScheme === 'light', `${path} ${colorScheme}: ${paper}`);
    }
  }
});
