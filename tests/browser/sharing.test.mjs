// Sharing and exporting in browsers that lack a part of the interfaces for it, or have something else in its place.

import assert from 'node:assert/strict';
import { test } from './fixture.mjs';
import { cell } from './rules.mjs';
import { until } from './table.mjs';

const COPIED = /^Link copied$/;
const LINK = /#g=\w/;
const NOTHING = /^$/;

/**
 * Runs in the page before the program. Replaces `navigator.share` and `navigator.clipboard`, as the names of two of
 * these tell: a method that works, is missing, is no function, throws, returns no promise, or is rejected with an error
 * of this name.
 */
function replace([share, clipboard]) {
  const method = (kind) => (data) => {
    window.calls.push(data);
    if (kind === 'throws') throw new TypeError('It is not here.');
    if (kind === 'nothing') return undefined;
    if (kind === 'works') return Promise.resolve();
    if (kind === 'waits') return new Promise(() => {});
    if (kind === 'rejected with a text') return Promise.reject('no');
    return Promise.reject(new DOMException('No.', kind));
  };
  const put = (object, name, kind, wrap = (value) => value) => {
    delete Navigator.prototype[name];
    const define = (descriptor) => Object.defineProperty(object, name, { ...descriptor, configurable: true });
    if (kind === 'missing') return;
    if (kind === 'undefined') define({ value: undefined });
    else if (kind === 'no function') define({ value: wrap('text') });
    else if (kind === 'getter that throws') define({ get: () => { throw new TypeError('No.'); } });
    else if (kind.startsWith('twice ')) {
      const [first, second] = [method('waits'), method(kind.slice(6))];
      define({ value: wrap((data) => (window.calls.length === 0 ? first : second)(data)) });
    } else define({ value: wrap(method(kind)) });
  };
  window.calls = [];
  put(navigator, 'share', share);
  put(navigator, 'clipboard', clipboard, (writeText) => ({ writeText }));
  // A test without a share sheet must not get that of the system.
  if (share === 'missing') delete Navigator.prototype.share;
}

/** What `share` and the clipboard's `writeText` do, and the notice that follows. */
const CASES = [
  ['works', 'works', NOTHING],
  ['nothing', 'works', NOTHING],
  ['AbortError', 'works', NOTHING],
  ['InvalidStateError', 'works', NOTHING],
  ['missing', 'works', COPIED],
  ['undefined', 'works', COPIED],
  ['no function', 'works', COPIED],
  ['getter that throws', 'works', COPIED],
  ['throws', 'works', COPIED],
  ['NotAllowedError', 'works', COPIED],
  ['DataError', 'works', COPIED],
  ['rejected with a text', 'works', COPIED],
  ['missing', 'nothing', COPIED],
  ['missing', 'missing', LINK],
  ['missing', 'undefined', LINK],
  ['missing', 'no function', LINK],
  ['missing', 'getter that throws', LINK],
  ['missing', 'throws', LINK],
  ['missing', 'NotAllowedError', LINK],
  ['missing', 'rejected with a text', LINK],
];

const share = async ({ page }) => {
  await page.locator('#open-menu').click();
  await page.locator('#share').click();
};

for (const [sheet, clipboard, notice] of CASES) {
  test(`If \`share\` is "${sheet}" and the clipboard "${clipboard}", the game goes on, and the notice is ${notice}.`, async (desk) => {
    const prepare = (page) => page.addInitScript(replace, [sheet, clipboard]);
    const table = await desk.open({ query: '?seed=7', prepare });
    await share(table);
    if (notice === NOTHING) await until(() => table.page.evaluate(() => window.calls.length > 0), 'the share sheet');
    else await until(async () => notice.test(await table.notice()), 'the notice');
    await table.frames(5);
    assert.match(await table.notice(), notice);
    assert.equal(await table.failure.isVisible(), false);
    await table.isPlayable();
  });
}

for (const error of ['InvalidStateError', 'NotAllowedError']) {
  test(`While the share sheet is open, a second press, which is rejected with ${error}, does nothing.`, async (desk) => {
    const prepare = (page) => page.addInitScript(replace, [`twice ${error}`, 'works']);
    const table = await desk.open({ query: '?seed=7', prepare });
    for (const count of [1, 2]) {
      await share(table);
      await until(() => table.page.evaluate((count) => window.calls.length === count, count), `call ${count}`);
    }
    await table.frames(5);
    assert.equal(await table.notice(), '');
    assert.equal(await table.page.evaluate(() => window.calls.length), 2, 'nothing is copied');
  });
}

