// Only one page at a time has the game. Another page says that it is open elsewhere, and can take it over.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { natively, play, rehearsed } from './playing.mjs';
import { savedGames, toLink } from './records.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell } from './rules.mjs';
import { centre, eventually, tableOf, until } from './table.mjs';

const QUERY = { query: '?seed=7' };

const isElsewhere = (table) => until(() => table.elsewhere.isVisible(), 'the page to say that the game is open elsewhere');

/** Opens another page of the same player, which finds the game open elsewhere. */
async function openBeside(desk, table) {
  const other = await desk.openIn(table.page.context(), { ...QUERY, ready: false });
  await isElsewhere(other);
  return other;
}

/** Takes the game over into this page. The browser draws a page reliably only when it is in front. */
async function take(table) {
  await table.page.bringToFront();
  const here = table.elsewhere.getByRole('button', { name: 'Play here' });
  await table.reloading(() => here.click());
}

const generations = async ({ page }) => savedGames(await readRecords(page)).map(({ generation }) => generation);

test('A second page says that the game is open elsewhere and shows no game; in the first page it goes on.', async (desk) => {
  const game = await natively(desk, 7);
  const first = await desk.open(QUERY);
  await play(first, game, { drops: 2 });
  const second = await openBeside(desk, first);
  const before = await generations(second);
  assert.deepEqual((await second.see()).slots, [null, null, null]);
  const { width, height } = second.page.viewportSize();
  await second.page.mouse.move(width - 60, height - 60);
  await second.page.mouse.down();
  await second.page.mouse.move(100, 100, { steps: 5 });
  await second.page.mouse.up();
  await second.page.keyboard.press('Control+z');
  await second.frames(3);
  assert.deepEqual(await generations(second), before);
  assert.equal(await second.notice(), '');

  await first.page.bringToFront();
  assert.equal(await first.elsewhere.isVisible(), false);
  await play(first, game, { drops: 2 });
});

test('The page that says that the game is open elsewhere has a button with the focus, which takes it over.', async (desk) => {
  const first = await desk.open(QUERY);
  const second = await openBeside(desk, first);
  await second.hasFocus('take');
  await second.reloading(() => second.page.keyboard.press('Enter'));
  assert.equal(await second.elsewhere.isVisible(), false);
});

test("'Play here' takes the game over as it is; the page that had it says so, and can take it back.", async (desk) => {
  const game = await natively(desk, 7);
  const first = await desk.open(QUERY);
  await play(first, game, { drops: 2 });
  const second = await openBeside(desk, first);
  await take(second);
  await second.shows(tableOf(game));
  await isElsewhere(first);
  await play(second, game, { drops: 2 });

  // The first page still shows the game as it was, but does not react.
  await first.page.bringToFront();
  const [before, stored] = [await first.see(), await generations(first)];
  const left = before.slots.findIndex((name) => name !== 'empty slot');
  await first.drag({ slot: left }, cell(7, 0));
  await first.page.keyboard.press('Control+z');
  const mute = centre(await first.muteButton.boundingBox());
  await first.page.mouse.click(mute.x, mute.y);
  await first.frames(3);
  assert.deepEqual(await first.see(), before);
  assert.deepEqual(await generations(first), stored);

  await take(first);
  await first.shows(tableOf(game));
  await isElsewhere(second);
  await play(first, game, { drops: 2 });
  await until(() => first.undoButton.isEnabled(), 'undo to be possible');
});

test('A page whose menu is open when the game is taken over can take it back.', async (desk) => {
  const first = await desk.open(QUERY);
  await first.openMenu();
  const second = await openBeside(desk, first);
  await take(second);
  await isElsewhere(first);
  await take(first);
  assert.equal(await first.menu.isVisible(), false);
  await first.isPlayable();
});

test('After the page with the game is closed, another one has it after a reload.', async (desk) => {
  const game = await natively(desk, 7);
  const first = await desk.open(QUERY);
  await play(first, game, { drops: 3 });
  const second = await openBeside(desk, first);
  await readRecords(first.page);
  await first.page.close();
  await second.reloading(() => second.page.reload());
  await second.shows(tableOf(game));
  assert.equal(await second.elsewhere.isVisible(), false);
  await play(second, game, { drops: 2 });
});

