// The page in other languages: its texts, its writing direction, and how it writes numbers and dates.

import assert from 'node:assert/strict';
import { readRecord } from './database.mjs';
import { test } from './fixture.mjs';
import { natively } from './playing.mjs';
import { backup, bests, saved } from './records.mjs';
import { SIZE, firstFit } from './rules.mjs';
import { almostOver } from './states.mjs';
import { centre, closed, eventually, until } from './table.mjs';
import { fixedWords, messagesOf } from './words.mjs';

const ENGLISH = messagesOf('en');

/** Puts these values into a message. */
const fill = (words, values) => words.replaceAll(/\{ \$(\w+) \}/g, (_, name) => values[name]);

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** Formats a number with the page's own `Intl`. */
const numberIn = (page, language, number) =>
  page.evaluate(([code, value]) => new Intl.NumberFormat(code, { useGrouping: 'min2' }).format(value), [language, number]);

const root = (page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);

/** Drags the shape of this slot to a cell by the mouse, without looking anything up by its English name. */
async function drop(page, { shape, slot, at }) {
  const board = await page.locator('#grid').boundingBox();
  const side = board.width / SIZE;
  const from = centre(await page.locator(`#slot-${slot + 1}`).boundingBox());
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const [x, y] = [at.column + shape.columns / 2, at.row + shape.rows / 2];
  await page.mouse.move(board.x + x * side, board.y + y * side, { steps: 3 });
  await page.mouse.up();
}

for (const [locale, language, direction] of [
  ['de-DE', 'de', 'ltr'],
  ['es-MX', 'es', 'ltr'],
  ['ar-EG', 'ar', 'rtl'],
]) {
  const words = messagesOf(language);

  test(`In ${locale} every fixed text is in that language.`, async (desk) => {
    const { page } = await desk.open({ locale });
    assert.deepEqual(await root(page), [language, direction]);
    const texts = await fixedWords(page);
    assert.ok(texts.length > 90, `${texts.length} texts`);
    for (const [key, text] of texts) {
      assert.equal(text, words[key], key);
      // Some names of keys are the same in every language; tests/words.rs lists them.
      if (!key.startsWith('key-')) assert.notEqual(text, ENGLISH[key], key);
    }
  });

  test(`In ${locale} the controls have names in that language.`, async (desk) => {
    const { page } = await desk.open({ locale });
    const controls = page.getByRole('group', { name: words.controls, exact: true });
    for (const key of ['new-game', 'undo', 'redo', 'menu', 'mute']) {
      assert.ok(await controls.getByRole('button', { name: words[key], exact: true }).isVisible(), key);
    }
    assert.ok(await controls.getByRole('slider', { name: words.volume, exact: true }).isVisible());
    assert.ok(await page.getByRole('grid', { name: words.board, exact: true }).isVisible());
    assert.equal(await page.getByRole('listbox', { name: words.shapes, exact: true }).getByRole('option').count(), 3);
    assert.ok(await page.getByRole('heading', { name: 'BLOCKERS' }).isVisible());
    const [cell] = await page.getByRole('gridcell').all();
    const one = await numberIn(page, language, 1);
    const place = fill(words['place-on-board'], { row: one, column: one });
    const name = fill(words.listed, { list: place, next: words['cell-empty'] });
    assert.equal(await cell.getAttribute('aria-label'), name);
  });

  test(`In ${locale} a drop by mouse places the shape where it should, and is announced in that language.`, async (desk) => {
    const { page } = await desk.open({ locale, query: '?seed=7' });
    const game = await natively(desk, 7);
    const { slot, at } = firstFit(game);
    const { shape, colour } = game.staged[slot];
    await drop(page, { shape, slot, at });
    const key = Object.keys(ENGLISH).find((key) => key.startsWith('shape-') && capital(ENGLISH[key]) === shape.name);
    const what = fill(words.placed, { shape: capital(words[key]) });
    const sentence = fill(words.dropped, { what, score: await numberIn(page, language, 0) });
    const heard = () => page.evaluate(() => window.watched.heard);
    await until(async () => (await heard()).includes(sentence), sentence);
    const first = shape.cells[0];
    const id = `#cell-${at.row + first.row + 1}-${at.column + first.column + 1}`;
    const name = await page.locator(id).getAttribute('aria-label');
    assert.ok(name.endsWith(words[`colour-${colour}`]), name);
  });

  test(`In ${locale} the menu, the statistics and the help are in that language.`, async (desk) => {
    const stored = { 'blockers.bests': bests({ classic: 43100, kind: 4310 }) };
    const table = await desk.open({ locale, stored });
    const { page } = table;
    const best = await numberIn(page, language, 43100);
    assert.equal(await page.locator('#best').textContent(), best);
    await page.locator('#open-menu').click();
    await until(() => page.getByRole('dialog', { name: words.play, exact: true }).isVisible(), 'the menu');
    const about = (kind) => page.locator(`#about-${kind}`).textContent();
    assert.equal(await about('classic'), fill(words['about-classic'], { best }));
    assert.equal(await about('kind'), fill(words['about-relaxed'], { best: await numberIn(page, language, 4310) }));
    assert.equal(await about('seed'), fill(words['about-seed'], { best: await numberIn(page, language, 0) }));
    const day = await page.evaluate((code) => {
      const now = new Date();
      const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
      const style = { dateStyle: 'medium', timeZone: 'UTC' };
      return [Date.now(), today].map((time) => new Intl.DateTimeFormat(code, style).format(time));
    }, language);
    const daily = await about('daily');
    assert.ok(day.some((one) => daily.includes(one)), `${daily} has none of ${day}`);

    await page.locator('#open-statistics').click();
    const statistics = page.getByRole('dialog', { name: words.statistics, exact: true });
    await until(() => statistics.isVisible(), 'the statistics');
    await eventually(async () => assert.equal(await statistics.getByRole('status').textContent(), words['no-games']));
    assert.equal(await statistics.getByRole('button', { name: words['title-seed'], exact: true }).count(), 1);
    await table.closeDialogs();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: words['how-to-play'], exact: true });
    await until(() => help.isVisible(), 'the help');
    const text = await help.evaluate((dialog) => dialog.innerText);
    for (const key of Object.keys(ENGLISH).filter((key) => key.startsWith('help-') && key !== 'help-new-game')) {
      assert.ok(!text.includes(ENGLISH[key]), key);
    }
  });

  for (const size of [
    [320, 480],
    [568, 320],
    [1024, 768],
  ]) {
    test(`In ${locale} nothing is too wide at ${size.join(' x ')}.`, async (desk) => {
      for await (const [what, page] of panels(desk, { locale, size })) await isNarrow(page, what);
    });
  }
}

