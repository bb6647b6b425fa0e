// What every browser engine must do when the program does not arrive, or arrives slowly.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENGINE, testIn } from './engine-tests.mjs';
import { replacing } from './publishing.mjs';
import { until } from './table.mjs';

const test = testIn(ENGINE);

const LOGIN = '<!doctype html><title>Log in</title><p>Log in</p>';

const typeOf = (data) => (data.subarray(0, 4).equals(Buffer.from('\0asm')) ? 'application/wasm' : 'text/javascript');

/** A wrong answer that browsers may keep for a year, as hosts allow it for files with a hash in their name. */
const KEPT = { 'cache-control': 'max-age=31536000, immutable' };

/** Ways in which a file does not arrive. Each gets the response, and the content of the file. */
const FAILURES = [
  ['is not there (404)', (response) => response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found')],
  ['cannot be had (503)', (response) => response.writeHead(503).end()],
  ['is a page, as of a network that wants a login', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(LOGIN)],
  ['does not arrive, because the connection breaks', (response) => response.destroy()],
  [
    'stops in the middle, because the connection breaks',
    (response, data) => {
      response.writeHead(200, { 'content-type': typeOf(data), 'content-length': data.length });
      response.write(data.subarray(0, data.length / 2), () => response.destroy());
    },
  ],
  [
    'is cut short, and the browser keeps it',
    (response, data) =>
      response.writeHead(200, { ...KEPT, 'content-type': typeOf(data) }).end(data.subarray(0, data.length / 2)),
  ],
  ['is cut short', (response, data) => response.writeHead(200, { 'content-type': typeOf(data) }).end(data.subarray(0, data.length / 2))],
];

for (const [name, pattern] of [['program', /_bg\.wasm$/], ['JavaScript of the program', /\/blockers-[^/]*\.js$/]]) {
  for (const [how, respond] of FAILURES) {
    test(`If the ${name} ${how}, the page says so, and its button starts it again.`, async (desk) => {
      let isBroken = true;
      const broken = replacing(pattern, respond);
      const answer = (...both) => isBroken && broken(...both);
      const table = await desk.open({ query: '?seed=7', answer, noisy: true, ready: false });
      await until(() => table.failure.isVisible(), 'the panel that says that the game has stopped');
      assert.notEqual((await table.page.locator('#failure-reason').textContent()).trim(), '');
      isBroken = false;
      await table.reloading(() => table.failure.getByRole('button', { name: 'Reload' }).click());
      assert.equal(await table.failure.isVisible(), false);
      await table.isPlayable();
    });
  }
}

for (const [how, respond] of FAILURES) {
  test(`If the late part of the program ${how}, the game can be played, and the part is requested again.`, async (desk) => {
    let isBroken = true;
    const broken = replacing(/_late\.wasm$/, (...both) => {
      isBroken = false;
      respond(...both);
    });
    const table = await desk.open({ answer: (...both) => isBroken && broken(...both), noisy: true });
    await until(() => table.page.evaluate(() => window.boot.late.isThere), 'the late part');
    await table.openMenu();
    await table.closeDialogs();
    await table.isPlayable();
  });
}

test('On a slow line the program is requested once until the game is there.', async (desk) => {
  let requests = 0;
  const answer = replacing(/_bg\.wasm$/, async (response, data) => {
    requests += 1;
    const headers = { 'content-type': 'application/wasm', 'cache-control': 'max-age=600', 'content-length': data.length };
    response.writeHead(200, headers);
    // In about two seconds, so that the browser has the time for another request.
    const part = Math.ceil(data.length / 40);
    for (let at = 0; at < data.length && !response.destroyed; at += part) {
      response.write(data.subarray(at, at + part));
      await sleep(50);
    }
    response.end();
  });
  const table = await desk.open({ query: '?seed=7', answer });
  assert.equal(requests, 1);
  await table.isPlayable();
});