test('The link that is shown because it cannot be copied can be selected, and is a link.', async (desk) => {
  const prepare = (page) => page.addInitScript(replace, ['missing', 'missing']);
  const table = await desk.open({ query: '?seed=7', prepare });
  const { page } = table;
  await table.drop({ slot: 0, at: cell(0, 0) });
  await share(table);
  const link = page.locator('#notice a');
  await until(() => link.isVisible(), 'the link');
  const address = await link.getAttribute('href');
  assert.match(address, /^http:.*#g=\w+$/);
  assert.equal(await link.textContent(), address);

  const { x, y, width, height } = await link.evaluate((one) => one.getClientRects()[0].toJSON());
  await page.mouse.move(x + 1, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width - 1, y + height / 2, { steps: 4 });
  await page.mouse.up();
  assert.match(await page.evaluate(() => String(getSelection())), /^http:/);

  // Another link takes its place.
  await table.drop({ slot: 1, at: cell(5, 5) });
  await share(table);
  await until(async () => (await link.getAttribute('href')) !== address, 'another link');
  assert.equal(await link.count(), 1);
});

/**
 * Runs in the page before the program: a device, and what its share sheet does with files. Downloads are counted and
 * not carried out.
 */
function onDevice({ agent, touches = 0, standalone, mode, files, result }) {
  window.shared = [];
  window.downloads = [];
  HTMLAnchorElement.prototype.click = function () {
    window.downloads.push(this.download);
  };
  const define = (name, value) => Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true });
  if (agent) define('userAgent', agent);
  define('maxTouchPoints', touches);
  if (standalone !== undefined) define('standalone', standalone);
  const { matchMedia } = window;
  window.matchMedia = (query) => (query.includes('display-mode') ? { matches: query.includes(mode) } : matchMedia.call(window, query));
  delete Navigator.prototype.canShare;
  if (files !== undefined) Navigator.prototype.canShare = (data) => files && data.files.length === 1;
  Navigator.prototype.share = async ({ files: [file] }) => {
    window.shared.push({ name: file.name, type: file.type, text: await file.text() });
    if (result) throw new DOMException('No.', result);
  };
}

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
const IPAD = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15';

/** What a device is, and how often the export is shared and downloaded. */
const DEVICES = [
  ['an installed page on iOS', { standalone: true, files: true }, [1, 0]],
  ['an installed page on an iPhone', { agent: IPHONE, mode: 'standalone', files: true }, [1, 0]],
  ['an installed page on an iPad', { agent: IPAD, touches: 5, mode: 'standalone', files: true }, [1, 0]],
  ['an installed page on iOS where the player cancels', { standalone: true, files: true, result: 'AbortError' }, [1, 0]],
  ['an installed page on iOS whose sheet fails', { standalone: true, files: true, result: 'NotAllowedError' }, [1, 1]],
  ['an installed page on iOS whose sheet takes no files', { standalone: true, files: false }, [0, 1]],
  ['an installed page on an older iOS', { standalone: true }, [0, 1]],
  ['a page in a tab on an iPhone', { agent: IPHONE, standalone: false, files: true }, [0, 1]],
  ['an installed page on a Macintosh', { agent: IPAD, mode: 'standalone', files: true }, [0, 1]],
  ['an installed page elsewhere', { mode: 'standalone', files: true }, [0, 1]],
  ['a page in a tab', { files: true }, [0, 1]],
];

for (const [what, device, [shares, downloads]] of DEVICES) {
  test(`On ${what} an export is shared ${shares} times, and downloaded ${downloads} times.`, async (desk) => {
    const prepare = (page) => page.addInitScript(onDevice, device);
    const table = await desk.open({ query: '?seed=7', prepare });
    await table.openMenu();
    await table.page.locator('#export').click();
    const seen = () => table.page.evaluate(() => [window.shared, window.downloads]);
    await until(async () => (await seen()).flat().length === shares + downloads, 'the export');
    await table.frames(5);
    const [shared, downloaded] = await seen();
    assert.deepEqual([shared.length, downloaded.length], [shares, downloads]);
    const name = /^blockers-\d{4}-\d\d-\d\d\.txt$/;
    for (const file of shared) {
      assert.match(file.name, name);
      assert.equal(file.type, 'text/plain');
      assert.match(file.text, /^blockers backup 1\n/);
    }
    for (const file of downloaded) assert.match(file, name);
    assert.equal(await table.notice(), '');
  });
}
