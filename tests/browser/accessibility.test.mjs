// Accessibility: axe-core finds nothing in any state of the page, and the accessibility tree of each state is the
// expected one. The expected trees are in trees/. After a change that is intended, `UPDATE_TREES=1 node
// tests/browser/run.mjs tree` writes the new ones; read them before you commit them.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { defineContrast } from './contrast.mjs';
import { test } from './fixture.mjs';
import { almostOver, states } from './states.mjs';
import { until } from './table.mjs';
import { MODAL, keepTrees, keptTree, strayFiles, treeOf } from './trees.mjs';

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** Everything that WCAG 2 demands up to level AA, and best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const [theme, window, size] of [
  ['light', 'a large window', [1024, 768]],
  ['dark', 'a small window', [390, 844]],
]) {
  test(`In the ${theme} theme and ${window} axe-core finds nothing in any state of the page.`, async (desk) => {
    const prepare = async (page) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.addInitScript({ path: AXE });
      await page.addInitScript(defineContrast);
    };
    const found = [];
    for await (const [state, { page }] of states(desk, { size, prepare })) {
      for (const sentence of await page.evaluate(inspect, RULES)) found.push(`${state}: ${sentence}`);
    }
    assert.equal(found.join('\n'), '');
  });
}

/**
 * Runs in the page. Returns a sentence about everything that is wrong, or that axe-core cannot decide: where one
 * element covers another, and for the colours of SVG. There the contrast to the next background is measured here.
 */
async function inspect(rules) {
  // A panel that fades in has other colours until it is there.
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  // A screen reader reads nothing from a canvas. Without the canvases axe-core finds the background of the page. A
  // single digit is text, too.
  const pictures = [...document.querySelectorAll('canvas')];
  for (const picture of pictures) picture.style.visibility = 'hidden';
  const contrastRatio = { normal: { expected: 4.5 }, large: { expected: 3 } };
  const text = { ignoreUnicode: true, ignoreLength: true, boldValue: 700, boldTextPt: 14, largeTextPt: 18, contrastRatio };
  axe.configure({ checks: [{ id: 'color-contrast', options: { ...text, pseudoSizeThreshold: 0.25 } }] });
  const { violations, incomplete } = await axe.run(document, { runOnly: rules, resultTypes: ['violations', 'incomplete'] });
  for (const picture of pictures) picture.style.visibility = '';

  const isFine = (id, [selector]) => id === 'color-contrast' && window.contrastOf(document.querySelector(selector)) >= 4.5;
  const sentences = (results, verb) =>
    results.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => [id, target, `${id} ${verb} at ${target}: ${help}. ${failureSummary}`]),
    );
  const undecided = sentences(incomplete, 'cannot be decided').filter(([id, target]) => !isFine(id, target));
  return [...sentences(violations, 'is broken'), ...undecided].map(([, , sentence]) => sentence);
}

test('The accessibility tree of every state is the expected one, and repeats nothing.', async (desk) => {
  const trees = new Map();
  const prepare = async () => {};
  for await (const [state, { page }] of states(desk, { size: [1024, 768], prepare })) {
    trees.set(state, await treeOf(page));
    const nodes = await nodesOf(page);
    assert.ok(await isWhole(page, nodes), `${state}: only a modal dialog hides the rest of the page`);
    assert.deepEqual(repetitions(nodes), [], `${state}: what a screen reader reads twice`);
  }
  if (process.env.UPDATE_TREES) keepTrees(trees);
  const differences = [...trees].flatMap(([state, tree]) => difference(state, tree));
  assert.equal(differences.join('\n\n'), '');
  assert.deepEqual(strayFiles([...trees.keys()]), []);
});

test('When the element with the focus disappears, the focus moves to what comes next.', async (desk) => {
  const { drops, stored } = await almostOver(desk);
  const table = await desk.open({ query: '?seed=7', stored });
  const press = (within, name) => within.getByRole('button', { name, exact: true }).press('Enter');
  const isOn = (pattern) => until(async () => pattern.test(await table.focused()), `the focus on ${pattern}`);
  const SHAPE = /^slot-[123]$/;

  await press(table.page, 'Menu');
  await press(table.menu, 'Replay');
  await isOn(/^replay-toggle$/);
  await press(table.page, 'Back to your game');
  await isOn(SHAPE);
  await table.page.evaluate(() => (location.hash = 'g=no-game'));
  await until(() => table.notice(), 'a notice');
  await press(table.page, 'Dismiss');
  await isOn(SHAPE);

  await table.drop(drops.at(-1));
  await isOn(/^play-again$/);
  await press(table.over, 'Undo');
  await isOn(SHAPE);
  await table.drop(drops.at(-1));
  await isOn(/^play-again$/);
  await press(table.over, 'Replay');
  await isOn(/^replay-toggle$/);
  await press(table.page, 'Back to your game');
  await isOn(/^play-again$/);
  await press(table.over, 'Play again');
  await isOn(SHAPE);

  await table.drop(drops[0]);
  await table.undoButton.press('Enter');
  await until(() => table.undoButton.isDisabled(), 'nothing to undo');
  await table.frames(3);
  assert.equal(await table.focused(), 'undo');
});

/** Returns the nodes of the browser's own accessibility tree, without those that it ignores. */
async function nodesOf(page) {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  return nodes.filter(({ ignored }) => !ignored);
}

/** Returns `true` if the tree has the main part of the page, or a modal dialog and not the main part. */
async function isWhole(page, nodes) {
  const roles = nodes.map(({ role }) => role.value);
  const modal = (await page.locator(MODAL).count()) > 0;
  return modal ? !roles.includes('main') && !roles.includes('grid') : roles.includes('main') && roles.includes('grid');
}

/** Returns the nodes whose description only repeats their name. */
function repetitions(nodes) {
  return nodes
    .map(({ role, name, description }) => [description?.value, name?.value ?? '', role?.value])
    .filter(([description, name]) => description && name.includes(description))
    .map(([description, name, role]) => `${role} '${name}': '${description}'`);
}

function difference(state, tree) {
  try {
    assert.equal(tree, keptTree(state));
    return [];
  } catch (error) {
    return [`${state}: ${error.message}`];
  }
}
