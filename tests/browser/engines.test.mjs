// What every browser engine must do: take a mouse and keys, store a game, go on with it, open offline and take a newer
// version. Everything else is the same program in each of them, and is tested in Chromium only.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { ENGINE, testIn } from './engine-tests.mjs';
import { Keys } from './keys.mjs';
import { endsAs, isKept, natively, playToTheEnd, reload } from './playing.mjs';
import { copyOfPage, publishAnother, replacing, version } from './publishing.mjs';
import { cell, firstFit, slot } from './rules.mjs';
import { EMPTY_BOARD, tableOf, until } from './table.mjs';

const test = testIn(ENGINE);
const OPTIONS = { query: '?seed=7' };
/** How long a browser may take until it looks for a newer worker, in milliseconds. */
const SOME_TIME = 90_000;

test('A whole game by mouse follows the rules, drop by drop, and is over after a reload.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open(OPTIONS);
  await playToTheEnd(table, game);
  await endsAs(table, game);

  await reload(table);
  await until(() => table.over.isVisible(), 'the end of the game after a reload');
  await table.shows(tableOf(game));
  await endsAs(table, game);
});

test('A whole game by keys follows the rules, and Enter begins the next one.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open(OPTIONS);
  const keys = new Keys(table);
  await table.shows(tableOf(game));
  while (!game.over) {
    const drop = firstFit(game);
    await keys.drop(drop);
    await game.drop(drop);
    await table.shows(tableOf(game));
  }
  await until(() => table.over.isVisible(), 'the end of the game');
  await endsAs(table, game);
  await keys.press('Enter');
  await table.shows({ ...EMPTY_BOARD, score: '0', best: String(game.best) });
  await table.dealt();
  await keys.drop({ slot: 0, at: cell(0, 0) });
});

test('A page that was opened once opens offline, with its game.', async (desk) => {
  // A browser may log what it likes about a server that does not answer.
  const table = await desk.open({ ...OPTIONS, noisy: true });
  await table.drop({ slot: 0, at: cell(0, 0) });
  const before = await table.see();
  await isKept(table);
  await desk.server.close();
  await reload(table);
  await table.shows(before);
  assert.match(await table.drop({ slot: 1, at: cell(5, 5) }), / placed/);
});

test('A newer version is offered, and is loaded on request; the game goes on.', async (desk) => {
  const folder = copyOfPage(desk);
  const table = await desk.open({ ...OPTIONS, folder });
  await isKept(table);
  publishAnother({ folder });
  await reload(table);
  const offer = table.page.locator('#load-update');
  await until(() => offer.isVisible(), 'a newer version to be offered', SOME_TIME);
  assert.equal(await version(table), '1');
  await table.drop({ slot: 0, at: cell(0, 0) });
  await until(async () => !(await offer.isVisible()), 'the offer to be hidden in mid-game');
  const before = await table.see();
  await readRecords(table.page);
  await table.openMenu();
  await table.reloading(() => table.page.locator('#menu-update').click());
  assert.equal(await version(table), '2');
  await table.shows(before);
});

test('After another page and Back the game is there as it was, and goes on.', async (desk) => {
  const answer = ({ url }, response) =>
    url === '/other' && response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Other</title>');
  const table = await desk.open({ ...OPTIONS, answer });
  await table.drop({ slot: 0, at: cell(0, 0) });
  const before = await table.see();
  await readRecords(table.page);
  await table.page.goto(`${desk.server.url}other`);
  await table.page.goBack();
  await table.ready();
  await table.shows(before);
  assert.match(await table.drop({ slot: 1, at: cell(5, 5) }), / placed/);
  assert.equal(await table.elsewhere.isVisible(), false);
});

test('A program that is served with a charset starts, too: the browser cannot compile it while it loads.', async (desk) => {
  const answer = replacing(/\.wasm$/, (response, data) =>
    response.writeHead(200, { 'content-type': 'application/wasm; charset=utf-8' }).end(data),
  );
  // wasm-bindgen's loader logs a warning.
  const table = await desk.open({ ...OPTIONS, answer, noisy: true });
  await table.isPlayable();
});

// The window of the older WebKit has a fixed size.
if (ENGINE !== 'old-webkit') {
  test('A window that is resized in mid-game, and in mid-drag, has the game in its new size.', async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open(OPTIONS);
    await table.resize(1000, 700);
    for (const [n, size] of [[700, 600], [560, 760]].entries()) {
      await table.press(slot(n));
      await table.moveTo(cell(5, 5));
      await table.resize(...size);
      const drop = { slot: n, at: cell(0, 4 * n) };
      await table.moveTo(drop.at);
      await table.release();
      await game.drop(drop);
      await table.shows(tableOf(game));
    }
  });
}
