// The page works offline, offers a newer version and never forces it, and where a browser can do neither there is a
// game all the same. Each test has its own server and its own copy of the page.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from './fixture.mjs';
import { isKept, reload } from './playing.mjs';
import { publish, publishAnother, version } from './publishing.mjs';
import { bests } from './records.mjs';
import { cell, slot } from './rules.mjs';
import { almostOver } from './states.mjs';
import { closed, until } from './table.mjs';

/**
 * How long a browser may take until it looks for a newer worker, in milliseconds: it does so when it has nothing else
 * to do.
 */
const SOME_TIME = 90_000;

const updateButton = ({ page }) => page.locator('#update').getByRole('button', { name: 'Update ready. Reload' });
const updateInMenu = ({ menu }) => menu.getByRole('button', { name: 'Update ready. Reload' });

const isOffered = (table) => until(() => updateButton(table).isVisible(), 'a newer version to be offered', SOME_TIME);

test('A page that was opened once opens offline, with its game, and can be played.', async (desk) => {
  const { server } = await publish(desk);
  // A browser may log what it likes about a server that does not answer.
  const table = await desk.open({ query: '?seed=7', workers: true, noisy: true });
  await table.drop({ slot: 0, at: cell(0, 0) });
  const before = await table.see();
  await isKept(table);
  await server.close();
  await table.page.context().setOffline(true);
  await reload(table);
  await table.shows(before);
  assert.match(await table.drop({ slot: 1, at: cell(5, 5) }), / placed/);
  const after = await table.see();
  await table.reloading(() => table.page.goto(`${desk.url}index.html`));
  await table.shows(after);
  assert.equal(await table.notice(), '');
  assert.equal(await table.failure.isVisible(), false);
});

test('The worker caches every file that each visit can need, and nothing else.', async (desk) => {
  const { folder } = await publish(desk);
  const table = await desk.open({ workers: true });
  await isKept(table);
  const kept = await table.page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
    return requests.map(({ url }) => new URL(url).pathname.slice(1));
  });
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map(({ parentPath, path, name }) => relative(folder, join(parentPath ?? path, name)));
  const isNeeded = (name) => name !== 'sw.js' && !/^l10n\/|\.png$/.test(name);
  assert.deepEqual(kept.toSorted(), files.filter(isNeeded).toSorted());
});

test('The worker keeps no damaged file of the program: a later visit gets the whole one.', async (desk) => {
  const { folder } = await publish(desk);
  const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.wasm')));
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length / 2));
  const before = () => {
    const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = function (...all) {
      window.registering = register.apply(this, all);
      return window.registering;
    };
  };
  const table = await desk.open({ query: '?seed=7', workers: true, before, noisy: true, ready: false });
  await until(() => table.failure.isVisible(), 'the panel that says that the game has stopped');
  const ended = await table.page.evaluate(async () => {
    const { installing, waiting, active } = await window.registering;
    const worker = installing ?? waiting ?? active;
    while (worker && !['redundant', 'activated'].includes(worker.state)) {
      await new Promise((changed) => worker.addEventListener('statechange', changed, { once: true }));
    }
    return worker?.state ?? 'redundant';
  });
  assert.equal(ended, 'redundant');
  writeFileSync(file, whole);
  await table.reloading(() => table.failure.getByRole('button', { name: 'Reload' }).click());
  await table.isPlayable();
  await isKept(table);
});

test('For every other address the worker leaves the answer to the server.', async (desk) => {
  await publish(desk);
  const table = await desk.open({ workers: true, noisy: true });
  await isKept(table);
  await table.reloading(() => table.page.reload());
  const status = (path) => table.page.evaluate(async (address) => (await fetch(address)).status, path);
  assert.equal(await status('./?anything'), 200);
  assert.equal(await status('nowhere'), 404);
  // A browser may show its own page for it.
  const answer = await table.page.goto(`${desk.url}nowhere/`).catch(() => null);
  assert.equal(answer?.status() ?? 404, 404);
});

