// Measures on a slow line how long the page takes until it can be played, and how often each browser engine requests
// the program: `make slow-line`. All responses share the line, uncompressed, and the host sends no headers for caches.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch as launchChromium } from '../tests/browser/chromium.mjs';
import { DrivenPage } from '../tests/browser/driven.mjs';
import { launch } from '../tests/browser/engines.mjs';
import { serve } from '../tests/browser/server.mjs';
import { percentile } from './measure/frames.mjs';

const DIST = process.env.BLOCKERS_DIST ?? 'dist';
/** In bytes per second. */
const SPEED = 400_000;
const TICK_MS = 10;
const ROUNDS = 5;
const PATIENCE_MS = 60_000;
const TYPES = { css: 'text/css', html: 'text/html', js: 'text/javascript', svg: 'image/svg+xml', wasm: 'application/wasm' };

/** Serves the page at that speed. Returns the server, and the paths that were requested. */
async function serveSlowly() {
  const sending = new Set();
  const requested = [];
  const timer = setInterval(() => {
    const share = Math.ceil((SPEED * TICK_MS) / 1000 / sending.size);
    for (const one of sending) {
      one.response.write(one.body.subarray(one.sent, one.sent + share));
      one.sent += share;
      if (one.sent >= one.body.length) one.response.end();
      if (one.sent >= one.body.length || one.response.destroyed) sending.delete(one);
    }
  }, TICK_MS);
  const answer = ({ url }, response) => {
    const path = new URL(url, 'http://localhost').pathname.replace(/\/$/, '/index.html');
    const type = TYPES[path.split('.').at(-1)];
    if (!type) return false;
    requested.push(path);
    const body = readFileSync(join(DIST, path));
    response.writeHead(200, { 'content-type': type, 'content-length': body.length });
    sending.add({ response, body, sent: 0 });
    return true;
  };
  const server = await serve(DIST, { dev: true }, answer);
  const close = async () => {
    clearInterval(timer);
    await server.close();
  };
  return { url: server.url, requested, close };
}

/** Returns whether the page can be played, and how long ago it was opened, in milliseconds. Runs in the page. */
const look = () => ({
  isThere: Boolean(document.querySelector('[role=option]')?.getAttribute('aria-label')),
  age: performance.now(),
});

async function untilPlayable(page) {
  for (let state; ; await sleep(TICK_MS)) {
    state = await page.evaluate(look);
    if (state.isThere) return state.age;
    if (state.age > PATIENCE_MS) throw new Error('The page was not ready in time.');
  }
}

/** The engines: each opens a page for a new player, calls `measure` with it, and closes it. */
const ENGINES = {
  async chromium(measure) {
    const browser = await launchChromium();
    const page = await (await browser.newContext()).newPage();
    try {
      await measure(page, (url) => page.goto(url, { waitUntil: 'commit' }));
    } finally {
      await browser.close();
    }
  },
  async webkit(measure) {
    const { driver, stop } = await launch('webkit');
    try {
      const page = new DrivenPage(driver);
      await page.goto('about:blank');
      await measure(page, (url) => page.evaluate((url) => void location.assign(url), url));
    } finally {
      await stop();
    }
  },
};

const results = { chromium: [], webkit: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, visit] of Object.entries(ENGINES)) {
    const server = await serveSlowly();
    await visit(async (page, open) => {
      await open(server.url);
      const time = await untilPlayable(page);
      const requests = server.requested.filter((path) => path.endsWith('_bg.wasm')).length;
      // The service worker has made its copy then.
      await sleep(3_000);
      const all = server.requested.filter((path) => path.endsWith('_bg.wasm')).length;
      results[name].push({ time, requests, all });
    });
    await server.close();
  }
}
const median = (name, what) => percentile(results[name].map((one) => one[what]), 0.5);
console.log(`At ${SPEED / 1000} kB/s, medians of ${ROUNDS}:`);
for (const name of Object.keys(results)) {
  const [time, requests, all] = ['time', 'requests', 'all'].map((what) => median(name, what));
  console.log(`${name.padEnd(9)} ready after ${time.toFixed(0)} ms; requests for the program: ${requests} until then, ${all} in all`);
}
console.log(`WebKit takes ${(median('webkit', 'time') / median('chromium', 'time')).toFixed(2)} times as long as Chromium.`);
