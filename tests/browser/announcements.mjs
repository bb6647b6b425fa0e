// What is said by itself to whoever does not see it: every change once, and not in the same words twice in a row, because many
// screen readers leave out what they have just said. What a control says itself where it has the focus is not said again.

import assert from 'node:assert/strict';
import { announced, listen } from './listening.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { cell } from './rules.mjs';
import { test } from './runner.mjs';
import { almostOver } from './states.mjs';
import { until } from './table.mjs';

/** A table of seed 7, with the first shapes of its hand at these places, and ears that miss nothing. */
async function seated(desk, places = []) {
  const table = await desk.open({ query: '?seed=7', before: listen });
  const { page } = table;
  for (const [slot, at] of places.entries()) await table.drop({ slot, at });
  let known = (await announced(page)).length;

  /** Does something, and checks that this is said of it, and nothing else. */
  const tells = async (act, ...expected) => {
    await act();
    await until(async () => (await announced(page)).length >= known + expected.length, `'${expected}' to be said`);
    await table.frames(4);
    const all = await announced(page);
    const fresh = all.slice(known).map(({ text }) => text);
    assert.deepEqual(fresh.map(plain), expected);
    for (let n = Math.max(known, 1); n < all.length; n += 1) {
      assert.notEqual(all[n].text, all[n - 1].text, 'the same words are not heard again');
    }
    known = all.length;
  };
  const key = (name) => () => page.keyboard.press(name);
  return { table, page, tells, key };
}

/** Without the space that makes two equal sentences two. */
const plain = (text) => text.replace(/\u00a0$/, '');

test('A drop by mouse, by keys, or refused is told once, and so is each step on its way.', async (desk) => {
  const { table, tells, key } = await seated(desk);
  const square = 'Square picked up. It fits in 81 places, the first at row 1, column 1.';
  await tells(() => table.press({ slot: 1 }), square);
  await tells(() => table.moveTo(cell(2, 2)));
  // Back in its slot, it is where it was.
  await tells(key('Escape'));
  await tells(() => table.release());
  await tells(() => table.press({ slot: 1 }), square);
  await tells(() => table.moveTo(cell(0, 0)));
  await tells(() => table.release(), 'Square placed. Score 0.');

  for (let n = 0; n < 2; n += 1) {
    await tells(key('1'), 'Turned L picked up. It fits in 60 places, the first at row 1, column 3.');
    await tells(key('Home'), 'fits');
    await tells(key('Home'));
    await tells(key('ArrowUp'), 'fits');
    await tells(key('ArrowUp'), 'does not fit');
    await tells(key('Enter'), 'Not placed: a cell there is taken.');
  }
  await tells(key('3'), 'Turned L picked up. It fits in 60 places, the first at row 1, column 3.');
  await tells(key('Escape'));
  await tells(key('3'), 'Turned L picked up. It fits in 60 places, the first at row 1, column 3.');
  await tells(key('Enter'), 'Turned L placed. Score 0.');
});

test('That the game is over is said once: by the panel, which gets the focus.', async (desk) => {
  const { drops, stored } = await almostOver(desk);
  const table = await desk.open({ query: '?seed=7', stored, before: listen });
  const { page } = table;
  const heard = (await announced(page)).length;
  await table.drop(drops.at(-1));
  await until(() => table.over.isVisible(), 'the end of the game');
  await table.frames(4);
  const said = (await announced(page)).slice(heard).map(({ text }) => plain(text));
  assert.equal(said.length, 2, said.join('; '));
  assert.match(said[0], / picked up\. /);
  assert.match(said[1], /^\w+ placed[^.]*\. Score \d+\.$/);
  const focused = await page.evaluate(() => document.activeElement.closest('[role=dialog]')?.getAttribute('aria-labelledby'));
  assert.equal(focused, 'over-title', 'the dialog that is named Game over');
});

