// Compares the release page with another build in one run: `make measure BASE=DIR`, where DIR is the dist/ of the other
// build. Each figure is measured in turn in both builds, because the load of the machine changes, and the table has the
// medians and their ratio. The header of measure.mjs explains the figures.
//
// BASE is made from another commit in a folder of its own, with the same wasm-bindgen:
//
//     git worktree add ../base COMMIT && cd ../base && make build     (then BASE=../base/dist)
//
// Everything is measured with two ways to render: as in measure.mjs, without a GPU process, and with SwiftShader, which
// does the work of a graphics card on the processor.

import { resolve } from 'node:path';
import { availableParallelism, loadavg } from 'node:os';
import { launch } from '../tests/browser/chromium.mjs';
import { serve } from '../tests/browser/server.mjs';
import {
  MEASURED_AT,
  MOVES,
  SLOWER,
  measureFiles,
  measureGame,
  measureLoad,
  measureMemory,
  measureMoves,
  untilPlayable,
} from './measure/figures.mjs';
import { percentile } from './measure/frames.mjs';

const BUILDS = [process.env.BASE, process.env.BLOCKERS_DIST ?? 'dist'];
const LOADS = 9;
const ROUNDS = 3;
const SWIFTSHADER = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
const WAYS = [
  ['without a GPU process', {}],
  ['SwiftShader', { args: SWIFTSHADER, without: ['--disable-gpu'] }],
];

const median = (numbers) => percentile(numbers, 0.5);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** Measures both builds in turn, this many times. Returns the results of each build. */
async function inTurn(places, times, measure) {
  const results = places.map(() => []);
  for (let n = 0; n < times; n += 1) {
    for (const [build, place] of places.entries()) results[build].push(await measure(place));
  }
  return results;
}

function row(what, [base, own], unit, digits = 1) {
  const show = (number) => `${number.toFixed(digits)} ${unit}`.padStart(12);
  console.log(`${what.padEnd(44)}${show(base)}${show(own)}${(own / base).toFixed(2).padStart(8)}`);
}

async function compare(browser, servers) {
  const plain = servers.map(({ url }) => ({ browser, url }));
  const seeded = servers.map(({ url }) => ({ browser, url: `${url}?seed=7` }));
  const files = await Promise.all(plain.map(async (place) => untilPlayable(await measureFiles(place))));
  for (const kind of ['brotli', 'raw']) {
    row(`Bytes until playable, ${kind}`, files.map((list) => sum(list.map((file) => file[kind])) / 1000), 'kB');
  }
  for (const slower of [1, SLOWER]) {
    const loads = await inTurn(plain, LOADS, (place) => measureLoad(place, slower));
    row(`Playable, processor ${slower} times slower`, loads.map(median), 'ms', 0);
  }
  const drags = (await inTurn(seeded, ROUNDS, measureMoves)).map((rounds) => rounds.flat());
  for (const what of ['task', 'script']) {
    row(`A pointer move, main thread: ${what}`, drags.map((all) => median(all.map((drag) => drag.thread[what] / MOVES))), 'ms', 3);
  }
  const games = (await inTurn(seeded, ROUNDS, measureGame)).map((rounds) => rounds.flatMap(({ wall }) => wall));
  for (const share of [0.5, 0.99]) {
    row(`A frame, ${SLOWER} times slower, percentile ${100 * share}`, games.map((all) => percentile(all, share)), 'ms');
  }
  const memory = await inTurn(seeded, 1, measureMemory);
  row(`wasm memory after ${MEASURED_AT.at(-1)} drops`, memory.map(([{ measured }]) => measured.at(-1).wasm / 1000), 'kB', 0);
}

if (!BUILDS[0]) throw new Error('BASE must be the dist/ of another build: `make measure BASE=DIR`.');
const servers = await Promise.all(BUILDS.map((folder) => serve(resolve(folder))));
try {
  for (const [name, options] of WAYS) {
    const browser = await launch(options);
    const where = `Chromium ${browser.version()}, ${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)}`;
    console.log(`\n${name} (${where})\n${''.padEnd(44)}${'base'.padStart(12)}${'this'.padStart(12)}${'ratio'.padStart(8)}`);
    await compare(browser, servers);
    await browser.close();
  }
} finally {
  await Promise.all(servers.map((server) => server.close()));
}
