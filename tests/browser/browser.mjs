// SPDX-License-Identifier: Apache-2.0
// A real browser for the tests: Debian's Chromium, driven by playwright-core, that talks to nobody but our server.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const require = createRequire(resolve(import.meta.dirname, '../../web/package.json'));
const { chromium } = require('playwright-core');

const executablePath = process.env.CARDEA_CHROMIUM ?? '/usr/bin/chromium';

/** `more` are further arguments of Chromium. */
export async function launch(t, more = []) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', ...more],
  });
  t.after(() => browser.close());
  return browser;
}

/** A page of a fresh profile whose console errors and failed requests are collected in `page.complaints`. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('requestfailed', (request) => {
    // What a navigation cuts off has not failed.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') page.complaints.push(`${request.url()} ${reason}`);
  });
  return page;
}

/** The violations that axe-core finds, as readable lines. */
export async function axeViolations(page) {
  // The page's own policy forbids inline scripts; the debugger protocol runs the source beside it.
  await page.evaluate(require('axe-core').source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).join(', ')})`);
}

/**
 * That a page is accessible and does not scroll sideways. CARDEA_SCREENSHOTS=DIR keeps a picture of it.
 */
export async function inspectHere(page, label) {
  assert.deepEqual(await axeViolations(page), [], `${label}: axe`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${label}: scrolls sideways by ${overflow} px`);
  const folder = process.env.CARDEA_SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${label.replace(/[^a-z0-9]+/gi, '-')}.png`), fullPage: true });
}
