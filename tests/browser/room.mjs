// Walks through the reading room as a reader does: by mouse, by the keyboard alone, on a phone, without script; and looks
// for barriers with axe on every page that links lead to. ROOM is the address of a server on the example's store.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserOf, fitsPhone, largestFamily, noBarrier, opened, phone, skipped, tabTo, wide } from './setup.mjs';

const room = process.env.ROOM;

describe('the reading room', { skip: skipped('reading room', room) }, () => {
  const browser = browserOf();
  const open = options => opened(browser(), `${room}/`, options);

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
    const here = page.locator('.xray > .here');
    assert.ok(await here.isVisible(), 'the sentence that was asked for stands out');
    await original(page, here);
  }

  // The link to the sentence on the page as it was published: the page's own address, and a text fragment of the sentence's
  // first and last words. It is not followed, for it leads out of here.
  async function original(page, sentence) {
    const link = sentence.locator('a.orig');
    if (!await link.count()) return;
    const href = await link.getAttribute('href');
    const address = await page.locator('dd.id a').first().getAttribute('href');
    const [before, fragment] = href.split('#:~:text=');
    assert.equal(before, address.split('#')[0]);
    const words = await sentence.locator('> p').evaluate(p => {
      const copy = p.cloneNode(true);
      copy.querySelectorAll('.vh').forEach(hidden => hidden.remove());
      return copy.textContent.split(/\s+/).filter(Boolean).join(' ');
    });
    const parts = fragment.split(',').map(decodeURIComponent);
    assert.ok(words.startsWith(parts[0]) && words.endsWith(parts.at(-1)), `${fragment} is of: ${words}`);
    assert.match(await link.getAttribute('rel'), /noopener noreferrer/);
    originals += 1;
  }
  let originals = 0;

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
    await tabTo(page, 'a.edge');
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

  test('the original sentence is linked by its words', async () => {
    const { page } = await open();
    const { stories } = await (await fetch(`${room}/stories.json?limit=100`)).json();
    for (const id of stories.flatMap(story => story.articles)) {
      await page.goto(`${room}/article?id=${encodeURIComponent(id)}`);
      for (const sentence of (await page.locator('.xray > li').all()).slice(0, 3)) await original(page, sentence);
    }
    assert.ok(originals > 0, 'pages of the example have addresses');
  });

  test('by keyboard: an apparatus, a speaker among the statements, two sides', async () => {
    const { page, complaints } = await open();
    await page.goto(`${room}/?sort=copied`);
    const follow = async (selector, address) => {
      await tabTo(page, selector, 600);
      await Promise.all([page.waitForURL(address), page.keyboard.press('Enter')]);
    };
    await follow('.stories h2 a', /\/story\?/);
    const story = page.url();
    await follow(await largestFamily(page, 'a[href^="/family?"]'), /\/family\?/);
    await follow('a[href^="/apparatus?"]', /\/apparatus\?/);
    await follow('.base .num', /#v\d+$/);
    assert.ok(await page.locator('.apparatus > li:target').isVisible());
    await page.goto(story);
    await tabTo(page, 'details.voice > summary', 600);
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('details.voice[open] .claims a').count());
    await page.goto(`${story}#sides`);
    await page.locator('#other').fill((await page.locator('#voices option').last().getAttribute('value')));
    await page.locator('#other').press('Enter');
    await page.waitForURL(/\/story\?.*other=/);
    assert.deepEqual(complaints, []);
  });

  test('axe finds no barrier, and no page is wider than a phone', async () => {
    const paths = await every();
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser().newContext({ bypassCSP: true, viewport: wide, colorScheme });
      const page = await context.newPage();
      for (const path of paths) {
        await page.setViewportSize(wide);
        await page.goto(room + path);
        await noBarrier(page, path);
        await fitsPhone(page, path);
      }
      await context.close();
    }
  });

  // Two pages of each kind that links lead to.
  async function every() {
    const found = new Map();
    const todo = ['/', '/about', '/alerts', '/decisions', '/references', '/xray', '/search?q=summit', '/search', '/nowhere'];
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
