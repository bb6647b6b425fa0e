// What runs in the pages of the tests, beside the program.

/**
 * Runs in every page before the program: collects what the live region announces, counts the frames that the program
 * requests, and has the functions that the methods of `Table` call in the page. It waits there: a round trip for each
 * look would keep the machine busy.
 */
export function watch() {
  const requestFrame = window.requestAnimationFrame.bind(window);
  const cancelFrame = window.cancelAnimationFrame.bind(window);
  // A test may replace the page's own.
  const [startTimer, now] = [window.setTimeout.bind(window), Date.now];
  const pause = (milliseconds) => new Promise((passed) => startTimer(passed, milliseconds));
  const requests = new Set();
  const watched = {
    heard: [],
    frames: 0,
    get pending() {
      return requests.size;
    },
    requestFrame,
  };
  Object.defineProperty(window, 'watched', { value: watched });

  window.requestAnimationFrame = (callback) => {
    watched.frames += 1;
    const request = requestFrame((time) => {
      requests.delete(request);
      callback(time);
    });
    requests.add(request);
    return request;
  };
  window.cancelAnimationFrame = (request) => {
    requests.delete(request);
    cancelFrame(request);
  };

  /** Calls `condition` until it returns something truthy or the time is up, and returns what it returned last. */
  watched.until = async (condition, milliseconds) => {
    for (const end = now() + milliseconds; ; await pause(8)) {
      const answer = condition();
      if (answer || now() > end) return answer;
    }
  };

  watched.see = () => {
    const names = (role) => [...document.querySelectorAll(`[role=${role}]`)].map((element) => element.ariaLabel);
    // Their names are other ones in every language.
    const output = (id) => document.getElementById(id).textContent;
    return { cells: names('gridcell'), slots: names('option'), score: output('score'), best: output('best') };
  };

  const boxOf = (element) => element.getBoundingClientRect().toJSON();
  watched.board = () => boxOf(document.querySelector('[role=grid]'));
  watched.slot = (number) => {
    const option = document.querySelectorAll('[role=option]')[number];
    return { name: option.ariaLabel, box: boxOf(option) };
  };

  const isAboutDrag = (sentence) => sentence.includes(' picked up. ') || /^(fits|does not fit)\b/.test(sentence);
  watched.results = () => watched.heard.filter((sentence) => !isAboutDrag(sentence));

  /** A sentence about each part of the table that is not as expected. */
  watched.differences = (expected) => {
    const seen = watched.see();
    return Object.entries(expected).flatMap(([part, value]) =>
      [value].flat().flatMap((one, n) => {
        const other = [seen[part]].flat()[n];
        return one === other ? [] : [`${part}: expected '${one}', found '${other}'`];
      }),
    );
  };

  // The document is complete then, and the program has not begun: DOMContentLoaded may come after its first
  // announcement.
  document.addEventListener('readystatechange', () => {
    const region = document.querySelector('[role=status][aria-live=polite]');
    // The server has other pages, too.
    if (document.readyState !== 'interactive' || !region) return;
    const hear = () => watched.heard.push(region.textContent);
    new MutationObserver(hear).observe(region, { childList: true, characterData: true, subtree: true });
  });
}
