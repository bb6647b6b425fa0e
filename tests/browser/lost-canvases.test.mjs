// A canvas can lose its picture at any time: the graphics process ends, or the system takes the memory of a page in the
// background. Everything is drawn again then, also if the browser sends only some of the events.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { test, testWith } from './fixture.mjs';
import { cell, slot } from './rules.mjs';
import { closed, until } from './table.mjs';

/** Runs in the page before the program: remembers the canvases that are not in the document. */
function collect() {
  window.canvases = [];
  const { createElement } = Document.prototype;
  Document.prototype.createElement = function (name, options) {
    const element = createElement.call(this, name, options);
    if (name === 'canvas') window.canvases.push(element);
    return element;
  };
}

/** Runs in the page. Empties every canvas, and then sends events, each to a canvas, the document or the window. */
function lose(events) {
  const all = [...document.querySelectorAll('canvas'), ...window.canvases];
  for (const canvas of all) canvas.width = canvas.width;
  const targets = { window, document, sheet: window.canvases[0] };
  for (const [target, kind] of events) (targets[target] ?? document.getElementById(target)).dispatchEvent(new Event(kind));
}

/** Returns what is on each canvas of the document that is shown. */
const pictures = ({ page }) => page.evaluate(() => [...document.querySelectorAll('canvas:not([hidden])')].map((canvas) => canvas.toDataURL()));

const both = (id) => ['contextlost', 'contextrestored'].map((kind) => [id, kind]);

const LOSSES = [
  ['of the resting layer', both('rest')],
  ['of the moving layer', both('moving')],
  ['of the sprite sheet', both('sheet')],
  ['of the resting layer, if only its return is reported,', [['rest', 'contextrestored']]],
  ['of the resting layer, if only the loss is reported,', [['rest', 'contextlost']]],
  ['of all, if only the return of the page is reported,', [['window', 'pageshow']]],
  ['of all, if only the page becomes visible,', [['document', 'visibilitychange']]],
];

for (const [what, events] of LOSSES) {
  test(`After the loss ${what} everything is drawn again, and the next drop, too.`, async (desk) => {
    const table = await desk.open({ query: '?seed=7', before: collect });
    await table.drop({ slot: 0, at: cell(0, 0) });
    await table.atRest();
    const before = await pictures(table);
    await table.page.evaluate(lose, events);
    await until(async () => (await pictures(table)).join() === before.join(), 'the same pictures');

    const other = await desk.open({ query: '?seed=7' });
    await other.drop({ slot: 0, at: cell(0, 0) });
    for (const one of [table, other]) {
      await one.drop({ slot: 1, at: cell(5, 5) });
      await one.atRest();
    }
    assert.deepEqual(await pictures(table), await pictures(other), 'as in a page that has lost nothing');
  });
}

test('A shape that is dragged is drawn again after a loss.', async (desk) => {
  const table = await desk.open({ query: '?seed=7', before: collect });
  await table.press(slot(0));
  await table.moveTo(cell(4, 4));
  await table.atRest();
  const before = await pictures(table);
  await table.page.evaluate(lose, both('moving'));
  await until(async () => (await pictures(table)).join() === before.join(), 'the same pictures');
});

for (const [what, events] of [
  ['of the board of the preview', both('settings-strip')],
  ['of the shape of the preview', both('settings-hand')],
  ['of the table', [['rest', 'contextrestored']]],
]) {
  test(`The preview in the open settings is drawn again after the loss ${what}.`, async (desk) => {
    const table = await desk.open({ before: collect });
    await table.openMenu();
    await table.page.locator('#open-settings').click();
    await until(() => table.page.locator('#settings').isVisible(), 'the settings');
    await table.atRest();
    const before = await pictures(table);
    await table.page.evaluate(lose, events);
    await until(async () => (await pictures(table)).join() === before.join(), 'the same pictures');
    await table.page.keyboard.press('Escape');
    await closed(table.page.locator('#settings'));
  });
}

/** A Chromium with a graphics process, which the other tests do without. */
const withGraphics = () => chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** Runs in the page before the program: counts the losses. */
function countLosses() {
  window.losses = 0;
  document.addEventListener('contextlost', () => (window.losses += 1), true);
}

testWith(withGraphics)('After the graphics process has ended, the board is drawn again, and the next drop, too.', async (desk) => {
  const table = await desk.open({ query: '?seed=7', before: countLosses });
  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.atRest();
  const before = await pictures(table);
  const devtools = await desk.browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess').catch(() => {});
  await until(() => table.page.evaluate(() => window.losses > 0), 'the loss');
  await until(async () => (await pictures(table)).join() === before.join(), 'the same pictures');
  await table.drop({ slot: 1, at: cell(5, 5) });
  await table.atRest();
  assert.notEqual((await pictures(table))[0], before[0]);
});