/** Opens every panel of the page, with reduced motion, and yields its selector and its page. */
async function* panels(desk, { locale, size }) {
  const prepare = (page) => page.emulateMedia({ reducedMotion: 'reduce' });
  const options = { locale, size, prepare };
  const shown = async (page, id) => {
    await until(() => page.locator(id).isVisible(), id);
    return [id, page];
  };
  const { drops, stored } = await almostOver(desk);
  const table = await desk.open({ ...options, stored });
  const { page } = table;
  yield ['#buttons', page];
  yield ['#numbers', page];
  for (const opener of ['statistics', 'settings', 'help']) {
    await page.locator('#open-menu').click();
    yield await shown(page, '#menu');
    await page.locator(`#open-${opener}`).click();
    yield await shown(page, `#${opener}`);
    await table.closeDialogs();
  }
  await page.locator('#new-game').click();
  yield await shown(page, '#question');
  await page.locator('#question-no').click();
  const buffer = Buffer.from(backup(stored));
  await page.locator('#import-file').setInputFiles({ name: 'blockers.txt', mimeType: 'text/plain', buffer });
  yield await shown(page, '#replacing');
  await page.locator('#replacing-no').click();
  await page.locator('#new-game').click();
  await page.locator('#question-yes').click();
  await closed(page.locator('#question'));
  await page.locator('#open-menu').click();
  await page.locator('#open-statistics').click();
  yield await shown(page, '#statistics-body');

  // A drop was undone in it, so the panel at its end has the other best score.
  const recording = { kind: 'seed', seed: 7, undos: 1, drops };
  const over = await desk.open({ ...options, stored: { 'blockers.game.0': saved(recording) } });
  yield await shown(over.page, '#over');
  await over.page.locator('#over-watch').click();
  yield await shown(over.page, '#replay');
  const beside = await desk.openIn(over.page.context(), { ready: false });
  yield await shown(beside.page, '#elsewhere');
}

/** Checks that this element and all that is visible in it is inside of the window, and needs no sideways scrolling. */
async function isNarrow(page, what) {
  const found = await page.locator(what).evaluate((root) => {
    const name = ({ id, tagName, textContent }) => `${tagName} ${id} ${textContent.trim().slice(0, 40)}`;
    const seen = [root, ...root.querySelectorAll('*')].filter((one) => one.checkVisibility({ visibilityProperty: true }));
    const outer = root.getBoundingClientRect();
    const outside = seen.filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      const wide = left < Math.max(outer.left, 0) - 0.5 || right > Math.min(outer.right, innerWidth) + 0.5;
      return width > 0 && wide;
    });
    return [
      ...outside.map((one) => `${name(one)} is outside`),
      ...(root.scrollWidth > root.clientWidth + 1 ? [`${name(root)} can be scrolled sideways`] : []),
    ];
  });
  assert.deepEqual(found, [], what);
}

