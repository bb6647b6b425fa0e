// What every browser engine must do: take a mouse and keys, store a game, go on with it, open offline and take a newer
// version. Everything else is the same program in each of them, and is tested in Chromium only.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { ENGINE, testIn } from './engine-tests.mjs';
import { Keys } from './keys.mjs';
import { endsAs, isKept, natively, playToTheEnd, reload } from './playing.mjs';
import { copyOfPage, publishAnother, replacing, version } from './publishing.mjs';
import { cell, firstFit } from './rules.mjs';
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

/** Answers requests for another page of the same server. */
const other = ({ url }, response) =>
  url === '/other' && response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Other</title>');

/** Goes back to the page of the game, and waits until it may run the game: a browser may have kept it, and its lock. */
async function goBack({ page }) {
  await page.evaluate(() => history.back());
  const isBack = () =>
    page.evaluate(async () => document.querySelector('[role=grid]') && (await navigator.locks.query()).held.length > 0);
  // During the navigation there may be no document.
  await until(() => isBack().catch(() => false), 'the page of the game, with its lock');
}

test('After another page and Back the game is there as it was, and goes on.', async (desk) => {
  const table = await desk.open({ ...OPTIONS, answer: other });
  await table.drop({ slot: 0, at: cell(0, 0) });
  const before = await table.see();
  await readRecords(table.page);
  await table.page.goto(`${desk.server.url}other`);
  await goBack(table);
  await table.ready();
  await table.shows(before);
  assert.equal(await table.elsewhere.isVisible(), false);
  assert.match(await table.drop({ slot: 1, at: cell(5, 5) }), / placed/);
});

test('A program that is served with a charset starts, too: the browser cannot compile it while it loads.', async (desk) => {
  const answer = replacing(/\.wasm$/, (response, data) =>
    response.writeHead(200, { 'content-type': 'application/wasm; charset=utf-8' }).end(data),
  );
  // wasm-bindgen's loader logs a warning.
  const table = await desk.open({ ...OPTIONS, answer, noisy: true });
  await table.isPlayable();
});

test('The policy refuses to make markup of text, in engines that know Trusted Types.', async (desk) => {
  const table = await desk.open({ ...OPTIONS, noisy: true });
  const [isKnown, isRefused] = await table.page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<b>Text</b>';
      return ['trustedTypes' in window, false];
    } catch {
      return ['trustedTypes' in window, true];
    }
  });
  assert.equal(isRefused, isKnown);
  assert.equal(isKnown, ENGINE !== 'old-webkit');
});

// The window of the older WebKit has a fixed size. In mid-drag a window of WebKitGTK loses the focus when WebDriver
// resizes it.
if (ENGINE !== 'old-webkit') {
  test('A window that is resized in mid-game has the game in its new size.', async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open(OPTIONS);
    for (const [n, size] of [[1000, 700], [560, 760]].entries()) {
      await table.resize(...size);
      await table.shows(tableOf(game));
      const drop = { slot: n, at: cell(0, 4 * n) };
      assert.match(await table.drop(drop), / placed/);
      await game.drop(drop);
      await table.shows(tableOf(game));
    }
  });
}

// Chromium is driven by other means, and other files have these tests for it. The older WebKit has one window only, and
// its driver does not know roles and names.
if (ENGINE === 'firefox' || ENGINE === 'webkit') {
  test('A second window says that the game is open in another one, and can take it over; the first can take it back.', async (desk) => {
    const table = await desk.open(OPTIONS);
    await table.drop({ slot: 0, at: cell(0, 0) });
    const before = await table.see();
    await readRecords(table.page);
    const { driver } = table.page;
    const first = await driver.getWindowHandle();
    await driver.switchTo().newWindow('window');
    const take = async () => {
      await until(() => table.elsewhere.isVisible(), 'the page to say that the game is open elsewhere');
      await table.reloading(() => table.elsewhere.getByRole('button', { name: 'Play here' }).click());
      await table.shows(before);
    };
    await table.page.goto(`${desk.server.url}${OPTIONS.query}`);
    await take();
    const second = await driver.getWindowHandle();
    await driver.switchTo().window(first);
    await take();
    await driver.switchTo().window(second);
    await until(() => table.elsewhere.isVisible(), 'the second window to say so again');
    await driver.close();
    await driver.switchTo().window(first);
    assert.match(await table.drop({ slot: 1, at: cell(5, 5) }), / placed/);
  });

  test('After Back the game is as another window has left it.', async (desk) => {
    const table = await desk.open({ ...OPTIONS, answer: other });
    await table.drop({ slot: 0, at: cell(0, 0) });
    await readRecords(table.page);
    await table.page.goto(`${desk.server.url}other`);
    const { driver } = table.page;
    const first = await driver.getWindowHandle();
    await driver.switchTo().newWindow('window');
    await table.page.goto(`${desk.server.url}${OPTIONS.query}`);
    await table.ready();
    await table.drop({ slot: 1, at: cell(5, 5) });
    const after = await table.see();
    await readRecords(table.page);
    await driver.close();
    await driver.switchTo().window(first);
    await goBack(table);
    await table.ready();
    await table.shows(after);
    assert.match(await table.drop({ slot: 2, at: cell(0, 5) }), / placed/);
  });

  test('For assistive technology the parts of the table have their roles and names.', async (desk) => {
    const table = await desk.open(OPTIONS);
    for (const [locator, ...expected] of [
      [table.board, 'grid', 'Board'],
      [table.page.locator('#cell-1-1'), 'gridcell', 'row 1, column 1, empty'],
      [table.tray, 'listbox', 'Shapes'],
      [table.page.locator('#slot-1'), 'option', 'Turned L, 5 cells, red, fits'],
      [table.newGameButton, 'button', 'New game'],
      [table.menuButton, 'button', 'Menu'],
      [table.slider, 'slider', 'Volume'],
    ]) {
      const element = await locator.element();
      assert.deepEqual([await element.getAriaRole(), await element.getAccessibleName()], expected);
    }
  });
}
