// What must be stored does not wait for an animation frame: a hidden page gets none, and it may be closed at any time.
// A page of these tests is never really hidden, so that is simulated.

import assert from 'node:assert/strict';
import { readRecord, readRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively, play } from './playing.mjs';
import { savedGames } from './records.mjs';
import { cell, firstFit } from './rules.mjs';
import { eventually, tableOf } from './table.mjs';

const SEED = '?seed=7';

/** Runs in the page before the program. */
function hideable() {
  window.isFull = false;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...record) {
    if (window.isFull) throw new DOMException('The storage is full.', 'QuotaExceededError');
    return put.apply(this, record);
  };
  const { requestAnimationFrame, setTimeout } = window;
  const become = (hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  window.stopFrames = () => (window.requestAnimationFrame = () => 1);
  window.stopTimers = () => (window.setTimeout = () => 1);
  window.refuseFrames = () => {
    window.requestAnimationFrame = () => {
      throw new Error('There are no frames.');
    };
  };
  window.hide = () => {
    window.stopFrames();
    become(true);
  };
  window.show = () => {
    Object.assign(window, { requestAnimationFrame, setTimeout });
    become(false);
  };
  window.leave = () => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }));
}

const call = ({ page }, name) => page.evaluate((name) => window[name](), name);

const isStored = ({ page }, drops) =>
  eventually(async () => assert.equal(savedGames(await readRecords(page))[0].recording.drops.length, drops));

/** What happens to the page before the frame that would handle a drop. */
const ENDS = [
  ['the page is hidden before the next frame', ['stopFrames', 'stopTimers'], ['hide']],
  ['the page is closed before the next frame', ['stopFrames', 'stopTimers'], ['leave']],
  ['the page was hidden before', ['hide', 'stopTimers'], []],
  ['the page is not drawn', ['stopFrames'], []],
  ['the browser refuses frames', ['refuseFrames'], []],
];

for (const [what, before, after] of ENDS) {
  test(`A drop is stored if ${what}, and the game goes on when there are frames again.`, async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open({ query: SEED, before: hideable });
    const drop = firstFit(game);
    await table.press({ slot: drop.slot });
    await table.moveTo(drop.at);
    await table.frames();
    for (const step of before) await call(table, step);
    await table.release();
    for (const step of after) await call(table, step);
    await isStored(table, 1);
    await call(table, 'show');
    await game.drop(drop);
    await table.shows(tableOf(game));
    await play(table, game, { drops: 1 });
    await isStored(table, 2);
  });
}

test('A write that failed before the page was hidden is tried again while it is hidden.', async (desk) => {
  const table = await desk.open({ query: SEED, before: hideable });
  await table.page.evaluate(() => (window.isFull = true));
  await table.drop({ slot: 0, at: cell(0, 0) });
  await call(table, 'hide');
  await table.page.evaluate(() => (window.isFull = false));
  await isStored(table, 1);
  await call(table, 'show');
  assert.equal(await table.notice(), '');
});

test('A page that is hidden from the beginning stores its game, and shows it when it is visible.', async (desk) => {
  const game = await natively(desk, 7);
  const prepare = (page) => page.addInitScript(() => window.hide());
  const table = await desk.open({ query: SEED, before: hideable, prepare });
  await isStored(table, 0);
  await call(table, 'show');
  await play(table, game, { drops: 1 });
  await isStored(table, 1);
});

test('A page that is closed while many changes wait for a slow disk loses none of them.', async (desk) => {
  // The page does not hear of the end of a write.
  const before = () => {
    const { set } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete');
    const listen = function (listener) {
      if (!window.isSlow) set.call(this, listener);
    };
    Object.defineProperty(IDBTransaction.prototype, 'oncomplete', { set: listen });
  };
  const game = await natively(desk, 7);
  const table = await desk.open({ query: SEED, before });
  await isStored(table, 0);
  await table.page.evaluate(() => (window.isSlow = true));
  const { shown } = await play(table, game, { drops: 9 });
  await table.reloading(() => table.page.reload());
  await table.shows(shown.at(-1));
});

test('A setting that is changed while the page is hidden is stored.', async (desk) => {
  const table = await desk.open({ query: SEED, before: hideable });
  await call(table, 'hide');
  await table.page.keyboard.press('m');
  await eventually(async () => assert.match((await readRecord(table.page, 'blockers.sound')) ?? '', /^off /));
});