test('A page that is reloaded ten times in a row has the game each time.', async (desk) => {
  const table = await desk.open(QUERY);
  const { slots } = await table.see();
  for (let n = 0; n < 10; n += 1) {
    await table.reloading(() => table.page.reload());
    await table.shows({ slots });
    assert.equal(await table.elsewhere.isVisible(), false);
  }
});

test('Whichever page has the game, each drop is one write, and no write overwrites another one.', async (desk) => {
  const game = await natively(desk, 7);
  const first = await desk.open(QUERY);
  let writes = 1;
  const isWritten = (table) =>
    eventually(async () => {
      assert.deepEqual(await generations(table), writes === 1 ? [1] : [writes, writes - 1]);
    });
  await isWritten(first);
  const second = await openBeside(desk, first);
  await isWritten(second);
  let playing = first;
  for (const table of [first, second, first, second]) {
    if (table === playing) {
      await table.page.bringToFront();
    } else {
      // A page that loses the game says so only after the browser has answered it.
      await isElsewhere(table);
      await take(table);
      playing = table;
      // A page that takes the game over writes it once, before its first drop.
      writes += 1;
      await isWritten(table);
    }
    for (let drops = 0; drops < 2; drops += 1) {
      await play(table, game, { drops: 1 });
      writes += 1;
      await isWritten(table);
    }
  }
  await isElsewhere(first);
  assert.equal(savedGames(await readRecords(second.page))[0].recording.drops.length, game.drops);
});

test('Two players have a game each, independent of the other.', async (desk) => {
  const game = await natively(desk, 7);
  const one = await desk.open(QUERY);
  await play(one, game, { drops: 3 });
  const other = await desk.open(QUERY);
  assert.equal(await other.elsewhere.isVisible(), false);
  await other.isPlayable();
});

/** Returns a link to another player's game, and how many drops it has. */
async function foreign(desk) {
  const { drops } = await rehearsed(await natively(desk, 8), { drops: 6 });
  return { link: `#g=${toLink({ kind: 'seed', seed: 8, drops })}`, total: drops.length };
}

test('A link is shown even while another page has the game, and nothing of that is stored.', async (desk) => {
  const game = await natively(desk, 7);
  const first = await desk.open(QUERY);
  await play(first, game, { drops: 4 });
  const isMuted = async ({ page }) => (await page.locator('#mute').getAttribute('aria-pressed')) === 'true';
  await first.muteButton.click();
  await until(() => isMuted(first), 'mute');
  const before = await readRecords(first.page);
  const { link, total } = await foreign(desk);
  const second = await desk.openIn(first.page.context(), { query: link });
  const bar = await new ReplayBar(second).opened();
  assert.equal(await second.elsewhere.isVisible(), false);
  await bar.fast();
  await bar.isAt(total, total);
  await bar.says(/verified/);
  assert.equal(await bar.playOn.isVisible(), false, 'such a game could not be stored');
  assert.ok(await isMuted(second), "the player's sound settings apply");
  for (const key of ['n', 'u', 'm', 'Control+z', '1', 'Enter']) await second.page.keyboard.press(key);
  await second.frames(3);
  assert.equal(await bar.whole.isVisible(), true);

  await bar.close.click();
  await isElsewhere(second);
  await second.hasFocus('take');
  assert.equal(new URL(second.page.url()).hash, '');
  assert.deepEqual(await readRecords(second.page), before);
  assert.equal(await second.notice(), '');

  // The first page still has the game, and the second one can take it over.
  await first.page.bringToFront();
  assert.equal(await first.elsewhere.isVisible(), false);
  await play(first, game, { drops: 1 });
  await take(second);
  await second.shows(tableOf(game));
  await play(second, game, { drops: 1 });
});

test('If a link is invalid while another page has the game, the page says that the game is open elsewhere.', async (desk) => {
  const first = await desk.open(QUERY);
  const second = await desk.openIn(first.page.context(), { query: '#g=no-game', ready: false });
  await isElsewhere(second);
  await first.page.bringToFront();
  await first.isPlayable();
});

/** The error with which the browser refuses the lock, and whether this page has the game then. */
for (const [name, here] of [
  ['AbortError', false],
  ['SecurityError', true],
]) {
  test(`If the lock is refused with ${name}, the game is ${here ? 'here' : 'elsewhere'}.`, async (desk) => {
    // The blank document that a page begins with has no locks.
    const refuse = `LockManager.prototype.request = () => Promise.reject(new DOMException('No.', '${name}'))`;
    const before = `if (window.LockManager) ${refuse}`;
    const table = await desk.open({ before: { content: before }, ready: here });
    if (here) return table.isPlayable();
    await isElsewhere(table);
  });
}

