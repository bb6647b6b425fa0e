// Measures what each frame of a game costs the main thread, from a trace of Chromium.
//
// A frame is the task in which the browser makes it: the pointer's moves since the last frame, the program's script,
// style, layout, paint and commit. Other tasks, such as the evaluations of this script, are not counted.

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
const IS_TASK = /^(ThreadControllerImpl::)?RunTask$/;

/**
 * Traces the page while it does something.
 *
 * @returns {Promise<{ wall: number[], thread: number[] }>} The milliseconds of each frame, as wall time and as thread
 * time.
 */
export async function traced(page, act) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const drawn = traceEvents.filter(({ name, ph }) => name === 'FireAnimationFrame' && (ph === 'X' || ph === 'B'));
  const isMain = ({ pid, tid }) => drawn.some((frame) => frame.pid === pid && frame.tid === tid);
  const tasks = traceEvents.filter(({ name, ph }) => ph === 'X' && IS_TASK.test(name)).filter(isMain);
  // Tasks can be nested. The outermost one is the whole frame.
  const taskOf = ({ ts, pid, tid }) =>
    tasks
      .filter((task) => task.pid === pid && task.tid === tid && task.ts <= ts && ts < task.ts + task.dur)
      .reduce((one, other) => (one && one.dur > other.dur ? one : other), undefined);
  const frames = [...new Set(drawn.map(taskOf))].filter(Boolean);
  return { wall: frames.map(({ dur }) => dur / 1000), thread: frames.map(({ tdur }) => tdur / 1000) };
}

/** Returns the number below which this share of the numbers is. */
export function percentile(numbers, share) {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
