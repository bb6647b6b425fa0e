// When the program cannot start, or stops, the page says so and offers to start again. What goes wrong in other scripts
// that share the page does not concern it: tests/browser/foreign-errors.test.mjs.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively } from './playing.mjs';
import { bests } from './records.mjs';
import { cell, slot } from './rules.mjs';
import { eventually, tableOf, until } from './table.mjs';

/** Waits for the panel, checks its button and its description, and returns the reason that it gives. */
async function reasonOf(table) {
  await until(() => table.failure.isVisible(), 'the panel that says that the game has stopped');
  const again = table.failure.getByRole('button', { name: 'Reload' });
  await eventually(async () => {
    assert.ok(await again.evaluate((button) => button === document.activeElement), 'Reload has the focus');
  });
  const ids = (await table.failure.getAttribute('aria-describedby')).split(' ');
  const reason = await table.page.locator(`#${ids.at(-1)}`).textContent();
  assert.notEqual(reason.trim(), '');
  return reason;
}

/** Makes a function that answers the page's requests of this pattern. */
const answer = (pattern, response) => (page) => page.route(pattern, (route) => route.fulfill(response));

const CANNOT_START = [
  ['in a browser without WebAssembly', { before: () => delete window.WebAssembly }, /WebAssembly/],
  ['when the server does not have the program', { prepare: answer('**/*.wasm', { status: 404, body: 'Not found' }) }, /./],
  [
    'when the program is not valid WebAssembly',
    { prepare: answer('**/*.wasm', { contentType: 'application/wasm', body: '\0asm and then garbage' }) },
    /./,
  ],
  [
    'when the server sends a page instead of the program',
    { prepare: answer('**/*.wasm', { contentType: 'text/html', body: '<p>Log in</p>' }) },
    /./,
  ],
  ['when the program is cut short', { prepare: (page) => page.route('**/*.wasm', cutShort) }, /./],
  ['when the network is down', { prepare: (page) => page.route('**/*.wasm', (route) => route.abort()) }, /./],
  ['when the server does not have its JavaScript', { prepare: answer('**/blockers*.js', { status: 404, body: 'Not found' }) }, /./],
  ['when the server does not have the style sheet', { prepare: answer('**/style-*.css', { status: 404 }) }, /style-\w+\.css/],
  ['when the style sheet cannot be reached', { prepare: (page) => page.route('**/style-*.css', (route) => route.abort()) }, /style-/],
  [
    'in a browser without a canvas',
    { before: () => (HTMLCanvasElement.prototype.getContext = () => null) },
    /This browser cannot draw on a canvas/,
  ],
];

async function cutShort(route) {
  const response = await route.fetch();
  const body = await response.body();
  await route.fulfill({ response, body: body.subarray(0, body.length / 2) });
}

/** Runs in the page: whatever the program draws next stops it. */
function breakTheCanvas() {
  for (const method of ['clearRect', 'fillRect', 'drawImage', 'setTransform']) {
    CanvasRenderingContext2D.prototype[method] = () => {
      throw new Error('The canvas is gone.');
    };
  }
}

for (const [when, options, reason] of CANNOT_START) {
  test(`The page says ${when} that the game cannot start.`, async (desk) => {
    const table = await desk.open({ ...options, noisy: true, ready: false });
    assert.match(await reasonOf(table), reason);
  });
}

test('A page that could not load the program starts again when its button is pressed, and then there is a game.', async (desk) => {
  let failures = 1;
  const prepare = (page) => page.route('**/*.wasm', (route) => (failures-- > 0 ? route.abort() : route.continue()));
  const table = await desk.open({ prepare, noisy: true, ready: false });
  await reasonOf(table);
  await table.reloading(() => table.failure.getByRole('button', { name: 'Reload' }).click());
  assert.equal(await table.failure.isVisible(), false);
  await table.isPlayable();
});

test('If the program stops in mid-game, the page says so, once, and starts again with the game and the best score.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7', stored: { 'blockers.bests': bests({ seed: 70 }) }, noisy: true });
  const first = { slot: 0, at: cell(0, 0) };
  await table.drop(first);
  await game.drop(first);
  await readRecords(table.page);
  await table.press(slot(1));
  await table.page.evaluate(breakTheCanvas);
  await table.moveTo(cell(5, 5));
  const reason = await reasonOf(table);
  assert.match(reason, /The canvas is gone/);
  // Errors that follow from the first one do not replace its reason.
  await table.moveTo(cell(6, 6));
  await table.release();
  await table.page.setViewportSize({ width: 900, height: 700 });
  await table.frames(3);
  assert.equal(await reasonOf(table), reason);

  await table.reloading(() => table.page.keyboard.press('Enter'));
  assert.equal(await table.failure.isVisible(), false);
  await table.shows({ ...tableOf(game), best: '70' });
  assert.match(await table.drop({ slot: 1, at: cell(5, 5) }), / placed/);
});

