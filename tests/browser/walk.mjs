// Walks through the report of the example as a reader does, by mouse and by keyboard, with JavaScript switched off, and
// looks for barriers with axe on every kind of page. REPORT names the folder of the report.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import { browserOf, fitsPhone, largestFamily, noBarrier, opened, skipped, tabTo, wide } from './setup.mjs';

const report = process.env.REPORT;
const url = path => pathToFileURL(join(report, path)).href;

describe('the report', { skip: skipped('report', report) }, () => {
  const browser = browserOf();
  // Without JavaScript: a report has none.
  const open = () => opened(browser(), url('index.html'), { javaScriptEnabled: false });

  test('story, edge, pair, quotation, x-ray: by mouse', async () => {
    const { page, asked, complaints } = await open();
    await page.locator('.stories h2 a').first().click();
    assert.match(page.url(), /\/story\//);
    // An edge is a bent line: a reader clicks on the line, not in the middle of its box.
    await page.locator('.picture[aria-label^=Lineage]').scrollIntoViewIfNeeded();
    const line = await page.locator('a.edge .line').first().boundingBox();
    await page.mouse.click(line.x + 1, line.y + 11);
    await page.waitForURL(/\/pair\//);
    await page.goBack();
    // The pair of which a quotation was altered: the twin of the picture leads there as well.
    await page.locator('.twin summary').click();
    const pairs = await hrefs(page, '.twin a[href*="pair/"]');
    let found = false;
    for (const pair of pairs) {
      await page.goto(pair);
      if (await page.locator('#quotations').count()) { found = true; break; }
    }
    assert.ok(found, 'one copy of the example altered a quotation');
    await page.locator('.quote .by a').first().click();
    assert.match(page.url(), /\/story\/.*#q/);
    const quote = page.locator(page.url().replace(/.*#/, '#'));
    assert.ok(await quote.isVisible());
    await quote.locator('.by a').last().click();
    assert.match(page.url(), /\/article\/.*#s\d+/);
    assert.ok(await page.locator(page.url().replace(/.*#/, '#')).isVisible());
    assert.deepEqual(complaints, []);
    assert.ok(asked.every(address => address.startsWith('file:') || address.startsWith('data:')), asked.join(' '));
  });

  test('story, edge, pair, x-ray: by keyboard', async () => {
    const { page } = await open();
    await page.keyboard.press('Tab');
    assert.ok(await page.locator('.skip:focus').isVisible(), 'the first stop leads over the head of the page');
    const follow = async (selector, folder) => {
      await tabTo(page, selector);
      await Promise.all([page.waitForURL(folder), page.keyboard.press('Enter')]);
    };
    await follow('.stories h2 a', /\/story\//);
    await follow('a.edge', /\/pair\//);
    await follow('.changes .places a', /\/article\//);
    await tabTo(page, 'summary');
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('details[open]').count(), 'a reason opens by Enter');
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds no barrier in ${colorScheme}, and no page is wider than a phone`, async () => {
      const context = await browser().newContext({ bypassCSP: true, viewport: wide, colorScheme });
      const page = await context.newPage();
      for (const path of every(colorScheme === 'light')) {
        await page.setViewportSize(wide);
        await page.goto(url(path));
        await noBarrier(page, path);
        await fitsPhone(page, path);
      }
      await context.close();
    });
  }

  test('the report in one file opens alone', { skip: process.env.SINGLE ? false : 'no such file' }, async () => {
    const address = pathToFileURL(process.env.SINGLE).href;
    const { page, asked, complaints } = await opened(browser(), address, { bypassCSP: true });
    assert.ok(await page.locator('#rests').isVisible());
    await page.locator('.pages .what a').first().click();
    assert.ok(await page.locator('tr:target').isVisible(), 'a page leads to what it rests on');
    await noBarrier(page, 'report.html');
    await fitsPhone(page, 'report.html');
    assert.deepEqual(complaints, []);
    assert.ok(asked.every(one => one.startsWith('file:') || one.startsWith('data:')), asked.join(' '));
  });

  test('who says what, by speaker, and two sides; a family collated', async () => {
    const { page, complaints } = await open();
    await page.locator('.stories h2 a').first().click();
    const voice = page.locator('details.voice').first();
    await voice.locator('summary').click();
    await voice.locator('.claims a').first().click();
    assert.match(page.url(), /\/article\/.*#s\d+/);
    await page.goBack();
    assert.ok(await page.locator('#sides').count(), 'two sides stand beside each other');
    await page.locator(await largestFamily(page, 'a[href*="family/"]')).first().click();
    await page.getByRole('link', { name: 'All of them collated' }).click();
    assert.match(page.url(), /\/collation\//);
    await page.locator('.base .num').first().click();
    assert.ok(await page.locator('.apparatus > li:target').isVisible(), 'a number leads to the readings');
    assert.deepEqual(complaints, []);
  });
});

async function hrefs(page, selector) {
  const links = await page.locator(selector).all();
  return Promise.all(links.map(async link => new URL(await link.getAttribute('href'), page.url()).href));
}

// All pages of the report, or the first two of each kind.
function every(all) {
  const pages = ['index.html', 'about.html'];
  for (const kind of ['story', 'article', 'pair', 'family', 'collation', 'source']) {
    const names = readdirSync(join(report, kind)).sort();
    pages.push(...(all ? names : names.slice(0, 2)).map(name => `${kind}/${name}`));
  }
  return pages;
}
