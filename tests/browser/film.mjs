// A clock that can be held: while it is, nothing moves by itself, and every picture is of a moment that is known.

/** Runs in every page before the program. The page's clock goes as it always does until it is held. */
export function film() {
  const now = Performance.prototype.now;
  const requestFrame = window.requestAnimationFrame.bind(window);
  const film = { held: null, waiting: [] };
  Object.defineProperty(window, 'film', { value: film });
  Performance.prototype.now = function () {
    return film.held ?? now.call(this);
  };
  window.requestAnimationFrame = (callback) => {
    if (film.held === null) return requestFrame(callback);
    return film.waiting.push(callback);
  };
  film.hold = () => {
    film.held = performance.now();
  };
  /** So many milliseconds later: what waits for a frame gets one, and the style sheet's animations are as far. */
  film.step = (milliseconds) => {
    film.held += milliseconds;
    for (const callback of film.waiting.splice(0)) callback(film.held);
    for (const animation of document.getAnimations()) {
      animation.pause();
      animation.currentTime = (animation.film ?? -milliseconds) + milliseconds;
      animation.film = animation.currentTime;
    }
  };
}
