// The page for who does not see it: axe-core finds nothing in any of its states, and of each the tree that a screen reader finds
// is kept in trees/, and was read by somebody. When it changes for a reason, `UPDATE_TREES=1 node tests/browser/run.mjs tree`
// writes the new ones; they are to be read before they are committed.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from './runner.mjs';
import { states } from './states.mjs';
import { keepTrees, keptTree, strayFiles, treeOf } from './trees.mjs';

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** All that WCAG 2 asks for up to AA, and what else is good. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const [theme, window, size] of [
  ['light', 'a large window', [1024, 768]],
  ['dark', 'a small window', [390, 844]],
]) {
  test(`In the ${theme} theme and ${window} axe-core finds nothing in any state of the page.`, async (desk) => {
    const prepare = async (page) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.addInitScript({ path: AXE });
    };
    const found = [];
    for await (const [state, { page }] of states(desk, { size, prepare })) {
      for (const sentence of await page.evaluate(inspect, RULES)) found.push(`${state}: ${sentence}`);
    }
    assert.equal(found.join('\n'), '');
  });
}

/** Runs in the page. Returns a sentence about everything that is wrong, or that axe-core cannot decide. */
async function inspect(rules) {
  // Nothing is read from the picture, and what is not covered by it lies on the page's ground. A single digit is text as well.
  const pictures = [...document.querySelectorAll('canvas')];
  for (const picture of pictures) picture.style.visibility = 'hidden';
  const contrastRatio = { normal: { expected: 4.5 }, large: { expected: 3 } };
  const text = { ignoreUnicode: true, ignoreLength: true, boldValue: 700, boldTextPt: 14, largeTextPt: 18, contrastRatio };
  axe.configure({ checks: [{ id: 'color-contrast', options: { ...text, pseudoSizeThreshold: 0.25 } }] });
  const { violations, incomplete } = await axe.run(document, { runOnly: rules, resultTypes: ['violations', 'incomplete'] });
  for (const picture of pictures) picture.style.visibility = '';
  const sentences = (results, verb) =>
    results.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${verb} at ${target.join(' ')}: ${help}. ${failureSummary}`),
    );
  return [...sentences(violations, 'is broken'), ...sentences(incomplete, 'cannot be decided')];
}

test('The tree of every state is the one that is kept, and has nothing twice.', async (desk) => {
  const trees = new Map();
  const prepare = async () => {};
  for await (const [state, { page }] of states(desk, { size: [1024, 768], prepare })) {
    trees.set(state, await treeOf(page));
    assert.deepEqual(await repetitions(page), [], `${state}: what is said twice`);
  }
  if (process.env.UPDATE_TREES) keepTrees(trees);
  const differences = [...trees].flatMap(([state, tree]) => difference(state, tree));
  assert.equal(differences.join('\n\n'), '');
  assert.deepEqual(strayFiles([...trees.keys()]), []);
});

/** What in the browser's own tree has a description that its name has already. */
async function repetitions(page) {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  return nodes
    .map(({ ignored, role, name, description }) => [!ignored && description?.value, name?.value ?? '', role?.value])
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
