// Takes the pictures of the README from the report of the example, and from the reading room on its store where ROOM says
// where that is: node pictures.mjs REPORT FOLDER
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './setup.mjs';

const [report, folder] = process.argv.slice(2).map(path => resolve(path));
const browser = await launch();
const largest = kind => readdirSync(join(report, kind)).map(name => `${kind}/${name}`)
  .sort((a, b) => statSync(join(report, b)).size - statSync(join(report, a)).size)[0];
const called = (kind, begin) => `${kind}/${readdirSync(join(report, kind)).find(name => name.startsWith(begin))}`;
const pictures = [
  ['story', largest('story'), 'light', 'h1', 880],
  ['quotations', largest('story'), 'light', '#quotations', 720],
  ['xray', called('article', 'newsbrisk-varnholt'), 'dark', 'h1', 880],
];
for (const [name, path, colorScheme, from, height] of pictures) {
  const page = await browser.newPage({ viewport: { width: 1080, height: 900 }, colorScheme, deviceScaleFactor: 1.5 });
  await page.goto(pathToFileURL(join(report, path)).href);
  if (name === 'xray') await page.locator('.xray > .changed summary').nth(1).click();
  const top = (await page.locator(from).first().boundingBox()).y - 24;
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, clip: { x: 30, y: top, width: 1020, height } });
  await page.close();
}
const room = process.env.ROOM?.replace(/\/$/, "");
if (room) {
  const page = await browser.newPage({ viewport: { width: 1080, height: 760 }, deviceScaleFactor: 1.5 });
  await page.goto(room);
  await page.screenshot({ path: join(folder, 'room.png') });
  await page.goto(`${room}/?sort=disputed`);
  await page.locator('.stories h2 a').first().click();
  await page.goto(`${page.url()}#disputes`);
  await page.screenshot({ path: join(folder, 'disputes.png') });
}
await browser.close();
