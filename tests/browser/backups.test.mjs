// Everything that is stored can be exported to a file, and imported from one.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readRecords } from './database.mjs';
import { test } from './fixture.mjs';
import { scoringGame } from './oracle.mjs';
import { natively, play, reload } from './playing.mjs';
import { backup, bests, saved, savedGames, seal } from './records.mjs';
import { centre, closed, tableOf, until } from './table.mjs';


/** Presses Export. Returns the name of the file and what is in it. */
async function exported(table) {
  await table.openMenu();
  const [download] = await Promise.all([
    table.page.waitForEvent('download'),
    table.page.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  await closed(table.menu);
  return { name: download.suggestedFilename(), text };
}

/** Imports a file with these contents, as the browser's own dialog does. */
async function importFile(table, contents) {
  const file = { name: 'blockers.txt', mimeType: 'text/plain', buffer: Buffer.from(contents) };
  await table.page.locator('#import-file').setInputFiles(file);
}

/** Confirms that the file replaces everything. */
async function replace(table) {
  await until(() => table.replacing.isVisible(), 'the question');
  await table.replacing.getByRole('button', { name: 'Replace' }).click();
  await closed(table.replacing);
}

/** Plays a game with points and some drops after it, mutes the sound, and exports. */
async function played(desk) {
  const { seed, drops } = await scoringGame();
  const game = await natively(desk, seed);
  const table = await desk.open({ query: `?seed=${seed}` });
  for (const drop of drops) {
    await table.drop(drop);
    await game.drop(drop);
  }
  await play(table, game, { drops: 3 });
  await table.muteButton.click();
  await until(async () => (await table.muteButton.getAttribute('aria-pressed')) === 'true', 'mute');
  return { seed, game, table, file: await exported(table) };
}

test('The exported file has the date in its name, and contains everything that is stored, with a checksum.', async (desk) => {
  const { table, file } = await played(desk);
  assert.match(file.name, /^blockers-\d{4}-\d\d-\d\d\.txt$/);
  const lines = file.text.split('\n');
  assert.equal(lines.shift(), 'blockers backup 1');
  assert.equal(lines.pop(), '');
  assert.equal(seal(file.text.slice(0, -10)), file.text.slice(0, -1));
  assert.match(lines.pop(), /^end [0-9a-f]{8}$/);
  const records = Object.fromEntries(lines.map((line) => line.split('\t')));
  assert.deepEqual(records, await readRecords(table.page));
  assert.deepEqual(Object.keys(records), ['blockers.bests', 'blockers.game.0', 'blockers.game.1', 'blockers.sound']);
});

test('A file that one browser exports another one imports: the game, the best score, the settings.', async (desk) => {
  const { game, file } = await played(desk);
  const other = await desk.open({ stored: { 'blockers.bests': bests({ classic: 99 }) } });
  await other.isPlayable();
  await other.openMenu();
  await importFile(other, file.text);
  await replace(other);
  assert.equal(await other.menu.isVisible(), false);
  await other.shows(tableOf(game));
  assert.equal(await other.notice(), '');
  await until(async () => (await other.muteButton.getAttribute('aria-pressed')) === 'true', 'mute');

  await reload(other);
  await other.shows(tableOf(game));
  assert.equal(await other.notice(), '');
  assert.equal((await readRecords(other.page))['blockers.bests'], bests({ seed: game.best }));
  await play(other, game, { drops: 2 });
  for (let n = 0; n < 3; n += 1) await other.undoButton.click();
  const undos = async () => savedGames(await readRecords(other.page))[0].recording.undos;
  await until(async () => (await undos()) === 3, 'three drops to be taken back');
  await other.shows({ best: String(game.best) });
});

test('A file is imported after another program has changed its line ends.', async (desk) => {
  const { game, file } = await played(desk);
  const other = await desk.open();
  for (const [what, text] of [
    ['CRLF', file.text.replaceAll('\n', '\r\n')],
    ['CR', file.text.replaceAll('\n', '\r')],
    ['a byte order mark', `\ufeff${file.text}`],
    ['no line end at the end', file.text.trimEnd()],
    ['another line end and a blank', `${file.text}\n `],
    ['blanks at the ends of the lines', file.text.replaceAll('\n', ' \n')],
  ]) {
    const restored = async () => (await other.heard()).filter((one) => one.startsWith('Backup restored. ')).length;
    const before = await restored();
    await importFile(other, text);
    await until(async () => (await restored()) > before || (await other.replacing.isVisible()), what);
    if (await other.replacing.isVisible()) await replace(other);
    await until(async () => (await restored()) > before, what);
    await other.shows(tableOf(game));
    assert.equal(await other.notice(), '');
  }
});

test('A successful import is announced.', async (desk) => {
  const { file } = await played(desk);
  const other = await desk.open();
  await importFile(other, file.text);
  const sentence = 'Backup restored. Score ';
  await until(async () => (await other.heard()).some((one) => one.startsWith(sentence)), sentence);
});

test('Importing a file into the browser that exported it restores the state of that time.', async (desk) => {
  const { table, game, file } = await played(desk);
  const then = tableOf(game);
  await play(table, game, { drops: 2 });
  await table.newGameButton.click();
  await table.question.getByRole('button', { name: 'End game' }).click();
  await table.shows({ score: '0' });
  await importFile(table, file.text);
  await replace(table);
  await table.shows(then);
  await until(async () => !(await readRecords(table.page))['blockers.archive'], 'the archive, which the file does not have, to be gone');
});

test('Before an import replaces anything the page asks, and after No everything is as before.', async (desk) => {
  const { table, game } = await played(desk);
  const before = await readRecords(table.page);
  const text = backup({ 'blockers.game.0': saved({ kind: 'classic', seed: 1, drops: [] }) });
  for (const refuse of [
    () => table.replacing.getByRole('button', { name: 'Keep my data' }).click(),
    () => table.page.keyboard.press('Escape'),
  ]) {
    await table.openMenu();
    await importFile(table, text);
    await until(() => table.replacing.isVisible(), 'the question');
    assert.equal(await table.menu.isVisible(), false);
    await table.hasFocus('replacing-no');
    await refuse();
    await closed(table.replacing);
    await table.shows(tableOf(game));
    assert.deepEqual(await readRecords(table.page), before);
    assert.equal(await table.notice(), '');
  }
  await play(table, game, { drops: 1 });
  await importFile(table, text);
  await replace(table);
  await table.shows({ score: '0', best: '0' });
});

/** Contents of files that are no valid backup, some made from a valid one, and the reason that the notice gives. */
const REFUSED = [
  ['rubbish', () => 'rubbish', 'this is not a backup'],
  ['nothing', () => '', 'this is not a backup'],
  ['bytes that are not text', () => Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x0a]), 'this is not a backup'],
  ['a picture of 17 MB', () => Buffer.alloc(17 * 2 ** 20, 0x89), 'a backup has at most 16777216'],
  ['a backup that was cut off', (text) => text.slice(0, -20), 'the backup was cut off'],
  ['a backup with a letter changed', (text) => text.replace('bests\t1', 'bests\t2'), 'the backup is damaged'],
  ['a backup of another version', (text) => text.replace('backup 1', 'backup 2'), 'backup version `2` is not supported'],
  [
    "a backup with another program's record",
    () => `${seal('blockers backup 1\nothers.secret\t1\nend')}\n`,
    'line 2: the key `others.secret` does not begin with `blockers.`',
  ],
  [
    'a backup with an invalid sound setting',
    () => backup({ 'blockers.sound': 'loud' }),
    '`blockers.sound` is not valid',
  ],
  [
    'a backup with a damaged record',
    () => `${seal('blockers backup 1\nblockers.bests\tnonsense\nend')}\n`,
    'line 2: `blockers.bests` cannot be read: ',
  ],
];

