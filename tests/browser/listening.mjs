// Collects all that a screen reader would announce by itself, because a live region of the page has changed.

/**
 * Runs in the page before the program. Fills `window.announced`, in order, with the text that each region announces.
 */
export function listen() {
  const announced = [];
  Object.defineProperty(window, 'announced', { value: announced });
  const regionOf = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const region = element?.closest('[aria-live], [role=status], [role=alert], [role=log], output');
    return region?.ariaLive !== 'off' && region?.checkVisibility() ? region : null;
  };
  const politeness = ({ ariaLive, role }) => ariaLive ?? (role === 'alert' ? 'assertive' : 'polite');
  const hear = (records) => {
    const rewritten = new Set(records.filter(({ type }) => type !== 'attributes').map(({ target }) => target));
    for (const { type, target, addedNodes } of records) {
      const region = regionOf(target);
      // What is removed or hidden is not announced, and what is shown with a new text is announced once.
      const isShown = type === 'attributes' && target.checkVisibility() && !rewritten.has(target);
      const isNew = isShown || type === 'characterData' || addedNodes.length > 0;
      if (!region || !isNew) continue;
      const text = type === 'childList' ? [...addedNodes].map((node) => node.textContent).join('') : target.textContent;
      announced.push({ politeness: politeness(region), text: region.ariaAtomic === 'true' ? region.textContent : text });
    }
  };
  const what = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['hidden'] };
  // The document is complete then, and the program has not begun: DOMContentLoaded may come after its first
  // announcement.
  document.addEventListener('readystatechange', () => {
    if (document.readyState === 'interactive') new MutationObserver(hear).observe(document.body, what);
  });
}

/** Returns all that was announced so far, as `{ politeness, text }`. */
export const announced = (page) => page.evaluate(() => window.announced);
