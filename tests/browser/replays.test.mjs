// Replays of the player's own game, over or not. Replays of shared games are in links.mjs.

import assert from 'node:assert/strict';
import { readRecords } from './database.mjs';
import { film, step } from './film.mjs';
import { test } from './fixture.mjs';
import { natively, play, reload } from './playing.mjs';
import { savedGames } from './records.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell } from './rules.mjs';
import { almostOver } from './states.mjs';
import { closed, tableOf, until } from './table.mjs';

/** Plays this many drops of a game, and opens its replay, which pauses at its beginning. */
async function watching(desk, drops, options) {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7', ...options });
  const played = await play(table, game, { drops });
  await table.openMenu();
  await table.page.locator('#watch').click();
  const bar = await new ReplayBar(table).opened();
  await bar.paused();
  await bar.slider.fill('0');
  await bar.isAt(0, drops);
  return { ...played, game, table, bar };
}

test('A game that is over can be watched drop by drop to its end, and afterwards is over as before.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7' });
  const { shown } = await play(table, game);
  await until(() => table.over.isVisible(), 'the end of the game');
  const totals = await table.totals();
  await table.over.getByRole('button', { name: 'Replay' }).click();
  const bar = await new ReplayBar(table).opened();
  assert.equal(await table.over.isVisible(), false);
  await bar.says(/^Seed 7: move \d+ of 29, \d+ points$/);
  await bar.fast();
  await bar.isAt(game.drops, game.drops);
  await until(() => bar.play.isVisible(), 'the end of the replay');
  await table.shows(shown.at(-1));
  await bar.says(`Seed 7: move ${game.drops} of ${game.drops}, ${game.score} points`);
  assert.equal(await table.over.isVisible(), false);
  assert.equal((await table.heard()).at(-1).endsWith(' Game over.'), true);

  await bar.play.click();
  await until(async () => (await bar.position()) < game.drops, 'the replay to start again');
  await bar.close.click();
  await bar.closed();
  await until(() => table.over.isVisible(), 'the end of the game, as before');
  await table.shows(shown.at(-1));
  assert.deepEqual(await table.totals(), totals, 'a replay does not count as a game');
});

test('A replay pauses, moves on by one drop, and moves where its slider is set; then the game goes on.', async (desk) => {
  const { game, table, bar, shown } = await watching(desk, 5);
  await table.shows(shown[0]);
  await bar.fast();
  for (const [n, after] of shown.slice(1).entries()) {
    await bar.step.click();
    await bar.isAt(n + 1, 5);
    await table.shows(after);
    await until(() => bar.play.isVisible(), 'the replay to pause again');
  }
  for (const place of [2, 4, 0, 5, 3]) {
    await bar.slider.fill(String(place));
    await bar.isAt(place, 5);
    await table.shows(shown[place]);
  }
  await bar.slider.press('ArrowLeft');
  await bar.isAt(2, 5);
  await table.shows(shown[2]);
  assert.equal(await bar.slider.getAttribute('aria-valuetext'), 'move 2 of 5');
  assert.equal((await table.heard()).at(-1), `After 2 moves. Score ${shown[2].score}.`);

  await bar.play.click();
  await bar.isAt(5, 5);
  await table.shows(shown[5]);
  await bar.close.click();
  await bar.closed();
  await table.shows(tableOf(game));
  await play(table, game, { drops: 2 });
});

test('A replay has five speeds, one after the other.', async (desk) => {
  const { bar } = await watching(desk, 5);
  for (const pace of ['1×', '2×', '4×', '8×', '0.5×', '1×']) {
    await until(async () => (await bar.speed.textContent()) === pace, pace);
    await bar.speed.click();
  }
});

test('A replay that is moved elsewhere in the middle of a drag puts the shape back, and goes on from there.', async (desk) => {
  const { bar, table, shown } = await watching(desk, 4, { before: film });
  await table.page.evaluate(() => window.film.hold());
  await bar.play.click();
  await step(table, 0);
  for (const place of [2, 1, 0]) {
    // There are 330 ms between two drags, and a drag takes 420 ms.
    await step(table, 400);
    await step(table, 200);
    await bar.slider.fill(String(place));
    await step(table, 0);
    await bar.isAt(place, 4);
  }
  await table.page.evaluate(() => window.film.release());
  await bar.fast();
  await bar.isAt(4, 4);
  await table.shows(shown[4]);
});

test('The shapes of a replay cannot be moved, and the game that waits is unchanged.', async (desk) => {
  const { game, table, bar, shown } = await watching(desk, 4);
  const before = savedGames(await readRecords(table.page))[0];
  await bar.slider.fill('2');
  await bar.isAt(2, 4);
  const left = shown[2].slots.findIndex((name) => name !== 'empty slot');
  await table.drag({ slot: left }, cell(7, 0));
  for (const key of ['Control+z', 'Control+y']) await table.page.keyboard.press(key);
  await table.frames(3);
  await table.shows(shown[2]);
  assert.equal(await table.undoButton.isVisible(), false);
  assert.deepEqual(savedGames(await readRecords(table.page))[0], before);

  await reload(table);
  assert.equal(await bar.whole.isVisible(), false);
  await table.shows(shown[4]);
  await play(table, game, { drops: 1 });
});

