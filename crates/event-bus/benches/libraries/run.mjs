// Compares the bus with event libraries for JavaScript, in one page of headless Chromium, and draws the chart.
// `make bench-bus` builds page.rs first. `--quick` is a trial with few and short samples, and draws nothing.
//
// - All contestants do the same work: every event is created when it is sent and carries its number, and each
//   subscriber adds it to its own sum. The benchmark ends with an error if a sum is wrong.
// - The producer loop runs in wasm for the bus, and in JavaScript for the libraries: in a game with this bus, the
//   producers are wasm, too. No run crosses the boundary between the two.
// - The libraries have no batches and send every event by itself. The bus has one call of `deliver` per batch. So
//   "1 event" is the cost of a single event, and "64 events" that of a busy frame.
// - Each subscriber of a library is a function of its own, as in a real program. All contestants have run with every
//   kind of subscriber and payload before any code is optimized, so that none is optimized for a single kind of event.
// - The result is the median. Ratios are between medians of the same run, and only ratios are comparable between
//   machines.

import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../../../../tests/browser/chromium.mjs';
import { serve } from '../../../../tests/browser/server.mjs';
import { chart } from './chart.mjs';
import { game, ratios, summarize, times, verdicts } from './report.mjs';

const CONFIGURATIONS = { payloads: [16, 64], subscribers: [1, 3, 10, 100], history: 4096, batches: [1, 8, 64] };
const FULL = { samples: 15, sampleMs: 25, warmUpMs: 200 };
const QUICK = { samples: 3, sampleMs: 5, warmUpMs: 30 };

const fromRoot = (path) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const CHART = 'assets/bus-benchmark.svg';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const timing = options.quick ? QUICK : FULL;

/** Adds the extension: the modules of RxJS import each other without one, which only bundlers understand. */
const completeName = (route) => {
  const url = route.request().url();
  return route.continue({ url: url.endsWith('.js') ? url : `${url}.js` });
};

/** Calls a function of page.mjs in a new page. */
async function measure(browser, url, what) {
  const page = await browser.newPage();
  // Otherwise an error while the page loads would only show as a timeout.
  const failed = new Promise((_, reject) => page.once('pageerror', reject));
  page.on('console', (message) => console.error(message.text()));
  await page.route('**/rxjs/dist/esm/**', completeName);
  await page.goto(`${url}crates/event-bus/benches/libraries/page.html`);
  await Promise.race([page.waitForFunction(() => globalThis.measure), failed]);
  const measured = await page.evaluate(([name, settings]) => globalThis[name](settings), [what, { ...CONFIGURATIONS, ...timing }]);
  await page.close();
  return measured;
}

for (const built of ['bus_bench.js', 'bus_bench_bg.wasm', 'drag_bench.js', 'drag_bench_bg.wasm']) {
  if (!existsSync(fromRoot(`target/bus-bench/${built}`))) {
    throw new Error(`target/bus-bench/${built} does not exist: run \`make bench-bus\`, which builds it.`);
  }
}

const server = await serve('.');
const browser = await launch({ args: ['--js-flags=--expose-gc'] });
try {
  const load = () => loadavg()[0].toFixed(1);
  console.log(
    `Chromium ${browser.version()}, headless; ${availableParallelism()} processors, with a load of ${load()}.`,
    `Median of ${timing.samples} samples of at least ${timing.sampleMs} ms.\n`,
  );
  const sides = summarize(await measure(browser, server.url, 'measure'));
  const drags = await measure(browser, server.url, 'measureDrag');
  console.log([...times(sides), ...ratios(sides), ...verdicts(sides), game(drags)].join('\n'));
  if (options.quick) {
    console.log('\nThis was a trial run: the samples are too short, so no chart was drawn.');
  } else {
    writeFileSync(fromRoot(CHART), chart(sides));
    console.log(`\nThe chart is in ${CHART}. The load was ${load()} at the end.`);
  }
} finally {
  await browser.close();
  await server.close();
}