/** Each runs in the page before the program, and replaces the answers of the browser about the lock. */
const LATE = {
  'never answers': () => {
    if (window.LockManager) LockManager.prototype.request = () => new Promise(() => {});
  },
  'answers late': () => {
    if (!window.LockManager) return;
    const { request } = LockManager.prototype;
    LockManager.prototype.request = function (...wanted) {
      return new Promise((resolve) => {
        window.answer = () => {
          window.answer = undefined;
          resolve(request.apply(this, wanted));
        };
      });
    };
  },
};

for (const [how, before] of Object.entries(LATE)) {
  test(`If the browser ${how} about the lock, there is a game after some seconds, and it goes on.`, async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open({ ...QUERY, before });
    await play(table, game, { drops: 1 });
    await table.page.evaluate(() => window.answer?.());
    await play(table, game, { drops: 2 });
    assert.equal(await table.elsewhere.isVisible(), false);
    assert.equal(await table.notice(), '');
  });
}

test('If the browser answers late that another page has the game, the page says so.', async (desk) => {
  const first = await desk.open(QUERY);
  const prepare = (page) => page.addInitScript(LATE['answers late']);
  const second = await desk.openIn(first.page.context(), { ...QUERY, prepare });
  assert.equal(await second.elsewhere.isVisible(), false);
  // The program asks twice before it believes that.
  for (let times = 0; times < 2; times += 1) {
    await until(() => second.page.evaluate(() => Boolean(window.answer)), 'a request');
    await second.page.evaluate(() => void window.answer());
  }
  await isElsewhere(second);
  await first.page.bringToFront();
  await first.isPlayable();
});

/**
 * Runs in the page before the program: `window.leave()` and `window.comeBack()` simulate what WebKit does when a page
 * goes into the back/forward cache and comes back. It takes the lock away, and rejects its promise with AbortError.
 */
function cached() {
  if (!window.LockManager) return;
  const { request } = LockManager.prototype;
  LockManager.prototype.request = function (name, options, callback) {
    return new Promise((resolve, reject) => {
      const held = (lock) => {
        const release = new Promise((done) => (window.lose = () => [done(), reject(new DOMException('', 'AbortError'))]));
        return lock ? Promise.race([callback(lock), release]) : callback(lock);
      };
      request.call(this, name, options, held).then(resolve, reject);
    });
  };
  const say = (kind) => dispatchEvent(new PageTransitionEvent(kind, { persisted: true }));
  window.leave = (first) => (first === 'the event' ? [say('pagehide'), window.lose()] : [window.lose(), say('pagehide')]);
  window.comeBack = () => say('pageshow');
}

for (const first of ['the event', 'the rejection']) {
  test(`A page that comes back from the back/forward cache has the game again, if ${first} came first.`, async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open({ ...QUERY, before: cached });
    await play(table, game, { drops: 1 });
    for (let times = 0; times < 2; times += 1) {
      await table.page.evaluate((first) => void window.leave(first), first);
      await table.page.evaluate(() => void window.comeBack());
      await play(table, game, { drops: 1 });
      assert.equal(await table.elsewhere.isVisible(), false);
    }
    // It has the lock, too.
    await openBeside(desk, table);
  });
}

test('A page that comes back while another one has the game says so.', async (desk) => {
  const first = await desk.open({ ...QUERY, before: cached });
  await first.page.evaluate(() => void window.leave('the event'));
  const second = await desk.openIn(first.page.context(), QUERY);
  await first.page.evaluate(() => void window.comeBack());
  await isElsewhere(first);
  await second.page.bringToFront();
  await second.isPlayable();
});

test('A page that comes back after another one has played the game shows the game as it is now.', async (desk) => {
  const game = await natively(desk, 7);
  const first = await desk.open({ ...QUERY, before: cached });
  await play(first, game, { drops: 1 });
  await first.page.evaluate(() => void window.leave('the event'));
  const second = await desk.openIn(first.page.context(), QUERY);
  await play(second, game, { drops: 2 });
  await readRecords(second.page);
  await second.page.close();
  await first.page.bringToFront();
  await first.reloading(() => first.page.evaluate(() => void window.comeBack()));
  await first.shows(tableOf(game));
  await play(first, game, { drops: 1 });
});
