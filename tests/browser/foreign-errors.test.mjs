// Other scripts share the page: browser extensions, translators, the app around a web view. What goes wrong in them
// does not concern the game.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { cell } from './rules.mjs';
import { until } from './table.mjs';

/** Runs in the page before the program: counts what arrives at the window. */
function count() {
  window.arrived = 0;
  for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, () => (window.arrived += 1), true);
}

/** Makes a function that puts such an element into the page, as extensions and translators do. */
function element(name, attributes) {
  return [
    ([name, attributes]) => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      document.body.append(element);
    },
    [name, attributes],
  ];
}

/** What goes wrong, and the function that makes it go wrong in the page, with its argument. */
const CASES = {
  'a resize observer that causes resizes': [
    () => {
      const box = document.body.appendChild(document.createElement('div'));
      const observer = new ResizeObserver(() => (box.style.height = `${box.offsetHeight + 1}px`));
      observer.observe(box);
      setTimeout(() => observer.disconnect(), 200);
    },
  ],
  'an image that the policy refuses': element('img', { src: 'https://elsewhere.invalid/a.svg' }),
  'a style sheet that the policy refuses': element('link', { rel: 'stylesheet', href: 'https://elsewhere.invalid/a.css' }),
  'a sound that the policy refuses': element('audio', { src: 'https://elsewhere.invalid/a.mp3' }),
  'an image that this server does not have': element('img', { src: 'missing.png' }),
  'a style sheet that this server does not have': element('link', { rel: 'stylesheet', href: 'missing.css' }),
  'a preload that this server does not have': element('link', { rel: 'preload', as: 'script', href: 'missing.js' }),
  'a promise that is rejected with a text': [() => void Promise.reject('some text')],
  'a promise that is rejected with an object': [() => void Promise.reject({ code: 4001 })],
  'a promise that is rejected with nothing': [() => void Promise.reject(undefined)],
  'a promise that is rejected with an error of an extension in Safari': [
    () => void Promise.reject(Object.assign(new Error('x'), { stack: '@webkit-masked-url://hidden/:17:1' })),
  ],
  'an error of an extension in Safari': [
    () => dispatchEvent(new ErrorEvent('error', { message: 'Something.', filename: 'webkit-masked-url://hidden/', lineno: 1 })),
  ],
  'an error of a script of another origin': [() => dispatchEvent(new ErrorEvent('error', { message: 'Script error.' }))],
  'an error that is thrown as a text': [
    () =>
      void setTimeout(() => {
        throw 'some text';
      }),
  ],
  'an error of a user script': [
    () => void setTimeout(new Function('throw new TypeError("missing")\n//# sourceURL=user-script:helper.user.js')),
  ],
  'a listener that fails while the program moves the focus': [
    () => {
      const fail = () => {
        throw new Error('This listener is broken.');
      };
      addEventListener('focus', fail, { capture: true, once: true });
      document.getElementById('open-menu').click();
    },
  ],
};

test('What goes wrong in other scripts does not stop the game.', async (desk) => {
  // Chromium runs what a test evaluates without the page's policy, but an element's policy is checked.
  const table = await desk.open({ query: '?seed=7', before: count, noisy: true, strays: true });
  const { page } = table;
  for (const [what, [act, argument]] of Object.entries(CASES)) {
    const before = await page.evaluate(() => window.arrived);
    await page.evaluate(act, argument);
    await until(() => page.evaluate((before) => window.arrived > before, before), `the window to notice ${what}`);
    // The page decides in a task of its own.
    await table.frames(3);
    assert.equal(await table.failure.isVisible(), false, what);
  }
  await page.keyboard.press('Escape');
  assert.match(await table.drop({ slot: 0, at: cell(0, 0) }), / placed/);
});
