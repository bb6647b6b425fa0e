// Measures the bus against the event libraries of the JavaScript world, in one page of headless Chromium, and draws the
// README's chart. `make bench-bus` builds page.rs first; `--quick` is a try with few and short samples, and draws nothing.
//
// - The same work on all sides: every event is made when it is sent, carries its number, and each subscriber adds that to a
//   sum of its own. A run whose sums are not what they must be ends the benchmark.
// - Our loop of producing runs in wasm, theirs in JavaScript: in a game with this bus the producers are wasm too. Nobody
//   crosses from one to the other within a run.
// - The libraries know no batches, and send one by one, whatever the batch of ours is. Our bus has one call of `deliver` for
//   each batch, so "1 event" is what a lone event costs and "64" what a busy frame does.
// - A subscriber of theirs is a function of its own, as real ones are. All sides have met every kind of subscriber and
//   payload before any is compiled for good, so that none is timed in a shape that only a benchmark of one event has.
// - The median counts, and ratios are between medians of the same run. Only these mean anything on another machine.

import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from '../../tests/browser/chromium.mjs';
import { serve } from '../../tests/browser/server.mjs';
import { chart } from './chart.mjs';
import { ratios, summarize, times, verdicts } from './report.mjs';

const CONFIGURATIONS = { payloads: [16, 64], subscribers: [1, 3, 10, 100], history: 4096, batches: [1, 8, 64] };
const FULL = { samples: 15, sampleMs: 25, warmUpMs: 200 };
const QUICK = { samples: 3, sampleMs: 5, warmUpMs: 30 };

const fromRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const CHART = 'assets/bus-benchmark.svg';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const timing = options.quick ? QUICK : FULL;

/** RxJS's modules ask for each other without the files' endings, as only bundlers understand it. */
const completeName = (route) => {
  const url = route.request().url();
  return route.continue({ url: url.endsWith('.js') ? url : `${url}.js` });
};

/** The samples of every side, taken in a page of its own. */
async function measure(browser, url) {
  const page = await browser.newPage();
  // What goes wrong while the page loads would otherwise only be seen as a page that is never ready.
  const failed = new Promise((_, reject) => page.once('pageerror', reject));
  page.on('console', (message) => console.error(message.text()));
  await page.route('**/rxjs/dist/esm/**', completeName);
  await page.goto(`${url}benches/bus/page.html`);
  await Promise.race([page.waitForFunction(() => globalThis.measure), failed]);
  return page.evaluate((settings) => globalThis.measure(settings), { ...CONFIGURATIONS, ...timing });
}

for (const built of ['bus_bench.js', 'bus_bench_bg.wasm']) {
  if (!existsSync(fromRoot(`target/bus-bench/${built}`))) {
    throw new Error(`There is no target/bus-bench/${built}: run \`make bench-bus\`, which builds it.`);
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
  const sides = summarize(await measure(browser, server.url));
  console.log([...times(sides), ...ratios(sides), ...verdicts(sides)].join('\n'));
  if (options.quick) {
    console.log('\nThis was a try: too short to be believed, and not drawn.');
  } else {
    writeFileSync(fromRoot(CHART), chart(sides));
    console.log(`\nThe chart is in ${CHART}. The load was ${load()} at the end.`);
  }
} finally {
  await browser.close();
  await server.close();
}