test('What is taken back, played again or begun anew is told once, also twice in a row.', async (desk) => {
  const { table, tells, key } = await seated(desk, [cell(0, 0), cell(5, 5)]);
  await tells(() => table.undoButton.click(), 'Move undone. Score 0.');
  await tells(key('u'), 'Move undone. Score 0.');
  await tells(key('u'));
  await tells(() => table.redoButton.click(), 'Move redone. Score 0.');
  await tells(key('Control+y'), 'Move redone. Score 0.');
  await tells(key('Control+y'));
  await tells(() => table.newGameButton.click(), 'New game. Shapes: turned L, square, turned L.');
  await tells(key('n'), 'New game. Shapes: turned L, square, turned L.');
});

test('The sound tells by key that it is off or on, and by its button and its slider nothing that these say themselves.', async (desk) => {
  const { table, page, tells, key } = await seated(desk);
  await tells(() => table.muteButton.press('Enter'));
  await tells(key('m'));
  await tells(() => table.slider.press('ArrowLeft'));
  await page.getByRole('option').first().focus();
  await tells(key('m'), 'Sound off.');
  await tells(key('m'), 'Sound on.');
});

test('A replay tells each of its drops and each place that it goes to once, and its end.', async (desk) => {
  const { table, page, tells } = await seated(desk, [cell(0, 0), cell(5, 5)]);
  await table.openMenu();
  await tells(() => table.frames(1));
  await table.menu.getByRole('button', { name: 'Replay' }).click();
  const bar = await new ReplayBar(table).opened();
  await bar.pause.click();
  await until(() => bar.play.isVisible(), 'the replay to pause');
  await bar.slider.fill('1');
  await bar.isAt(1, 2);
  // How far it has come until then is a question of time.
  const begun = (await announced(page)).map(({ text }) => plain(text));
  const first = begun.lastIndexOf('After 0 moves. Score 0.');
  assert.equal(begun.lastIndexOf('After 1 move. Score 0.'), begun.length - 1);
  await tells(() => bar.slider.press('ArrowLeft'), ...begun.slice(first), 'After 0 moves. Score 0.');
  await tells(() => bar.speed.click());
  await tells(() => bar.step.click(), 'Turned L placed. Score 0.');
  await bar.isAt(1, 2);
  await tells(() => bar.slider.press('ArrowRight'), 'After 2 moves. Score 0.');
  await tells(() => bar.close.click(), 'Game resumed. Score 0.');
});

test('A notice is told at once, and where one stands already only what is new in it.', async (desk) => {
  const { table, page, tells } = await seated(desk);
  const open = (link) => () => page.evaluate((hash) => (location.hash = hash), `g=${link}`);
  const damaged = 'This link is damaged or from a newer version';
  const sentence = `${damaged}: character 1: expected version 1, the only one that this program reads`;
  await tells(open('AA'), `${sentence}, found version 0.`);
  await tells(open('CC'), `\n${sentence}, found version 8.`);
  assert.deepEqual((await announced(page)).slice(-2).map(({ politeness }) => politeness), ['assertive', 'assertive']);
  assert.equal((await table.notice()).split('\n').length, 2);
  await tells(() => page.getByRole('button', { name: 'Dismiss' }).click());
});

test('A dialog tells what has changed in it, and what is in it from the beginning it leaves to be read.', async (desk) => {
  const { table, page, tells, key } = await seated(desk);
  await tells(() => table.openMenu());
  await page.getByLabel('Seed', { exact: true }).fill('abc');
  await tells(key('Enter'), '“abc” is not a seed. Enter a number from 0 to 18446744073709551615.');
  await tells(key('Escape'));
  await tells(() => table.openMenu());
  const none = 'Finish a game to see your statistics.';
  await tells(() => table.menu.getByRole('button', { name: 'Statistics' }).click(), none);
  const ofKind = 'Finish a game of this type to see its statistics.';
  await tells(() => page.getByRole('button', { name: 'Daily', exact: true }).click(), ofKind);
  await tells(key('Escape'));
});