test('A newer version is offered and not forced, not even by a reload; it is loaded on request, and the game goes on.', async (desk) => {
  const place = await publish(desk);
  const table = await desk.open({ query: '?seed=7', workers: true });
  assert.equal(await updateButton(table).isVisible(), false);
  await isKept(table);
  await reload(table);
  publishAnother(place);
  await reload(table);
  await isOffered(table);
  assert.equal(await version(table), '1');

  await table.page.evaluate(() => (window.isSamePage = true));
  const opacity = () => updateButton(table).evaluate((button) => getComputedStyle(button).opacity);
  assert.equal(await opacity(), '1');
  await table.press(slot(0));
  await table.moveTo(cell(0, 0));
  await until(async () => (await opacity()) === '0', 'the offer to be hidden during a drag');
  await table.page.keyboard.press('Escape');
  await table.release();
  await until(async () => (await opacity()) === '1', 'the offer to be shown again');
  // A page that forces an update would load it in this time.
  await sleep(500);
  assert.equal(await table.page.evaluate(() => window.isSamePage), true);
  const before = await table.see();

  await reload(table);
  await isOffered(table);
  assert.equal(await version(table), '1');
  await table.reloading(() => updateButton(table).click());
  assert.equal(await version(table), '2');
  await table.shows(before);
  assert.equal(await updateButton(table).isVisible(), false);
  assert.match(await table.drop({ slot: 1, at: cell(5, 5) }), / placed/);
});

test('A newer version is offered between two games and in the menu, and not on the board in mid-game.', async (desk) => {
  const place = await publish(desk);
  const { drops, stored } = await almostOver(desk);
  const table = await desk.open({ query: '?seed=7', workers: true, stored });
  const name = table.page.getByRole('heading', { name: 'BLOCKERS' });
  const width = async () => (await name.boundingBox()).width;
  const before = await width();
  await isKept(table);
  await reload(table);
  publishAnother(place);
  await reload(table);
  const waits = () => table.page.evaluate(async () => Boolean((await navigator.serviceWorker.ready).waiting));
  await until(waits, 'a newer version to wait', SOME_TIME);
  await until(() => table.page.evaluate(() => !document.getElementById('load-update').hidden), 'an offer');
  const isOnTable = () => updateButton(table).isVisible();
  assert.equal(await isOnTable(), false, 'in mid-game');
  assert.equal(await width(), before, 'the name is where it was');
  await table.openMenu();
  assert.equal(await updateInMenu(table).isVisible(), true);
  await table.page.keyboard.press('Escape');
  await closed(table.menu);

  await table.drop(drops.at(-1));
  await until(isOnTable, 'the offer at the end of the game');
  await table.over.getByRole('button', { name: 'Undo' }).click();
  await until(async () => !(await isOnTable()), 'the offer to go');
  await table.drop(drops.at(-1));
  await table.over.getByRole('button', { name: 'Play again' }).click();
  await table.dealt();
  await until(isOnTable, 'the offer before the first drop');
  await table.drop({ slot: 0, at: cell(0, 0) });
  await until(async () => !(await isOnTable()), 'the offer to go with the first drop');
  await table.undoButton.click();
  await table.dealt();
  assert.equal(await isOnTable(), false, 'a game with a drop to redo is in progress');

  await table.openMenu();
  await table.reloading(() => updateInMenu(table).click());
  assert.equal(await version(table), '2');
});

test('A page that is open for long looks for a newer version when it becomes visible, at most once an hour.', async (desk) => {
  await publish(desk);
  const before = () => {
    const { now } = Date;
    window.later = 0;
    Date.now = () => now() + window.later;
    window.updates = 0;
    // The blank document that a page begins with has none.
    if (!window.ServiceWorkerRegistration) return;
    ServiceWorkerRegistration.prototype.update = () => {
      window.updates += 1;
      return window.updates > 1 ? Promise.reject(new TypeError('The network is down.')) : Promise.resolve();
    };
  };
  const table = await desk.open({ workers: true, before });
  await isKept(table);
  const changes = (minutes, state) =>
    table.page.evaluate(([minutes, state]) => {
      window.later = minutes * 60_000;
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      return window.updates;
    }, [minutes, state]);
  for (const [minutes, state, updates] of [
    [1, 'visible', 0],
    [59, 'visible', 0],
    [61, 'hidden', 0],
    [62, 'visible', 1],
    [63, 'visible', 1],
    [121, 'visible', 1],
    [123, 'visible', 2],
  ]) {
    assert.equal(await changes(minutes, state), updates, `the page is ${state} after ${minutes} minutes`);
  }
  await table.isPlayable();
});

