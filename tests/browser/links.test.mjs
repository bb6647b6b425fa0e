// Games that are shared as links: how a link is shared, and what a valid or an invalid link shows.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { natively, play, rehearsed } from './playing.mjs';
import { fromLink, toLink } from './records.mjs';
import { ReplayBar } from './replay-bar.mjs';
import { greedy } from './rules.mjs';
import { eventually, tableOf, until } from './table.mjs';

/** Runs in the page before the program: the system has no share sheet. */
function noShareSheet() {
  delete Navigator.prototype.share;
}

/** Nor has it a clipboard, as on a page that is not served over HTTPS. */
function neither() {
  delete Navigator.prototype.share;
  Object.defineProperty(navigator, 'clipboard', { value: undefined });
}

/** Runs in the page before the program: the system has a share sheet, which records what it gets. */
function shareSheet() {
  window.shared = [];
  const share = async ({ text, url }) => void window.shared.push({ text, url });
  Object.defineProperty(navigator, 'share', { value: share });
}

/** The same, but the player cancels. */
function cancelledShareSheet() {
  window.cancelled = 0;
  const share = async () => {
    window.cancelled += 1;
    throw new DOMException('Not today.', 'AbortError');
  };
  Object.defineProperty(navigator, 'share', { value: share });
}

/** Plays another player's game natively. Returns it with its link. */
async function foreign(desk, { kind = 'seed', seed = 8, drops: most = 6, choose } = {}) {
  const game = await natively(desk, seed, kind);
  const { drops } = await rehearsed(game, { drops: most, choose });
  return { game, drops, link: toLink({ kind, seed, drops }) };
}

/** Waits until the address of the page is this one. */
const hasAddress = ({ page }, url) =>
  eventually(async () => assert.equal(await page.evaluate(() => location.href), url));

async function watchToTheEnd(table, total) {
  const bar = await new ReplayBar(table).opened();
  await bar.fast();
  await bar.isAt(total, total);
  return bar;
}

test('Sharing copies a link to the clipboard, and the link shows the same game, checked by the rules.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7', before: noShareSheet });
  const { origin } = new URL(desk.url);
  await table.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const { drops } = await play(table, game, { drops: 8, choose: greedy });
  assert.ok(game.score > 0, 'a game without points checks nothing about points');
  await table.openMenu();
  await table.page.locator('#share').click();
  await until(async () => (await table.notice()) === 'Link copied', 'a notice');
  const [text, link, ...rest] = (await table.page.evaluate(() => navigator.clipboard.readText())).split('\n');
  assert.equal(text, `Blockers, seed 7: ${game.score} points in 8 moves.`);
  assert.equal(link, `${desk.url}#g=${toLink({ kind: 'seed', seed: 7, drops })}`);
  assert.deepEqual(rest, []);

  const other = await desk.open({ query: link.slice(desk.url.length) });
  const bar = await watchToTheEnd(other, 8);
  const { cells, slots, score } = tableOf(game);
  await other.shows({ cells, slots, score, best: '0' });
  await bar.says(`Seed 7: move 8 of 8, ${game.score} points, verified`);
  await bar.close.click();
  await bar.closed();
  await hasAddress(other, desk.url);
  await other.shows({ score: '0', best: '0' });
  await other.isPlayable();
});

test('The share sheet gets a sentence about the game, and its link; from a replay, those of the whole game.', async (desk) => {
  const { game, link } = await foreign(desk);
  const table = await desk.open({ query: `#g=${link}`, before: shareSheet });
  const bar = await new ReplayBar(table).opened();
  await bar.paused();
  await bar.share.click();
  const shared = () => table.page.evaluate(() => window.shared);
  await until(async () => (await shared()).length === 1, 'the share sheet');
  const text = `Blockers, seed 8: ${game.score} points in 6 moves.`;
  assert.deepEqual(await shared(), [{ text, url: `${desk.url}#g=${link}` }]);
  assert.equal(await table.notice(), '');
});

