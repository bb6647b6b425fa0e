// Finds out which functions the program calls until the first drop has been made, and writes the names of all others to
// www/release/late.txt. `make parts` builds a page that counts the calls, and runs this.
//
// The page is opened as new players have it: in each language, by mouse, finger and keys. A function that is called in
// any of these pages is early. Where a game is stored, or a link is opened, the page waits for both parts.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LATE_LIST } from '../../www/release/parts.mjs';
import { plainName, typeless } from '../../www/release/names.mjs';
import { readModule } from '../../www/release/wasm.mjs';
import { launch } from './chromium.mjs';
import { keepProgram } from './exports.mjs';
import { serve } from './server.mjs';
import { Table, atRest, centre, frames } from './table.mjs';
import { watch } from './watch.mjs';

const BUILD = 'target/counting';
const LANGUAGES = ['en-US', 'de-DE', 'es-ES', 'ar-EG'];
const PAGE = 65536;
/** A profile of wasm-split has a hash first, and then for each function when it was first called. */
const HASH = 8;

const HEADING = `# The functions of the program that are not needed until the first drop has been made. They are in the late part of the
# program, see parts.mjs. \`make parts\` writes this file. \`<_>\` are any types.
`;

/**
 * Functions whose calls depend on chance: on the shapes that are dealt, on when the browser reports something, and on
 * how many events are in a frame.
 */
const BY_CHANCE = [
  /Words>::shape_/,
  /^<*blockers::shell::(page_lock|lifecycle)::/,
  /^isLocked$/,
  /^<*alloc::(string|vec|raw_vec|collections::vec_deque)::/,
];

/** Returns which functions have been called in this page. */
async function called(page) {
  const profile = await page.evaluate((size) => {
    const { memory, __write_profile: write } = window.program;
    const place = memory.grow(1) * size;
    return [...new Uint8Array(memory.buffer, place, write(place, size))];
  }, PAGE);
  const times = Buffer.from(profile).subarray(HASH);
  return Array.from({ length: times.length / 4 }, (_, place) => times.readUInt32LE(4 * place) > 0);
}

/** Drags the first shape to the middle of the board, where it snaps to a place. In English the names are not needed. */
async function byPointer({ hand, page }) {
  const [slot, board] = await page.evaluate(() => [window.watched.slot(0).box, window.watched.board()]);
  await hand.press(centre(slot));
  await hand.move(centre(board));
  await hand.release();
}

const KEYS = ['1', 'ArrowDown', 'ArrowRight', 'Enter'];

async function byKeys({ page }) {
  for (const key of KEYS) {
    await page.keyboard.press(key);
    await frames(page, 2);
  }
}

/** The same within a frame or two. */
async function bySwiftKeys({ page }) {
  await Promise.all(KEYS.map((key) => page.keyboard.press(key)));
}

const browser = await launch();
const server = await serve(BUILD);
const calls = [];

/** Opens the page, does something in it, and notes which functions that has called. */
async function visit(act, { touch = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 640, height: 480 }, hasTouch: touch, isMobile: touch, ...options });
  await context.addInitScript(watch);
  await context.addInitScript(keepProgram);
  const page = await context.newPage();
  await page.goto(server.url);
  const table = await (await Table.sit(page, { touch })).ready();
  await atRest(page);
  await act(table);
  await atRest(page);
  await frames(page, 2);
  calls.push(await called(page));
  await context.close();
}

try {
  for (const locale of LANGUAGES) await visit(byPointer, { locale });
  await visit(byPointer, { touch: true });
  await visit(byKeys);
  await visit(bySwiftKeys);
  await visit(byPointer, { colorScheme: 'dark', reducedMotion: 'reduce' });
  await visit(byPointer, { forcedColors: 'active', deviceScaleFactor: 2 });
} finally {
  await browser.close();
  await server.close();
}

const [wasm] = readdirSync(BUILD).filter((name) => name.endsWith('_bg.wasm'));
const { functions } = readModule(readFileSync(join(BUILD, wasm)));
// The last function is the one that writes the profile.
const all = functions.slice(0, calls[0].length).map(({ name, size }, place) => {
  const isSafe = name === '' || BY_CHANCE.some((pattern) => pattern.test(plainName(name)));
  return { name, size, isEarly: isSafe || calls.some((called) => called[place]) };
});

/** Returns the names, by this way to write them, that no early function has. */
function neverEarly(write) {
  const early = new Set(all.filter(({ isEarly }) => isEarly).map(({ name }) => write(name)));
  return new Set(all.map(({ name }) => write(name)).filter((name) => !early.has(name)));
}

const [plain, short] = [neverEarly(plainName), neverEarly(typeless)];
const late = all.filter(({ name }) => plain.has(plainName(name)));
const lines = late.map(({ name }) => (short.has(typeless(name)) ? typeless(name) : plainName(name)));
writeFileSync(LATE_LIST, HEADING + [...new Set(lines)].sort().map((line) => `${line}\n`).join(''));
const bytes = (list) => list.reduce((sum, { size }) => sum + size, 0);
console.log(`${late.length} of ${all.length} functions are late, with ${bytes(late)} of ${bytes(all)} bytes.`);
