// One page has the game at a time. Another one says where it is, and can take it.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { natively, play, rehearsed } from './playing.mjs';
import { savedGames, toLink } from './records.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell } from './rules.mjs';
import { test } from './runner.mjs';
import { centre, tableOf, until } from './table.mjs';

const QUERY = { query: '?seed=7' };

/** A page that finds the game open elsewhere. */
async function openBeside(desk, table) {
  const other = await desk.openIn(table.page.context(), { ...QUERY, ready: false });
  await until(() => other.elsewhere.isVisible(), 'the page to say where the game is');
  return other;
}

/** Takes the game into this page. Only a page in front is sure to be drawn. */
async function take(table) {
  await table.page.bringToFront();
  const here = table.elsewhere.getByRole('button', { name: 'Play here' });
  await table.reloading(() => here.click({ timeout: 5000 }));
}

const generations = async ({ page }) => savedGames(await readRecords(page)).map(({ generation }) => generation);

test('A second page says where the game is and has none; in the first one it goes on.', async (desk) => {
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

test('The page that says where the game is has a button with the focus, which takes it.', async (desk) => {
  const first = await desk.open(QUERY);
  const second = await openBeside(desk, first);
  assert.equal(await second.focused(), 'take');
  await second.reloading(() => second.page.keyboard.press('Enter'));
  assert.equal(await second.elsewhere.isVisible(), false);
});

test('Play here takes the game over as it stands; the page that had it says so, and takes it back.', async (desk) => {
  const game = await natively(desk, 7);
  const first = await desk.open(QUERY);
  await play(first, game, { drops: 2 });
  const second = await openBeside(desk, first);
  await take(second);
  await second.shows(tableOf(game));
  await until(() => first.elsewhere.isVisible(), 'the first page to say where the game is now');
  await play(second, game, { drops: 2 });

  // The first page shows the game as it had it, and nothing can be done with it there.
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
  await until(() => second.elsewhere.isVisible(), 'the second page to say where the game is now');
  await play(first, game, { drops: 2 });
  assert.ok(await first.undoButton.isEnabled());
});

test('A page whose menu is open when the game is taken away can take it back.', async (desk) => {
  const first = await desk.open(QUERY);
  await first.openMenu();
  const second = await openBeside(desk, first);
  await take(second);
  await until(() => first.elsewhere.isVisible(), 'the first page to say where the game is now');
  await take(first);
  assert.equal(await first.menu.isVisible(), false);
  await first.isPlayable();
});

test('When the page with the game is closed, another one has it after a reload.', async (desk) => {
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

test('A reload of the page that has the game does not lose it to itself, ten times in a row.', async (desk) => {
  const table = await desk.open(QUERY);
  const { slots } = await table.see();
  for (let n = 0; n < 10; n += 1) {
    await table.reloading(() => table.page.reload());
    await table.shows({ slots });
    assert.equal(await table.elsewhere.isVisible(), false);
  }
});

test('Whichever page has the game, each drop is one write, and none takes another one away.', async (desk) => {
  const game = await natively(desk, 7);
  const first = await desk.open(QUERY);
  let writes = 1;
  const isWritten = async (table) => {
    assert.deepEqual(await generations(table), writes === 1 ? [1] : [writes, writes - 1]);
  };
  await isWritten(first);
  const second = await openBeside(desk, first);
  await isWritten(second);
  const [one, other] = [first, second];
  for (const table of [one, other, one, other]) {
    if (await table.elsewhere.isVisible()) {
      await take(table);
      // A game that is taken up is written once, before its first drop.
      writes += 1;
      await isWritten(table);
    } else {
      await table.page.bringToFront();
    }
    for (let drops = 0; drops < 2; drops += 1) {
      await play(table, game, { drops: 1 });
      writes += 1;
      await isWritten(table);
    }
  }
  await until(() => first.elsewhere.isVisible(), 'the first page to say where the game is');
  assert.equal(savedGames(await readRecords(second.page))[0].recording.drops.length, game.drops);
});

test('Two players have a game each: what one browser holds is nothing to the other.', async (desk) => {
  const game = await natively(desk, 7);
  const one = await desk.open(QUERY);
  await play(one, game, { drops: 3 });
  const other = await desk.open(QUERY);
  assert.equal(await other.elsewhere.isVisible(), false);
  await other.isPlayable();
});

/** A link to a game that somebody else has played, and how many drops it has. */
async function foreign(desk) {
  const { drops } = await rehearsed(await natively(desk, 8), { drops: 6 });
  return { link: `#g=${toLink({ kind: 'seed', seed: 8, drops })}`, total: drops.length };
}

test('A link is shown also while another page has the game, and nothing of that is stored.', async (desk) => {
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
  assert.match(await bar.text(), /verified/);
  assert.equal(await bar.playOn.isVisible(), false, 'it could not be stored');
  assert.ok(await isMuted(second), 'it sounds as the player has chosen');
  for (const key of ['n', 'u', 'm', 'Control+z', '1', 'Enter']) await second.page.keyboard.press(key);
  await second.frames(3);
  assert.equal(await bar.whole.isVisible(), true);

  await bar.close.click();
  await until(() => second.elsewhere.isVisible(), 'the page to say where the game is');
  assert.equal(await second.focused(), 'take');
  assert.equal(new URL(second.page.url()).hash, '');
  assert.deepEqual(await readRecords(second.page), before);
  assert.equal(await second.notice(), '');

  // The first page has not been disturbed, and the second one can have its game.
  await first.page.bringToFront();
  assert.equal(await first.elsewhere.isVisible(), false);
  await play(first, game, { drops: 1 });
  await take(second);
  await second.shows(tableOf(game));
  await play(second, game, { drops: 1 });
});

test('A link with no game in it leads to where the game is, while another page has that.', async (desk) => {
  const first = await desk.open(QUERY);
  const second = await desk.openIn(first.page.context(), { query: '#g=no-game', ready: false });
  await until(() => second.elsewhere.isVisible(), 'the page to say where the game is');
  await first.page.bringToFront();
  await first.isPlayable();
});

/** What the browser answers to who asks for the lock, and whether the game is in this page then. */
for (const [name, here] of [
  ['AbortError', false],
  ['SecurityError', true],
]) {
  test(`A lock that is refused with a ${name} means that the game is ${here ? 'here' : 'elsewhere'}.`, async (desk) => {
    // A page that is still empty has no locks.
    const refuse = `LockManager.prototype.request = () => Promise.reject(new DOMException('No.', '${name}'))`;
    const before = `if (window.LockManager) ${refuse}`;
    const table = await desk.open({ before: { content: before }, ready: here });
    if (here) return table.isPlayable();
    await until(() => table.elsewhere.isVisible(), 'the page to say where the game is');
  });
}
