// Holds the page's clock. Nothing moves then until the test moves the clock on, so a test can look at one moment of an
// animation.

/** Runs in every page before the program. The page's clock runs as usual until it is held. */
export function film() {
  const now = Performance.prototype.now;
  const requestFrame = window.requestAnimationFrame.bind(window);
  const film = { held: null, ahead: 0, waiting: [] };
  Object.defineProperty(window, 'film', { value: film });
  Performance.prototype.now = function () {
    return film.held ?? now.call(this) + film.ahead;
  };
  const draw = (time) => {
    for (const callback of film.waiting.splice(0)) callback(time);
  };
  // A frame that was requested before the clock is held must not be drawn by the browser after that.
  window.requestAnimationFrame = (callback) => {
    if (film.held === null) requestFrame((time) => film.held === null && draw(time));
    return film.waiting.push(callback);
  };
  film.hold = () => {
    film.held = performance.now();
  };
  /** Lets the clock run on from where it was held. */
  film.release = () => {
    film.ahead = film.held - now.call(performance);
    film.held = null;
    requestFrame(draw);
  };
  /**
   * Moves the clock on by this many milliseconds, calls what waits for a frame, and moves on the animations of the
   * style sheet.
   */
  film.step = (milliseconds) => {
    film.held += milliseconds;
    draw(film.held);
    for (const animation of document.getAnimations()) {
      animation.pause();
      animation.currentTime = (animation.film ?? -milliseconds) + milliseconds;
      animation.film = animation.currentTime;
    }
  };
}

/** Moves the clock of the table's page on by this many milliseconds, and draws one frame. */
export const step = (table, milliseconds) => table.page.evaluate((ms) => window.film.step(ms), milliseconds);