test('A page that is older than its worker can load a newer version, too.', async (desk) => {
  const place = await publish(desk);
  const table = await desk.open({ workers: true });
  await isKept(table);
  assert.equal(await table.page.evaluate(() => navigator.serviceWorker.controller), null);
  publishAnother(place);
  await table.page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration()).update();
  });
  await isOffered(table);
  await table.reloading(() => updateButton(table).click());
  assert.equal(await version(table), '2');
});

const worker = (text) => (folder) => writeFileSync(join(folder, 'sw.js'), text);
const remove = (pattern) => (folder) => {
  const names = readdirSync(folder, { recursive: true }).filter((name) => pattern.test(name));
  assert.equal(names.length, 1, `one file of ${pattern}`);
  rmSync(join(folder, names[0]));
};

/** Reasons why a page cannot work offline, and whether it logs that. */
const ONLINE_ONLY = [
  ['in a browser without service workers', { workers: false }, false],
  ['when the server does not have the worker', { spoil: remove(/^sw\.js$/) }, true],
  ['when the worker throws', { spoil: worker('throw new Error("No.");') }, true],
  ['when the worker is not a script', { spoil: worker('<!DOCTYPE html>') }, true],
  ['when the server lacks a file that the worker caches', { spoil: remove(/icon-192\.png$/) }, false],
  [
    'in a frame without an origin',
    {
      before: () => {
        const get = () => {
          throw new DOMException('The frame is sandboxed.', 'SecurityError');
        };
        Object.defineProperty(Navigator.prototype, 'serviceWorker', { get });
      },
    },
    true,
  ],
  [
    'in a browser that rejects the registration',
    {
      before: () => {
        const refuse = () => Promise.reject(new DOMException('It is forbidden.', 'SecurityError'));
        // The blank document that a page begins with has none.
        if (window.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = refuse;
      },
    },
    true,
  ],
  [
    'in a browser where the registration throws',
    {
      before: () => {
        const refuse = () => {
          throw new DOMException('It is forbidden.', 'SecurityError');
        };
        if (window.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = refuse;
      },
    },
    true,
  ],
];

for (const [when, { spoil, before, workers = true }, isLogged] of ONLINE_ONLY) {
  test(`The page does not work offline ${when}, and can be played as usual.`, async (desk) => {
    const { folder } = await publish(desk);
    spoil?.(folder);
    const logged = [];
    const prepare = (page) =>
      page.on('console', (message) => {
        if (message.text().startsWith('The game is not available offline: ')) logged.push(message.type());
      });
    const table = await desk.open({ workers, before, prepare, noisy: true });
    if (isLogged) await until(() => logged.length > 0, 'a log entry about it');
    await table.isPlayable();
    assert.deepEqual(logged, isLogged ? ['info'] : []);
    assert.equal(await table.notice(), '');
    assert.equal(await table.failure.isVisible(), false);
    assert.equal(await updateButton(table).isVisible(), false);
  });
}

for (const [width, height] of [
  [320, 480],
  [390, 844],
  [844, 390],
  [568, 320],
  [1024, 768],
]) {
  test(`At ${width} x ${height} the offer of a newer version overlaps nothing else.`, async (desk) => {
    const stored = { 'blockers.bests': bests({ seed: 123450 }) };
    const table = await desk.open({ query: '?seed=7', size: [width, height], stored });
    await table.page.locator('#load-update').evaluate((button) => (button.hidden = false));
    const locators = [table.board, table.newGameButton, table.menuButton, ...(await table.tray.getByRole('option').all())];
    locators.push(...(await table.page.locator('#numbers output').filter({ visible: true }).all()));
    const offer = await updateButton(table).boundingBox();
    assert.ok(offer.x >= 0 && offer.y >= 0 && offer.x + offer.width <= width && offer.height >= 44, JSON.stringify(offer));
    for (const locator of locators) {
      const other = await locator.boundingBox();
      const isApart =
        other.x >= offer.x + offer.width ||
        offer.x >= other.x + other.width ||
        other.y >= offer.y + offer.height ||
        offer.y >= other.y + other.height;
      assert.ok(isApart, `${JSON.stringify(offer)} is over ${JSON.stringify(other)} of ${locator}`);
    }
    assert.ok(await table.page.getByRole('heading', { name: 'BLOCKERS' }).count(), 'a screen reader still finds the name');
  });
}
