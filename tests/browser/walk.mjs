// Walks through the report of the example as a reader does, by mouse and by keyboard, with JavaScript switched off, and
// looks for barriers with axe on every kind of page. REPORT names the folder of the report.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';

const report = process.env.REPORT;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const skip = !report || !existsSync(executablePath) ? 'no report or no browser' : false;
const url = path => pathToFileURL(join(report, path)).href;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { width: 390, height: 800 };
const wide = { width: 1200, height: 900 };

describe('the report', { skip }, () => {
  let browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
    });
  });
  after(() => browser?.close());

  // A page without JavaScript; what it asks for and what the browser complains of are noted.
  async function open(options = {}) {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: wide, ...options });
    const page = await context.newPage();
    const asked = [];
    const complaints = [];
    page.on('request', request => asked.push(request.url()));
    page.on('console', message => complaints.push(message.text()));
    await page.goto(url('index.html'));
    return { page, asked, complaints };
  }

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
    const tabTo = async selector => {
      for (let presses = 0; presses < 400; presses++) {
        await page.keyboard.press('Tab');
        if (await page.locator(`:is(${selector}):focus`).count()) return;
      }
      assert.fail(`${selector} is not reached`);
    };
    await page.keyboard.press('Tab');
    assert.ok(await page.locator('.skip:focus').isVisible(), 'the first stop leads over the head of the page');
    const follow = async (selector, folder) => {
      await tabTo(selector);
      await Promise.all([page.waitForURL(folder), page.keyboard.press('Enter')]);
    };
    await follow('.stories h2 a', /\/story\//);
    await follow('a.edge', /\/pair\//);
    await follow('.changes .places a', /\/article\//);
    await tabTo('summary');
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('details[open]').count(), 'a reason opens by Enter');
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds no barrier in ${colorScheme}`, async () => {
      const context = await browser.newContext({ bypassCSP: true, viewport: wide, colorScheme });
      const page = await context.newPage();
      for (const path of every(colorScheme === 'light')) {
        await page.goto(url(path));
        // What is folded away is read as well.
        await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }));
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html).join(' | ')}`);
        assert.deepEqual(told, [], path);
      }
      await context.close();
    });
  }

  test('no page is wider than a phone', async () => {
    const context = await browser.newContext({ viewport: phone, bypassCSP: true });
    const page = await context.newPage();
    for (const path of every(false)) {
      await page.goto(url(path));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= phone.width, `${path} is ${width} wide`);
    }
    await context.close();
  });
});

async function hrefs(page, selector) {
  const links = await page.locator(selector).all();
  return Promise.all(links.map(async link => new URL(await link.getAttribute('href'), page.url()).href));
}

// All pages of the report, or the first two of each kind.
function every(all) {
  const pages = ['index.html', 'about.html'];
  for (const kind of ['story', 'article', 'pair', 'family', 'source']) {
    const names = readdirSync(join(report, kind)).sort();
    pages.push(...(all ? names : names.slice(0, 2)).map(name => `${kind}/${name}`));
  }
  return pages;
}
