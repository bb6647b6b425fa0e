// What the page announces to a screen reader: every change once, and not in the same words twice in a row, because many
// screen readers skip a sentence that they have just read. What a control that has the focus says itself is not
// announced again.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { announced, listen } from './listening.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell } from './rules.mjs';
import { almostOver } from './states.mjs';
import { until } from './table.mjs';

/** Opens the game of seed 7, and drops the first shapes at these places. */
async function opened(desk, places = []) {
  const table = await desk.open({ query: '?seed=7', before: listen });
  const { page } = table;
  for (const [slot, at] of places.entries()) await table.drop({ slot, at });
  let known = (await announced(page)).length;

  /** Does something, and checks that these sentences are announced, and nothing else. */
  const announces = async (act, ...expected) => {
    await act();
    await until(async () => (await announced(page)).length >= known + expected.length, `'${expected}' to be announced`);
    await table.frames(4);
    const all = await announced(page);
    const fresh = all.slice(known).map(({ text }) => text);
    assert.deepEqual(fresh.map(plain), expected);
    for (let n = Math.max(known, 1); n < all.length; n += 1) {
      assert.notEqual(all[n].text, all[n - 1].text, 'a screen reader would skip the same words');
    }
    known = all.length;
  };
  const key = (name) => () => page.keyboard.press(name);
  return { table, page, announces, key };
}

/** Removes the space by which the page makes a repeated sentence a different text. */
const plain = (text) => text.replace(/\u00a0$/, '');

test('A drop by mouse or by keys is announced once, accepted or refused, and so is each step on the way.', async (desk) => {
  const { table, announces, key } = await opened(desk);
  const square = 'Square picked up. It fits in 81 places, the first at row 1, column 1.';
  await announces(() => table.press({ slot: 1 }), square);
  await announces(() => table.moveTo(cell(2, 2)));
  // A shape that goes back to its slot has changed nothing.
  await announces(key('Escape'));
  await announces(() => table.release());
  await announces(() => table.press({ slot: 1 }), square);
  await announces(() => table.moveTo(cell(0, 0)));
  await announces(() => table.release(), 'Square placed. Score 0.');

  for (let n = 0; n < 2; n += 1) {
    await announces(key('1'), 'Turned L picked up. It fits in 60 places, the first at row 1, column 3.');
    await announces(key('Home'), 'fits');
    await announces(key('Home'));
    await announces(key('ArrowUp'), 'fits');
    await announces(key('ArrowUp'), 'does not fit');
    await announces(key('Enter'), 'Not placed: a cell there is taken.');
    // It stays in the hand.
    await announces(key('Escape'));
  }
  await announces(key('3'), 'Turned L picked up. It fits in 60 places, the first at row 1, column 3.');
  await announces(key('Escape'));
  await announces(key('3'), 'Turned L picked up. It fits in 60 places, the first at row 1, column 3.');
  await announces(key('Enter'), 'Turned L placed. Score 0.');
});

test('That the game is over is announced once: by the panel, which gets the focus.', async (desk) => {
  const { drops, stored } = await almostOver(desk);
  const table = await desk.open({ query: '?seed=7', stored, before: listen });
  const { page } = table;
  const heard = (await announced(page)).length;
  const { slot, at } = drops.at(-1);
  await table.press({ slot });
  await table.moveTo(at);
  await until(async () => (await announced(page)).length > heard, 'the pick-up to be announced');
  await table.release();
  await until(() => table.over.isVisible(), 'the end of the game');
  await table.frames(4);
  const sentences = (await announced(page)).slice(heard).map(({ text }) => plain(text));
  assert.equal(sentences.length, 2, sentences.join('; '));
  assert.match(sentences[0], / picked up\. /);
  assert.match(sentences[1], /^\w+ placed[^.]*\. Score \d+\.$/);
  const focused = await page.evaluate(() => document.activeElement.closest('[role=dialog]')?.getAttribute('aria-labelledby'));
  assert.equal(focused, 'over-title', 'the dialog that is named Game over');
});

