// Walks through the reading room as a reader does: by mouse, by the keyboard alone, on a phone, without script; and looks
// for barriers with axe on every page that links lead to. ROOM is the address of a server on the example's store.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';

const room = process.env.ROOM;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const skip = !room || !existsSync(executablePath) ? 'no reading room or no browser' : false;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { width: 390, height: 800 };
const wide = { width: 1200, height: 900 };

describe('the reading room', { skip }, () => {
  let browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
    });
  });
  after(() => browser?.close());

  async function open(options = {}) {
    const context = await browser.newContext({ viewport: wide, ...options });
    const page = await context.newPage();
    const asked = [];
    const complaints = [];
    page.on('request', request => asked.push(request.url()));
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(String(error)));
    await page.goto(`${room}/`);
    return { page, asked, complaints };
  }

  // The whole way: a story, an edge of its lineage, the pair, an altered quotation, its speaker, a search, a
  // disagreement, the sentence that it rests on.
  async function walk(page) {
    await page.goto(`${room}/?sort=copied`);
    await page.locator('.stories h2 a').first().click();
    await page.waitForURL(/\/story\?/);
    const story = page.url();
    await page.locator('.picture[aria-label^=Lineage]').scrollIntoViewIfNeeded();
    const line = await page.locator('a.edge .line').first().boundingBox();
    await page.mouse.click(line.x + 1, line.y + 11);
    await page.waitForURL(/\/collation\?/);
    assert.ok(await page.locator('#texts').count());
    await page.goto(story);
    const quote = page.locator('#quotations + .quote, .quote').first();
    assert.ok(await quote.locator('mark, ins, del').count(), 'an altered quotation shows what was altered');
    await page.locator('#said ~ .claims a[href^="/speaker"]').first().click();
    await page.waitForURL(/\/speaker\?/);
    assert.ok(await page.locator('#said ~ .claims > li').count());
    await page.locator('#q').fill('summit');
    await page.locator('.find button').click();
    await page.waitForURL(/\/search\?q=summit/);
    assert.ok(await page.locator('.hits > li').count(), 'the search finds pages');
    await page.goto(`${room}/?sort=disputed`);
    const disputed = page.locator('.stories a.flag').first();
    if (await disputed.count()) {
      await disputed.click();
      await page.waitForURL(/#disputes$/);
      await page.locator('.dispute .by a').first().click();
    } else {
      await page.goto(story);
      await page.locator('.timeline a, .claims a[href^="/article"]').first().click();
    }
    await page.waitForURL(/\/article\?.*#at$/);
    assert.ok(await page.locator('.xray > .here').isVisible(), 'the sentence that was asked for stands out');
  }

  for (const [how, options] of [
    ['with script', {}], ['without script', { javaScriptEnabled: false }], ['on a phone', { viewport: phone, hasTouch: true }],
  ]) {
    test(`the whole way ${how}`, async () => {
      const { page, asked, complaints } = await open(options);
      await walk(page);
      assert.deepEqual(complaints, []);
      assert.ok(asked.every(address => address.startsWith(`${room}/`)), 'nothing is asked for elsewhere');
    });
  }

  test('the first visit is small', async () => {
    const { page } = await open();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; });
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.goto(`${room}/`, { waitUntil: 'networkidle' });
    assert.ok(bytes > 0 && bytes <= 60_000, `${bytes} bytes`);
  });

  test('by keyboard: links, single keys, and keys switched off', async () => {
    const { page, complaints } = await open();
    await page.goto(`${room}/?sort=copied`);
    await page.keyboard.press('Tab');
    assert.ok(await page.locator('.skip:focus').isVisible());
    await page.keyboard.press('j');
    assert.ok(await page.locator('.stories a:focus').count(), 'j goes to the first story');
    await Promise.all([page.waitForURL(/\/story\?/), page.keyboard.press('Enter')]);
    for (let presses = 0; presses < 300 && !await page.locator('a.edge:focus').count(); presses++) await page.keyboard.press('Tab');
    await Promise.all([page.waitForURL(/\/collation\?/), page.keyboard.press('Enter')]);
    await page.keyboard.press('/');
    assert.ok(await page.locator('#q:focus').count(), '/ goes to the search');
    await page.keyboard.type('summit');
    await Promise.all([page.waitForURL(/\/search\?/), page.keyboard.press('Enter')]);
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.goto(`${room}/about`);
    await page.getByRole('button', { name: 'Single keys: on' }).click();
    await page.keyboard.press('s');
    await page.waitForTimeout(0);
    assert.match(page.url(), /\/about$/, 'keys that are switched off do nothing');
    assert.deepEqual(complaints, []);
  });

  test('axe finds no barrier, and no page is wider than a phone', async () => {
    const paths = await every();
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ bypassCSP: true, viewport: wide, colorScheme });
      const page = await context.newPage();
      for (const path of paths) {
        await page.setViewportSize(wide);
        await page.goto(room + path);
        await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        }));
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html).join(' | ')}`);
        assert.deepEqual(told, [], path);
        await page.setViewportSize(phone);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= phone.width, `${path} is ${width} wide on a phone`);
      }
      await context.close();
    }
  });

  // Two pages of each kind that links lead to.
  async function every() {
    const found = new Map();
    const todo = ['/', '/about', '/alerts', '/xray', '/search?q=summit', '/search', '/nowhere'];
    for (let at = 0; at < todo.length && at < 400; at++) {
      const kind = todo[at].split(/[?#]/)[0];
      const known = found.get(kind) ?? [];
      if (known.length >= 2 || known.includes(todo[at])) continue;
      found.set(kind, [...known, todo[at]]);
      const text = await (await fetch(room + todo[at])).text();
      for (const [, href] of text.matchAll(/href="(\/[^"#]*)/g)) {
        if (!/\.(json|csv|atom|feed|gexf|dot|css|svg)(\?|$)/.test(href)) todo.push(href.replaceAll('&amp;', '&'));
      }
    }
    return [...found.values()].flat();
  }
});
