// What both walks need: a browser, how a barrier is looked for, the sizes of a screen and of a phone.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const phone = { width: 390, height: 800 };
export const wide = { width: 1200, height: 900 };

/** The reason to skip tests that need this and a browser, or false. */
export function skipped(what, need) {
  return !need || !existsSync(executablePath) ? `no ${what} or no browser` : false;
}

/** A browser that sends nothing on its own. */
export function launch() {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** A browser for the tests of one `describe`; `of()` gives it. */
export function browserOf() {
  let browser;
  before(async () => { browser = await launch(); });
  after(() => browser?.close());
  return () => browser;
}

/** A page in a context of its own; what it asks for and what the browser complains of are noted. */
export async function opened(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: wide, ...options });
  const page = await context.newPage();
  const asked = [];
  const complaints = [];
  page.on('request', request => asked.push(request.url()));
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(String(error)));
  await page.goto(address);
  return { page, asked, complaints };
}

/** Goes on by the tabulator until something of this selector has the focus. */
export async function tabTo(page, selector, most = 400) {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    if (await page.locator(`:is(${selector}):focus`).count()) return;
  }
  assert.fail(`${selector} is not reached`);
}

/** The selector of the link to the largest family that a story's page links: of two pages none are collated together. */
export async function largestFamily(page, links) {
  const found = await page.locator(links).all();
  const sizes = await Promise.all(found.map(async link => [parseInt(await link.textContent()), await link.getAttribute('href')]));
  return `a[href="${sizes.sort((one, other) => other[0] - one[0])[0][1]}"]`;
}

/** Asserts that the page, all that is folded away opened, has no barrier. */
export async function noBarrier(page, path) {
  await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html).join(' | ')}`);
  assert.deepEqual(told, [], path);
}

/** Asserts that the page is no wider than a phone. */
export async function fitsPhone(page, path) {
  await page.setViewportSize(phone);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= phone.width, `${path} is ${width} wide on a phone`);
}