test('If the program stops while a dialog is open, it can be started again.', async (desk) => {
  const table = await desk.open({ noisy: true });
  await table.openMenu();
  await table.page.evaluate(breakTheCanvas);
  await table.page.setViewportSize({ width: 900, height: 700 });
  assert.match(await reasonOf(table), /The canvas is gone/);
  await table.reloading(() => table.failure.getByRole('button', { name: 'Reload' }).click());
  assert.equal(await table.failure.isVisible(), false);
});

test('If the program fails while the settings are open, which close into the menu, the panel is in front of all.', async (desk) => {
  const table = await desk.open({ noisy: true });
  await table.openMenu();
  await table.menu.getByRole('button', { name: 'Settings' }).click();
  await until(() => table.page.getByRole('dialog', { name: 'Settings' }).isVisible(), 'the settings');
  // A promise of the program is rejected. The program itself goes on.
  await table.page.evaluate(() => {
    const file = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('_bg.wasm')).name;
    void Promise.reject(Object.assign(new Error('A promise was rejected.'), { stack: `Error\n at ${file}` }));
  });
  assert.equal(await reasonOf(table), 'A promise was rejected.');
  await table.frames(3);
  assert.equal(await table.page.locator('dialog[open]').count(), 0);
  await table.reloading(() => table.failure.getByRole('button', { name: 'Reload' }).click());
});

test('If another script hides the error that stops the program, the page says so at the next event.', async (desk) => {
  const before = () => addEventListener('error', (event) => event.stopImmediatePropagation(), true);
  const table = await desk.open({ before, noisy: true });
  await table.press(slot(1));
  await table.page.evaluate(breakTheCanvas);
  await table.moveTo(cell(5, 5));
  await table.frames(3);
  await table.moveTo(cell(6, 6));
  assert.match(await reasonOf(table), /already .*borrowed/);
});

test('If the program stops in a frame without an origin, the page says so, and before that it can be played.', async (desk) => {
  const table = await desk.open({ noisy: true, ready: false });
  const { page } = table;
  const outside = `<!DOCTYPE html><iframe sandbox="allow-scripts" width="600" height="440" src="${desk.url}?seed=7"></iframe>`;
  await page.route(`${desk.url}outside`, (route) => route.fulfill({ contentType: 'text/html', body: outside }));
  await page.route(/\.(js|wasm)$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'access-control-allow-origin': '*' } });
  });
  await page.goto(`${desk.url}outside`);
  const frame = page.frameLocator('iframe');
  const first = frame.getByRole('option').first();
  await until(async () => /fits/.test(await first.getAttribute('aria-label')), 'a game in the frame');
  await first.focus();
  await page.keyboard.press('Enter');
  await until(async () => (await first.getAttribute('aria-selected')) === 'true', 'the shape to be picked up');
  await page.keyboard.press('Enter');
  await until(async () => /^empty/.test(await first.getAttribute('aria-label')), 'the shape to be placed');
  assert.equal(await frame.locator('#failure').isVisible(), false);

  await first.evaluate(breakTheCanvas);
  await page.keyboard.press('2');
  await until(() => frame.locator('#failure').isVisible(), 'the panel that says that the game has stopped');
  assert.match(await frame.locator('#failure-reason').textContent(), /The canvas is gone/);
});

test('The page says that it cannot start at an address without its last slash.', async (desk) => {
  const table = await desk.open({ noisy: true });
  const html = await (await table.page.request.get(desk.url)).text();
  await table.page.route('**/folder/blockers', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await table.page.goto(`${desk.url}folder/blockers`);
  assert.match(await reasonOf(table), /Part of the page could not be loaded/);
});

test('The page says that it cannot be opened as a file.', async (desk) => {
  const table = await desk.open({ noisy: true, strays: true });
  await table.page.goto(new URL('../../dist/index.html', import.meta.url).href);
  assert.match(await reasonOf(table), /web server/);
});

test('Without JavaScript the page says what it needs.', async (desk) => {
  const context = await desk.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(desk.url);
  const text = await page.locator('noscript').innerText();
  await context.close();
  assert.match(text, /JavaScript and WebAssembly/);
});
