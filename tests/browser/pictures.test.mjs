// Compares the page with the pictures in pictures/, which were checked by eye. `UPDATE_PICTURES=1` writes them again.
// If one differs, test-results/ has the difference and the picture that was expected.
//
// Fonts differ between machines, so no text is compared, and of the elements around the canvas only their background.
// Versions of Chromium differ in how they round a corner: a few pixels may differ, and each of them a little.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { best, careful, completes } from './careful.mjs';
import { film, step } from './film.mjs';
import { test } from './fixture.mjs';
import { position } from './positions.mjs';
import { firstFit, slot } from './rules.mjs';

const PICTURES = fileURLToPath(new URL('pictures/', import.meta.url));
const RESULTS = fileURLToPath(new URL('../../test-results/', import.meta.url));
/**
 * How far the colour of a pixel may be off, of 0 to 1: about 8 steps of 256. And the share of pixels that may be off
 * further.
 */
const COLOUR = 0.03;
const SHARE = 0.001;

/**
 * Hides everything that has text, or that a browser draws in its own way; its place stays empty. It also makes the size
 * of the panel at the end independent of its text.
 */
const MASK = `
  h1, #numbers, #buttons * { visibility: hidden !important; }
  #buttons button { visibility: visible !important; color: transparent !important; }
  #over { width: 300px; }
  #over * { color: transparent !important; line-height: 24px !important; outline: none !important; }
  #over .row > button { flex: 1 1 0; min-width: 0; padding: 0; }
`;

/** Opens a page with this game, holds its clock, and lets every animation end. */
async function held(desk, game, options) {
  const table = await desk.open({ stored: game.stored, ...options, before: film });
  await table.page.evaluate(() => window.film.hold());
  // An animation of the style sheet begins with the first step, and has ended with the second.
  await step(table, 1500);
  await step(table, 1500);
  return table;
}


/** Compares the page as it is now with the picture of this name. */
async function looksLike(table, name) {
  // The policy of the page allows a style only through the interface of style sheets.
  await table.page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, MASK);
  const seen = PNG.sync.read(await table.page.screenshot());
  const file = `${PICTURES}${name}.png`;
  if (process.env.UPDATE_PICTURES) {
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(file, PNG.sync.write(seen));
    return;
  }
  assert.ok(existsSync(file), `there is no ${file}: look at the page, and make one with UPDATE_PICTURES=1`);
  const expected = PNG.sync.read(readFileSync(file));
  assert.deepEqual([seen.width, seen.height], [expected.width, expected.height]);
  const difference = new PNG({ width: seen.width, height: seen.height });
  const count = pixelmatch(expected.data, seen.data, difference.data, seen.width, seen.height, { threshold: COLOUR });
  if (count <= SHARE * seen.width * seen.height) return;
  mkdirSync(RESULTS, { recursive: true });
  for (const [what, png] of Object.entries({ expected, seen, difference })) {
    writeFileSync(`${RESULTS}${name}-${what}.png`, PNG.sync.write(png));
  }
  assert.fail(`${count} pixels differ from ${file}: see ${RESULTS}${name}-difference.png`);
}

test('A game on a phone in the dark theme looks like its picture.', async (desk) => {
  const game = await position(42, careful, ({ drops }) => drops === 33);
  const table = await held(desk, game, { size: [390, 844], scale: 2, touch: true, theme: 'dark' });
  await looksLike(table, 'telephone-dark');
});

test('On a tablet in the light theme the row and the column that a drop would clear light up below the shape.', async (desk) => {
  const game = await position(42, careful, ({ drops }) => drops === 33);
  const table = await held(desk, game, { size: [1024, 768], theme: 'light' });
  const drop = best(game.game, completes(game.game));
  await table.press(slot(drop.slot));
  await step(table, 0);
  await step(table, 200);
  await table.moveTo({ row: drop.at.row + 0.5, column: drop.at.column - 0.4 });
  await step(table, 0);
  await looksLike(table, 'tablet-phantom');
});

test('A game that is over looks like its picture on a phone in landscape.', async (desk) => {
  const game = await position(7, firstFit, ({ over }) => over);
  const table = await held(desk, game, { size: [844, 390], scale: 2, touch: true, theme: 'light' });
  await looksLike(table, 'telephone-over');
});