test("In English, and if none of the player's languages is supported, the page is as the server sent it.", async (desk) => {
  for (const locale of ['fr-FR', 'en-GB']) {
    const { page } = await desk.open({ locale });
    assert.deepEqual(await root(page), ['en', '']);
    for (const [key, text] of await fixedWords(page)) {
      assert.equal(text.trim().replaceAll(/\s+/g, ' '), ENGLISH[key], key);
    }
    for (const [id, name] of [
      ['score', 'Score'],
      ['best', 'Best'],
    ]) {
      assert.equal(await page.locator(`#${id}`).evaluate(({ labels }) => labels[0].textContent), name);
    }
  }
});

test('A browser without `Intl` can play, with plain digits.', async (desk) => {
  const before = () => {
    delete window.Intl;
  };
  const stored = { 'blockers.bests': bests({ classic: 43100 }) };
  const table = await desk.open({ before, stored });
  assert.equal((await table.see()).best, '43100');
  await table.isPlayable();
  await table.openMenu();
  const about = await table.page.locator('#about-daily').textContent();
  assert.match(about, /^\d{4}-\d\d-\d\d: today's board, the same for everyone\./);
});

test('A language that is chosen is used at once, without moving the focus, and after a reload.', async (desk) => {
  const { page } = await desk.open({ query: '?seed=7' });
  await page.locator('#open-menu').click();
  await page.locator('#open-settings').click();
  const field = page.locator('#setting-language');
  await until(() => field.isVisible(), 'the settings');
  for (const [language, direction] of [['ar', 'rtl'], ['de', 'ltr'], ['es', 'ltr'], ['de', 'ltr']]) {
    await field.focus();
    await field.selectOption(language);
    const words = messagesOf(language);
    await until(async () => (await page.locator('#settings-title').textContent()) === words.settings, words.settings);
    assert.deepEqual(await root(page), [language, direction]);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'setting-language');
  }
  await until(async () => (await readRecord(page, 'blockers.settings'))?.endsWith('language=de'), 'it to be stored');
  await page.reload();
  await until(async () => (await root(page))[0] === 'de', 'German after a reload');
  await page.locator('#open-menu').click();
  await page.locator('#open-settings').click();
  await until(() => field.isVisible(), 'the settings');
  await field.selectOption('system');
  await until(async () => (await root(page))[0] === 'en', 'English, as the system has it');
  const texts = Object.fromEntries(await fixedWords(page));
  for (const [key, text] of Object.entries(texts)) assert.equal(text.replaceAll(/\s+/g, ' ').trim(), ENGLISH[key], key);
});

test('A language can be chosen after a translator in the browser has changed the page.', async (desk) => {
  const translated = () => {
    document.documentElement.lang = 'de';
    for (const element of document.querySelectorAll('[data-word]:not(option)')) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.textContent = `(${element.textContent})`;
      outer.append(inner);
      element.replaceChildren(outer);
    }
  };
  for (const [language, direction] of [['de', 'ltr'], ['ar', 'rtl'], ['es', 'ltr']]) {
    const { page } = await desk.open({ query: '?seed=7' });
    await page.evaluate(translated);
    await page.locator('#open-menu').click();
    await page.locator('#open-settings').click();
    const field = page.locator('#setting-language');
    await until(() => field.isVisible(), 'the settings');
    await field.selectOption(language);
    const words = messagesOf(language);
    await until(async () => (await page.locator('#settings-title').textContent()) === words.settings, words.settings);
    assert.deepEqual(await root(page), [language, direction]);
    for (const [key, text] of await fixedWords(page)) assert.equal(text, words[key], key);
    await page.evaluate(translated);
    await field.selectOption('en');
    await until(async () => (await page.locator('#settings-title').textContent()) === ENGLISH.settings, 'English');
    assert.deepEqual(await root(page), ['en', 'ltr']);
    for (const [key, text] of await fixedWords(page)) assert.equal(text, ENGLISH[key], key);
  }
});

test('The texts that a translator has written stay while the language does not change.', async (desk) => {
  const before = () => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.lang = 'fr';
      const font = document.createElement('font');
      font.textContent = 'Les règles';
      document.querySelector('[data-word=help-rules]').replaceChildren(font);
    });
  };
  const table = await desk.open({ query: '?seed=7', before });
  await table.isPlayable();
  assert.equal(await table.page.locator('[data-word=help-rules]').textContent(), 'Les règles');
  assert.equal((await root(table.page))[0], 'fr');
});
