// SPDX-License-Identifier: Apache-2.0
// The layouts that programs may use, with one of everything: accessible (axe-core), no sideways scrolling, at both widths
// and in both colour schemes. CARDEA_SCREENSHOTS=DIR keeps a picture of each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startExample } from '../support/example.mjs';
import { axeViolations, inspectHere, launch, newPage } from './browser.mjs';

const program = process.env.CARDEA_LAYOUT_PAGES;

/** The contrast of two colours as the browser computes them, by WCAG's formula. */
function contrast(one, other) {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colours of every field and of the page around it: axe-core looks at neither edges nor placeholders. */
async function coloursOfFields(page) {
  return page.evaluate(() => {
    const background = (element) => getComputedStyle(element).backgroundColor;
    const isClear = background(document.body) === 'rgba(0, 0, 0, 0)';
    const around = background(isClear ? document.documentElement : document.body);
    return [...document.querySelectorAll('input:not([type=checkbox]), select, textarea')].map((field) => ({
      name: field.id,
      edge: getComputedStyle(field).borderTopColor,
      around,
      placeholder: getComputedStyle(field, '::placeholder').color,
      inside: background(field),
    }));
  });
}

for (const layout of ['mvpcss', 'picocss']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`layouts::${layout}, ${colorScheme}`, async (t) => {
      const { url } = await startExample(t, program);
      const browser = await launch(t);
      for (const width of [360, 1280]) {
        const page = await newPage(browser, { viewport: { width, height: 800 }, colorScheme });
        await page.goto(`${url}/${layout}`);
        await inspectHere(page, `${layout} ${width} ${colorScheme}`);
        assert.deepEqual(page.complaints.filter((line) => !/404/.test(line)), []);  // the icon
      }
      const page = await newPage(browser, { colorScheme });
      await page.goto(`${url}/${layout}`);
      for (const field of await coloursOfFields(page)) {
        assert.ok(contrast(field.edge, field.around) >= 3, `the edge of ${JSON.stringify(field)}`);
        assert.ok(contrast(field.placeholder, field.inside) >= 4.5, `the placeholder of ${JSON.stringify(field)}`);
      }
      if (layout === 'mvpcss') {
        // A browser tells nobody which links were visited, so all of them get that colour.
        await page.evaluate(() => {
          const { style } = document.documentElement;
          style.setProperty('--color-link', getComputedStyle(document.documentElement).getPropertyValue('--color-secondary'));
        });
        assert.deepEqual(await axeViolations(page), [], 'visited links');
      }
    });
  }
}