test('Undo, redo and a new game are announced once each, even twice in a row.', async (desk) => {
  const { table, announces, key } = await opened(desk, [cell(0, 0), cell(5, 5)]);
  await announces(() => table.undoButton.click(), 'Move undone. Score 0.');
  await announces(key('u'), 'Move undone. Score 0.');
  await announces(key('u'));
  await announces(() => table.redoButton.click(), 'Move redone. Score 0.');
  await announces(key('Control+y'), 'Move redone. Score 0.');
  await announces(key('Control+y'));
  await announces(() => table.newGameButton.click(), 'New game. Shapes: turned L, square, turned L.');
  await announces(key('n'), 'New game. Shapes: turned L, square, turned L.');
});

test('Sound off and on are announced if they come from a key, and not if the button or the slider says so itself.', async (desk) => {
  const { table, page, announces, key } = await opened(desk);
  await announces(() => table.muteButton.press('Enter'));
  await announces(key('m'));
  await announces(() => table.slider.press('ArrowLeft'));
  await page.getByRole('option').first().focus();
  await announces(key('m'), 'Sound off.');
  await announces(key('m'), 'Sound on.');
});

test('A replay announces each drop and each position that it goes to once, and its end.', async (desk) => {
  const { table, page, announces } = await opened(desk, [cell(0, 0), cell(5, 5)]);
  await table.openMenu();
  await announces(() => table.frames(1));
  await table.menu.getByRole('button', { name: 'Replay' }).click();
  const bar = await new ReplayBar(table).opened();
  await bar.paused();
  // The replay may be there already.
  await bar.slider.fill('2');
  await bar.isAt(2, 2);
  await bar.slider.fill('1');
  await bar.isAt(1, 2);
  // How many drops it has announced until then depends on the time.
  const begun = (await announced(page)).map(({ text }) => plain(text));
  const first = begun.lastIndexOf('After 0 moves. Score 0.');
  assert.equal(begun.lastIndexOf('After 1 move. Score 0.'), begun.length - 1);
  await announces(() => bar.slider.press('ArrowLeft'), ...begun.slice(first), 'After 0 moves. Score 0.');
  await announces(() => bar.speed.click());
  await announces(() => bar.step.click(), 'Turned L placed. Score 0.');
  await bar.isAt(1, 2);
  await announces(() => bar.slider.press('ArrowRight'), 'After 2 moves. Score 0.');
  await announces(() => bar.close.click(), 'Game resumed. Score 0.');
});

test('A notice is announced at once, and of a second one only the new line.', async (desk) => {
  const { table, page, announces } = await opened(desk);
  const open = (link) => () => page.evaluate((hash) => (location.hash = hash), `g=${link}`);
  const sentence = 'This link is damaged or from a newer version: character 1: expected version 1, the only one that this program reads';
  await announces(open('AA'), `${sentence}, found version 0.`);
  await announces(open('CC'), `\n${sentence}, found version 8.`);
  assert.deepEqual((await announced(page)).slice(-2).map(({ politeness }) => politeness), ['assertive', 'assertive']);
  assert.equal((await table.notice()).split('\n').length, 2);
  await announces(() => page.getByRole('button', { name: 'Dismiss' }).click());
});

test('What changes in a dialog is announced, and not what is in it when it opens.', async (desk) => {
  const { table, page, announces, key } = await opened(desk);
  await announces(() => table.openMenu());
  await page.getByLabel('Seed', { exact: true }).fill('abc');
  await announces(key('Enter'), '“abc” is not a seed. Enter a number from 0 to 18446744073709551615.');
  await announces(key('Escape'));
  await announces(() => table.openMenu());
  const none = 'Finish a game to see your statistics.';
  await announces(() => table.menu.getByRole('button', { name: 'Statistics' }).click(), none);
  const ofKind = 'Finish a game of this type to see its statistics.';
  await announces(() => page.getByRole('button', { name: 'Daily', exact: true }).click(), ofKind);
  await announces(key('Escape'));
});
