// Draws the icons of the installed page from icons/icon.svg, in the Chromium of the tests: `make icons`.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from '../tests/browser/chromium.mjs';

const FOLDER = new URL('icons/', import.meta.url);
const picture = readFileSync(new URL('icon.svg', FOLDER), 'utf8');
/** The first rectangle is the background. */
const [, ground] = /<rect [^>]*fill="(#[0-9a-f]{6})"/.exec(picture);

/**
 * File, side in pixels, background, and the share of the side that the picture has. A maskable icon may lose everything
 * that is farther than 40 % of its side from the middle; Apple's systems make transparent corners black.
 */
const ICONS = [
  ['icon-192.png', 192, 'transparent', 1],
  ['icon-512.png', 512, 'transparent', 1],
  ['maskable-512.png', 512, ground, 0.75],
  ['apple-180.png', 180, ground, 1],
];

const browser = await launch();
const page = await browser.newPage();
for (const [file, side, behind, share] of ICONS) {
  const source = `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`;
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<!DOCTYPE html>
    <body style="margin: 0; height: ${side}px; display: grid; place-items: center; background: ${behind}">
      <img src="${source}" width="${side * share}" height="${side * share}">`);
  await page.screenshot({ path: fileURLToPath(new URL(file, FOLDER)), omitBackground: true });
}
await browser.close();