test('A file that is no valid backup is refused with a reason, and nothing changes.', async (desk) => {
  const { table, game, file } = await played(desk);
  const before = await readRecords(table.page);
  await table.openMenu();
  for (const [what, make, reason] of REFUSED) {
    await importFile(table, make(file.text));
    const isNoticed = async () =>
      (await table.notice())
        .split('\n')
        .some((line) => line.startsWith('Import failed, nothing was changed: ') && line.includes(reason));
    await until(isNoticed, `a notice about ${what}`);
    assert.deepEqual(await readRecords(table.page), before, what);
  }
  await closed(table.menu);
  await table.shows(tableOf(game));
  await play(table, game, { drops: 1 });
});

/** Runs in the page before the program: counts the files that it begins to read, and those that it has read. */
function countReadings() {
  window.readings = { begun: 0, done: 0 };
  const { text } = Blob.prototype;
  Blob.prototype.text = async function () {
    window.readings.begun += 1;
    const contents = await text.call(this);
    window.readings.done += 1;
    return contents;
  };
}

const readings = ({ page }) => page.evaluate(() => window.readings);

test('A file that is too large is refused without being read.', async (desk) => {
  const table = await desk.open({ before: countReadings });
  await importFile(table, Buffer.alloc(17 * 2 ** 20, 0x61));
  await until(async () => (await table.notice()).includes('has 17825792 bytes'), 'a notice');
  assert.equal((await readings(table)).begun, 0);
  await importFile(table, 'rubbish');
  await until(async () => (await table.notice()).includes('this is not a backup'), 'another notice');
  assert.equal((await readings(table)).begun, 1);
});

test('The same invalid file gets a new notice each time, once the notice before was closed.', async (desk) => {
  const table = await desk.open({ before: countReadings });
  for (let n = 0; n < 3; n += 1) {
    await importFile(table, 'rubbish');
    await until(async () => (await table.notice()).includes('this is not a backup'), `notice ${n + 1}`);
    // As long as the notice is there it is not repeated.
    await importFile(table, 'rubbish');
    await until(async () => (await readings(table)).done === 2 * n + 2, 'the second file to be read');
    await table.frames(3);
    assert.equal((await table.notice()).split('\n').length, 1);
    const close = centre(await table.page.locator('#notice-close').boundingBox());
    await table.page.mouse.click(close.x, close.y);
    await until(async () => (await table.notice()) === '', 'the notice to be closed');
  }
});
