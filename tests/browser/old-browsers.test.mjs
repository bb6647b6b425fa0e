// Browsers of the generation of Safari 15.4 and 16: the style sheet needs nothing that they do not know, and everything
// can be read in each theme. Here it is tried in a Chromium that gets the sheet without what is newer.

import assert from 'node:assert/strict';
import { defineContrast } from './contrast.mjs';
import { test } from './fixture.mjs';
import { until } from './table.mjs';

const STYLE = '**/style-*.css';

/** What Safari 15.4 does not know, and what a browser ignores there together with the declaration or the rule. */
const NEWER = {
  'light-dark()': /light-dark\(/,
  'container queries': /@container|container-type|\bcq[wh]\b/,
  'ranges in media queries': /\((width|height|resolution|aspect-ratio)\s*[<>=]/,
  'mixed and wide colours': /color-mix\(|\b(oklch|oklab|lch|lab)\(/,
  'nested rules': /&/,
  'cascade layers, scopes and starting styles': /@(layer|scope|starting-style|property)\b/,
  'overflow: clip': /overflow(-[xy])?:\s*clip/,
  'an alternative text of content without a content before it': /(?<!content:"✓";)content:"✓"\//,
  'balanced text': /text-wrap/,
};

/** Returns the served style sheet. */
const sheet = ({ page }) =>
  page.evaluate(async () => (await fetch(document.querySelector('link[rel=stylesheet]').href)).text());

test('The style sheet uses nothing that is newer than Safari 15.4 without something older before it.', async (desk) => {
  const css = await sheet(await desk.open());
  assert.match(css, /@media \(max-width:\d+px\)/, 'it has media queries');
  const found = Object.entries(NEWER).filter(([, pattern]) => pattern.test(css));
  assert.deepEqual(found.map(([what]) => what), []);
});

/** Serves the style sheet as an older browser understands it. */
const older = (page) =>
  page.route(STYLE, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(/light-dark\(/g, 'unknown(').replaceAll(/content:"✓"\/""/g, 'content:unknown()');
    const headers = { ...response.headers(), 'content-length': String(Buffer.byteLength(body)) };
    await route.fulfill({ response, body, headers });
  });

/** Runs in the page. Returns each visible text that has less contrast than 4.5 to its background, or no background. */
function unreadable() {
  const root = document.querySelector('dialog[open], #failure:not([hidden])') ?? document.body;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('option, script, noscript, [aria-disabled=true]') || !element.checkVisibility()) continue;
    // A panel must have a background of its own: the board is behind it.
    const ratio = window.contrastOf(element, root === document.body ? null : root);
    if (ratio === null || ratio < 4.5) found.push(`${node.data.trim()}: ${ratio}`);
  }
  return found;
}

for (const [system, chosen] of [
  ['light', 'system'],
  ['dark', 'system'],
  ['light', 'dark'],
  ['dark', 'light'],
  ['light', 'contrast'],
]) {
  test(`In an older browser everything can be read if the system is ${system} and the theme is "${chosen}".`, async (desk) => {
    const stored = { 'blockers.settings': `theme=${chosen} marks=on` };
    const table = await desk.open({ query: '?seed=7', theme: system, stored, before: defineContrast, prepare: older });
    const { page } = table;
    const dark = chosen === 'system' ? system === 'dark' : chosen !== 'light';
    const lightness = (colour) => Math.max(...colour.match(/\d+/g).slice(0, 3));
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(lightness(ground) < 128, dark, ground);
    assert.deepEqual(await page.evaluate(unreadable), []);

    for (const [button, panel] of [
      ['open-menu', 'menu'],
      ['open-statistics', 'statistics'],
      ['open-menu', 'menu'],
      ['open-help', 'help'],
      ['open-menu', 'menu'],
      ['open-settings', 'settings'],
    ]) {
      await page.locator(`#${button}`).click();
      await until(() => page.locator(`#${panel}`).isVisible(), panel);
      await table.frames(3);
      assert.deepEqual(await page.evaluate(unreadable), [], panel);
      if (panel !== 'menu' && panel !== 'settings') await table.closeDialogs();
      await table.frames(3);
    }
    const tick = (id) => page.evaluate((id) => getComputedStyle(document.getElementById(id), '::before').content, id);
    assert.equal(await tick('setting-marks'), '"✓"');
  });
}

for (const system of ['light', 'dark']) {
  test(`In an older browser with a ${system} system the panel can be read if the program does not start.`, async (desk) => {
    const prepare = async (page) => {
      await older(page);
      await page.route('**/*.wasm', (route) => route.abort());
    };
    const { page } = await desk.open({ theme: system, noisy: true, ready: false, before: defineContrast, prepare });
    await until(() => page.locator('#failure').isVisible(), 'the panel');
    assert.deepEqual(await page.evaluate(unreadable), []);
  });
}
