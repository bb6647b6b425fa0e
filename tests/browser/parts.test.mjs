// The two parts of the program: what the early part can do alone, and what happens if the late part comes late or
// never.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PLACES } from '../../www/release/parts.mjs';
import { test } from './fixture.mjs';
import { publish, publishAnother, version } from './publishing.mjs';
import { cell } from './rules.mjs';
import { until } from './table.mjs';

const LATE = /_late\.wasm$/;

const isThere = ({ page }) => page.evaluate(() => window.boot.late.isThere);

/** Returns the late functions that the program has called before they were there, by name. */
async function calledEarly({ page }) {
  const places = await page.evaluate(() => window.boot.late.early);
  const named = Object.fromEntries(readFileSync(PLACES, 'utf8').split('\n').map((line) => line.split(/ (.*)/)));
  return places.map((place) => named[place]);
}

/** Makes the server answer every request for the late part with 503. */
const without = (page) => page.route(LATE, (route) => route.fulfill({ status: 503 }));

/** Drags the first shape to the middle of the board. The names of the shapes are not needed. */
async function dropFirst({ page, hand }) {
  const [from, to] = await page.evaluate(() => {
    const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
    return [window.watched.slot(0).box, window.watched.board()].map(middle);
  });
  await hand.press(from);
  await hand.move(to);
  await hand.release();
  const isEmpty = (patience) => window.watched.until(() => document.querySelector('[role=option]').ariaDisabled === 'true', patience);
  assert.ok(await page.evaluate(isEmpty, 45_000), 'the shape was placed');
}

async function dropByKeys({ page }) {
  for (const key of ['1', 'ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await until(() => page.evaluate(() => document.querySelector('[role=option]').ariaDisabled === 'true'), 'the shape to be placed');
}

const FIRST_DROPS = [
  ['by mouse', {}, dropFirst],
  ['by finger', { touch: true }, dropFirst],
  ['by keys', {}, dropByKeys],
  ['by mouse in German', { locale: 'de-DE' }, dropFirst],
  ['by mouse in Spanish', { locale: 'es-ES' }, dropFirst],
  ['by mouse in Arabic', { locale: 'ar-EG' }, dropFirst],
];

for (const [how, options, drop] of FIRST_DROPS) {
  test(`The first drop ${how} needs only the early part. If this fails, run \`make parts\`.`, async (desk) => {
    const table = await desk.open({ ...options, prepare: without, noisy: true });
    await drop(table);
    await table.atRest();
    assert.deepEqual([await isThere(table), await calledEarly(table)], [false, []]);
    assert.equal(await table.failure.isVisible(), false);
  });
}

test('If the late part is needed before it has come, it is loaded at once.', async (desk) => {
  let requests = 0;
  // The first request is not answered.
  const prepare = (page) => page.route(LATE, (route) => (++requests > 1 ? route.continue() : null));
  const table = await desk.open({ prepare });
  await until(() => requests === 1, 'the request');
  await table.openMenu();
  await table.page.getByRole('button', { name: 'Statistics' }).click();
  await until(() => table.page.getByRole('dialog', { name: 'Statistics' }).isVisible(), 'the statistics');
  assert.equal(await isThere(table), true);
  assert.notDeepEqual(await calledEarly(table), []);
  await table.closeDialogs();
  await table.isPlayable();
});

const BROKEN = [
  ['cannot be loaded', 503, /Part of the page could not be loaded\. Check your connection/],
  ['is not on the host any more', 404, /Update ready\. Reload/],
];

for (const [how, status, reason] of BROKEN) {
  test(`If the late part is needed and ${how}, the page says so, and nothing is lost.`, async (desk) => {
    let isBroken = true;
    const prepare = (page) => page.route(LATE, (route) => (isBroken ? route.fulfill({ status }) : route.continue()));
    const table = await desk.open({ prepare, noisy: true });
    await table.drop({ slot: 0, at: cell(4, 4) });
    const before = await table.see();
    await table.menuButton.click();
    await until(() => table.failure.isVisible(), 'the panel that says that the game has stopped');
    assert.match(await table.failure.textContent(), reason);
    isBroken = false;
    await table.reloading(() => table.failure.getByRole('button', { name: 'Reload' }).click());
    await table.shows(before);
  });
}

test('If the host has a newer version without this late part, the page offers to load that.', async (desk) => {
  const published = await publish(desk);
  const prepare = (page) => page.route(LATE, (route) => route.fulfill({ status: 404 }), { times: 1 });
  const table = await desk.open({ prepare, noisy: true });
  publishAnother(published);
  const button = table.page.locator('#update').getByRole('button', { name: 'Update ready. Reload' });
  await until(() => button.isVisible(), 'the offer');
  await table.reloading(() => button.click());
  assert.equal(await version(table), '2');
  await until(() => isThere(table), 'the late part');
});

test('A page that was open when a newer version was published opens its statistics.', async (desk) => {
  const published = await publish(desk);
  const table = await desk.open({});
  await until(() => isThere(table), 'the late part');
  await table.page.route(LATE, (route) => route.fulfill({ status: 404 }));
  publishAnother(published);
  await table.openMenu();
  await table.page.getByRole('button', { name: 'Statistics' }).click();
  await until(() => table.page.getByRole('dialog', { name: 'Statistics' }).isVisible(), 'the statistics');
});