test('A daily board is shared with a square for each cell.', async (desk) => {
  const { game, link } = await foreign(desk, { kind: 'daily', seed: 20261123, drops: 4 });
  const table = await desk.open({ query: `#g=${link}`, before: shareSheet });
  await (await new ReplayBar(table).opened()).share.click();
  const { text } = await until(() => table.page.evaluate(() => window.shared[0]), 'the share sheet');
  const [head, ...rows] = text.split('\n');
  assert.equal(head, 'Blockers, daily board 2026-11-23: 0 points in 4 moves.');
  assert.deepEqual(rows.map((row) => [...row].length), Array(10).fill(10));
  assert.deepEqual([...rows.join('')].map((square) => square !== '⬜'), game.board.map(Boolean));
});

test('Cancelling the share sheet gives no notice; without a share sheet and a clipboard a notice has the link.', async (desk) => {
  const { link } = await foreign(desk);
  const cancelled = await desk.open({ query: `#g=${link}`, before: cancelledShareSheet });
  await (await new ReplayBar(cancelled).opened()).share.click();
  await until(() => cancelled.page.evaluate(() => window.cancelled === 1), 'the share sheet');
  await cancelled.frames(10);
  assert.equal(await cancelled.notice(), '');

  const bare = await desk.open({ query: `#g=${link}`, before: neither });
  await (await new ReplayBar(bare).opened()).share.click();
  await until(async () => (await bare.notice()).includes(`${desk.url}#g=${link}`), 'the link in a notice');
});

test('A link that is opened in the middle of a game shows its replay, and then the game goes on.', async (desk) => {
  const game = await natively(desk, 7);
  const table = await desk.open({ query: '?seed=7' });
  await play(table, game, { drops: 4 });
  const first = await foreign(desk);
  const second = await foreign(desk, { kind: 'kind', seed: '18446744073709551615', drops: 2 });
  const go = (link) => table.page.evaluate((hash) => (location.hash = hash), `g=${link}`);
  const bar = new ReplayBar(table);
  await go(first.link);
  await bar.opened();
  await bar.says(/^Seed 8: move \d of 6, \d+ points, verified$/);
  await go(second.link);
  await until(async () => (await bar.text()).startsWith('Relaxed: move '), 'the other replay');
  await bar.isAt(2, 2);
  await table.shows({ cells: tableOf(second.game).cells });
  await bar.close.click();
  await bar.closed();
  await hasAddress(table, `${desk.url}?seed=7`);
  await table.shows(tableOf(game));

  await go('rubbish');
  await until(async () => (await table.notice()).startsWith('This link is damaged '), 'a notice');
  await table.page.evaluate(() => (location.hash = 'elsewhere'));
  await table.frames(3);
  assert.equal(await bar.whole.isVisible(), false);
  await play(table, game, { drops: 2 });
});

test('A link is opened although another program has added, encoded or left out something at its end.', async (desk) => {
  const { game, link } = await foreign(desk, { drops: 2 });
  const table = await desk.open({ query: '?seed=7' });
  const bar = new ReplayBar(table);
  // This link of an earlier version ends with the character that many programs leave out.
  const empty = toLink({ kind: 'seed', seed: 6, drops: [] });
  assert.ok(empty.endsWith('_'));
  for (const [hash, name] of [
    ...['.', ',', ')', '"', '>', ' ', '%20', '%22', '…', '&utm_source=x', '_', '&end'].map((end) => [`#g=${link}${end}`, 'Seed 8']),
    [`#g%3D${link}`, 'Seed 8'],
    [`#g=${[...link].join('\u200b')}`, 'Seed 8'],
    [`#g=${empty}`, 'Seed 6'],
    [`#g=${empty.slice(0, -1)}`, 'Seed 6'],
    [`#g=${empty.slice(0, -1)}%5F.`, 'Seed 6'],
  ]) {
    await table.page.evaluate((hash) => (location.hash = hash), hash);
    await bar.opened();
    await bar.says(new RegExp(`^${name}: move `));
    await bar.close.click();
    await bar.closed();
    await hasAddress(table, `${desk.url}?seed=7`);
  }
  assert.equal(await table.notice(), '');
  assert.ok(game.drops > 0);
});

