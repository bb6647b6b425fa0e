// What every browser engine must do with the panels: show them whole and readable, in every theme and language.

import assert from 'node:assert/strict';
import { defineContrast } from './contrast.mjs';
import { ENGINE, testIn } from './engine-tests.mjs';
import { inside, panels } from './places.mjs';
import { closed, eventually, until } from './table.mjs';
import { fixedWords, messagesOf } from './words.mjs';

const test = testIn(ENGINE);

/** The ratio of contrast that text must have. */
const CONTRAST = 4.5;

const shown = (page, id) => until(() => page.locator(id).isVisible(), id);

/** Chooses a setting as a player does. */
async function choose(page, setting, value) {
  await page.locator('#open-menu').click();
  await page.locator('#open-settings').click();
  await shown(page, '#settings');
  await page.locator(`#setting-${setting}`).selectOption(value);
  // The settings close into the menu.
  for (const id of ['settings', 'menu']) {
    await page.keyboard.press('Escape');
    await closed(page.locator(`#${id}`));
  }
}

/** Runs in the page: opens every panel, and returns a sentence about each text in it that cannot be read. */
function unreadable(least) {
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const problems = [];
  const look = (panel) => {
    const texts = [panel, ...panel.querySelectorAll('*')].filter(
      (element) => hasText(element) && element.getClientRects().length > 0 && !element.matches(':disabled, :disabled *, option, svg *'),
    );
    for (const element of texts) {
      const ratio = window.contrastOf(element, panel);
      if (ratio === null) return problems.push(`${panel.id} is transparent`);
      if (ratio < least) problems.push(`${panel.id}: '${element.textContent.trim().slice(0, 30)}' has ${ratio.toFixed(2)} : 1`);
    }
  };
  for (const id of ['over', 'failure', 'elsewhere', 'replay']) {
    const panel = document.getElementById(id);
    panel.hidden = false;
    look(panel);
    panel.hidden = true;
  }
  for (const panel of document.querySelectorAll('dialog')) {
    panel.showModal();
    look(panel);
    panel.close();
  }
  return problems;
}

for (const theme of ['light', 'dark', 'contrast']) {
  test(`In the theme '${theme}' the text of every panel has a contrast of ${CONTRAST} : 1.`, async (desk) => {
    const { page } = await desk.open({ query: '?seed=7' });
    await choose(page, 'theme', theme);
    await page.evaluate(defineContrast);
    await eventually(async () => assert.deepEqual(await page.evaluate(unreadable, CONTRAST), []));
  });
}

for (const language of ['en', 'de', 'es', 'ar']) {
  test(`In ${language} every fixed text is in that language, and every panel is in the window, with nothing cut off.`, async (desk) => {
    const table = await desk.open({ query: '?seed=7' });
    const { page } = table;
    await choose(page, 'language', language);
    const words = messagesOf(language);
    await eventually(async () => {
      for (const [key, text] of await fixedWords(page)) assert.equal(text.trim().replaceAll(/\s+/g, ' '), words[key], key);
    });
    const window = await page.evaluate(() => ({ x: 0, y: 0, width: innerWidth, height: innerHeight }));
    for (const [id, box, , isCut] of await panels(table)) {
      assert.ok(inside(box, window), `${id} is inside of the window: ${JSON.stringify(box)}`);
      assert.equal(isCut, false, `${id} is as wide as its text`);
    }
  });
}
