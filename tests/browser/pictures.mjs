// What a picture says better than words: the table beside pictures that somebody has looked at and found good. They are in
// pictures/. `UPDATE_PICTURES=1` makes them anew; what differs is in test-results/, with the picture that was expected.
//
// Fonts are other ones on other machines, so no text is compared, and of what the page puts around the picture only its ground.
// Another version of Chromium rounds a corner another way: a few pixels may differ, and each of them a little.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { best, careful, completes } from './careful.mjs';
import { film } from './film.mjs';
import { position } from './positions.mjs';
import { firstFit, slot } from './rules.mjs';
import { test } from './runner.mjs';

const PICTURES = fileURLToPath(new URL('pictures/', import.meta.url));
const RESULTS = fileURLToPath(new URL('../../test-results/', import.meta.url));
/** How far the colour of a pixel may be off, of 0 to 1: some eight steps of 256. And the share of pixels that may be off further. */
const COLOUR = 0.03;
const SHARE = 0.001;

/**
 * Everything that has letters, or that a browser draws in its own way, is taken out of the picture; its place stays empty. What the
 * panel at the end is as high and as wide as does not depend on letters.
 */
const MASK = `
  h1, #numbers, #buttons * { visibility: hidden !important; }
  #buttons button { visibility: visible !important; color: transparent !important; }
  #over { width: 300px; }
  #over * { color: transparent !important; line-height: 24px !important; outline: none !important; }
  #over .row > button { flex: 1 1 0; min-width: 0; padding: 0; }
`;

/** A page with this game, at a moment that is known and at rest. */
async function held(desk, game, options) {
  const table = await desk.open({ stored: game.stored, ...options, before: film });
  await table.page.evaluate(() => window.film.hold());
  // An animation of the style sheet begins with the first step, and has ended with the second.
  await step(table, 1500);
  await step(table, 1500);
  return table;
}

const step = (table, milliseconds) => table.page.evaluate((ms) => window.film.step(ms), milliseconds);

/** Compares the page as it is now with the picture of this name. */
async function looksLike(table, name) {
  // The policy of the page lets no style in but through the style sheets' own interface.
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

test('A game on a telephone in the dark looks as it is to.', async (desk) => {
  const game = await position(42, careful, ({ drops }) => drops === 33);
  const table = await held(desk, game, { size: [390, 844], scale: 2, touch: true, theme: 'dark' });
  await looksLike(table, 'telephone-dark');
});

test('A row and a column that a drop would clear light up on a tablet by day, below the shape that is carried.', async (desk) => {
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

test('A game that is over looks as it is to on a telephone that lies.', async (desk) => {
  const game = await position(7, firstFit, ({ over }) => over);
  const table = await held(desk, game, { size: [844, 390], scale: 2, touch: true, theme: 'light' });
  await looksLike(table, 'telephone-over');
});