test('A shared link ends with a letter or a digit, also where its game has another end.', async (desk) => {
  for (const seed of [6, 56, 7]) {
    const table = await desk.open({ query: `?seed=${seed}`, before: shareSheet });
    await table.openMenu();
    await table.page.locator('#share').click();
    const [{ url }] = await until(async () => {
      const shared = await table.page.evaluate(() => window.shared);
      return shared.length > 0 && shared;
    }, 'the share sheet');
    assert.match(url, /[A-Za-z0-9]$/);
    const other = await desk.open({ query: url.slice(desk.url.length) });
    await (await new ReplayBar(other).opened()).says(new RegExp(`^Seed ${seed}: move 0 of 0`));
  }
});

test('An invalid link is removed from the address, and gets a new notice each time, once the notice before was closed.', async (desk) => {
  const { drops } = await foreign(desk, { drops: 3 });
  const illegal = toLink({ kind: 'seed', seed: 8, drops: [...drops, drops[0], drops[0]] });
  const table = await desk.open({ query: '?seed=7' });
  for (const link of ['rubbish', illegal, 'rubbish', illegal]) {
    for (let n = 0; n < 2; n += 1) {
      await table.page.evaluate((hash) => (location.hash = hash), `g=${link}`);
      await until(async () => (await table.notice()).startsWith('This link is damaged '), 'a notice');
      await until(async () => table.page.url() === `${desk.url}?seed=7`, 'the address without it');
      assert.equal((await table.notice()).split('\n').length, 1);
    }
    await table.page.locator('#notice-close').click();
    await until(async () => (await table.notice()) === '', 'the notice to be closed');
  }
});

/** Ways in which a link can be damaged, and the reason that the notice gives. */
const BAD_LINKS = [
  ['with its last letter changed', (link) => link.slice(0, -1) + (link.endsWith('A') ? 'Q' : 'A'), /./],
  ['with a letter in its middle changed', (link) => link.slice(0, 8) + (link[8] === 'A' ? 'B' : 'A') + link.slice(9), /./],
  ['that was cut off', (link) => link.slice(0, -3), /expected more of the link, found nothing/],
  ['that is empty', () => '', /character 1: expected more of the link, found nothing/],
  ['with something behind it', (link) => `${link}AAAA`, /expected the end of the link, found `AAAA`/],
  ['of a megabyte', (link) => link + 'A'.repeat(2 ** 20), /expected the end of the link/],
  ['of a megabyte that is invalid from the start', () => '_'.repeat(2 ** 20), /version 1, the only one that this program reads/],
  ['of another version', (link) => toLink({ version: 2, ...fromLink(link) }), /found version 2/],
  ['with foreign letters', (link) => `${link.slice(0, 5)}%3Cb%3E${link.slice(5)}`, /expected a letter, a digit, - or _/],
  ['in another script', () => '👾👾👾', /character 1: expected a letter, a digit, - or _/],
  [
    'against the rules',
    (link) => {
      const recording = fromLink(link);
      return toLink({ ...recording, drops: [...recording.drops, recording.drops[0], recording.drops[0]] });
    },
    /is against the rules: /,
  ],
];

for (const [what, change, reason] of BAD_LINKS) {
  test(`A link ${what} gets a notice that says why, and there is a game to play.`, async (desk) => {
    const { link } = await foreign(desk, { drops: 3 });
    const table = await desk.open({ query: `#g=${change(link)}`, size: [390, 844] });
    const notice = await until(() => table.notice(), 'a notice');
    assert.match(notice, /^This link is damaged or from a newer version: /);
    assert.match(notice, reason);
    assert.ok(notice.length < 300, notice);
    assert.equal(await new ReplayBar(table).whole.isVisible(), false);
    await table.isPlayable();
  });
}