test("'Continue from here' asks first, and then the game goes on from where the replay is.", async (desk) => {
  const { table, bar, drops, shown } = await watching(desk, 5);
  const own = savedGames(await readRecords(table.page))[0];
  await bar.slider.fill('2');
  await bar.isAt(2, 5);
  await bar.playOn.click();
  await until(() => table.question.isVisible(), 'the question');
  const question = 'Continuing from this replay ends your current game.';
  assert.equal(await table.page.locator('#question-text').textContent(), question);
  await table.question.getByRole('button', { name: 'Keep playing' }).click();
  await closed(table.question);
  await bar.isAt(2, 5);

  await bar.playOn.click();
  await table.question.getByRole('button', { name: 'End game' }).click();
  await bar.closed();
  await table.shows(shown[2]);
  const undone = table.page.getByRole('status', { name: 'Best with undo' });
  await until(() => undone.isVisible(), 'the best with undo');
  assert.deepEqual([await table.undoButton.isEnabled(), await table.redoButton.isEnabled()], [true, false]);
  assert.match(await table.drop(drops[2]), / placed/);
  await table.shows(shown[3]);
  await reload(table);
  await table.shows(shown[3]);
  const { id, recording } = savedGames(await readRecords(table.page))[0];
  assert.notEqual(id, own.id, 'this is a different game');
  assert.deepEqual(recording.drops, drops.slice(0, 3));
  assert.equal(recording.undos, 1);
});

for (const [what, size, touch] of [
  ['a phone', [390, 844], true],
  ['a phone on its side', [844, 390], true],
]) {
  test(`On ${what} a replay can be watched and left by finger.`, async (desk) => {
    const game = await natively(desk, 7);
    const table = await desk.open({ query: '?seed=7', size, touch, scale: 3 });
    await play(table, game, { drops: 2 });
    await table.menuButton.tap();
    await table.page.locator('#watch').tap();
    const bar = await new ReplayBar(table).opened();
    await bar.isAt(2, 2);
    await bar.close.tap();
    await bar.closed();
    await play(table, game, { drops: 1 });
  });
}

test('A game without a move cannot be replayed, and the menu says why.', async (desk) => {
  const table = await desk.open({ query: '?seed=7' });
  const watch = table.page.locator('#watch');
  const reason = 'Replay needs at least one move.';
  await table.openMenu();
  assert.equal(await watch.isDisabled(), true);
  await table.page.getByRole('button', { name: 'Replay', exact: true, description: reason }).waitFor();
  assert.ok(await table.menu.getByText(reason).isVisible());
  // It is not disabled for the browser, so that it keeps the focus. A press does nothing.
  await watch.click({ force: true });
  await table.frames(3);
  assert.ok(await table.menu.isVisible());
  assert.equal(await table.page.locator('#replay').isVisible(), false);
  await table.page.keyboard.press('Escape');
  await closed(table.menu);

  await table.drop({ slot: 0, at: cell(0, 0) });
  await table.openMenu();
  assert.equal(await watch.isDisabled(), false);
  assert.equal(await table.menu.getByText(reason).isVisible(), false);
});

for (const locale of ['en-US', 'ar-EG']) {
  test(`In ${locale} the controls of a replay run from left to right.`, async (desk) => {
    const { stored } = await almostOver(desk);
    const { page } = await desk.open({ locale, stored, size: [900, 1200] });
    await page.locator('#open-menu').click();
    await page.locator('#watch').click();
    const toggle = page.locator('#replay-toggle');
    await until(() => toggle.isVisible(), 'the replay');
    await toggle.click();
    const ids = ['replay-toggle', 'replay-step', 'replay-bar', 'replay-speed', 'play-on', 'replay-share', 'replay-close'];
    const places = await page.evaluate((ids) => ids.map((id) => document.getElementById(id).getBoundingClientRect().x), ids);
    assert.deepEqual(places, [...places].sort((one, other) => one - other));
    const turned = await page.evaluate(() =>
      [...document.querySelectorAll('#replay svg')].filter((icon) => getComputedStyle(icon).transform !== 'none').length,
    );
    assert.equal(turned, 0, 'icons that are turned round');

    const bar = page.locator('#replay-bar');
    await until(() => toggle.evaluate((button) => !('playing' in button.dataset)), 'the replay to pause');
    await bar.fill('10');
    await bar.press('ArrowRight');
    assert.equal(await bar.inputValue(), '11');
    const { x, y, width, height } = await bar.boundingBox();
    await page.mouse.click(x + width * 0.9, y + height / 2);
    assert.ok(Number(await bar.inputValue()) > 20, 'the end is on the right');
  });
}
