// Runs files of browser tests with Node's own test runner, several at the same time, each in a process of its own.

import { setMaxListeners } from 'node:events';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { basename } from 'node:path';
import { availableParallelism } from 'node:os';

/**
 * Most tests wait most of the time, so there are more processes than processors. BLOCKERS_WORKERS is another number of
 * them.
 */
const WORKERS = Number(process.env.BLOCKERS_WORKERS ?? 2 * availableParallelism());

/** Leaves out the tests whose names do not match: Node.js 20 reports them as skipped. */
async function* withoutSkipped(events) {
  for await (const event of events) if (!event.data.skip) yield event;
}

/** Returns a pattern for `--test-name-pattern` that matches names with these words in them. */
const containing = (words) => new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'));

/**
 * Runs the tests of these files and prints a report, with `N passed, N failed` in the last line. The exit status is not
 * 0 if a test failed or none ran.
 *
 * @param {string[]} files Paths.
 * @param {string} words Only tests with these words in their names run.
 */
export async function runFiles(files, words = '') {
  const count = { passed: 0, failed: 0 };
  // If this process is interrupted, those of the files must end, too, and with them their browsers.
  const interruption = new AbortController();
  // Each file listens.
  setMaxListeners(0, interruption.signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interruption.abort());
  const testNamePatterns = words ? [containing(words)] : undefined;
  const events = run({ files, concurrency: WORKERS, testNamePatterns, signal: interruption.signal });
  // A file without any test that matches is reported under its own name.
  events.on('test:pass', ({ name, skip }) => {
    if (!skip && !files.includes(name)) count.passed += 1;
  });
  events.on('test:fail', () => {
    count.failed += 1;
  });
  const report = events.compose(withoutSkipped).compose(spec);
  for await (const text of report) process.stdout.write(text);
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
}
