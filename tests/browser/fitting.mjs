// Finds what does not fit: what is outside of the window, cut off, spilled over its box, covered, or over something
// else.

/** A pixel may be lost by rounding. */
const TOLERANCE = 1.5;

/** Puts this number in the place of the numbers that grow with the player's success. */
export const succeed = (page, number) =>
  page.evaluate((number) => {
    for (const one of document.querySelectorAll('#numbers output, dd')) one.textContent = number;
    const line = document.getElementById('replay-text');
    line.textContent = line.textContent.replaceAll(/[\p{Nd}.,٬٫]*\p{Nd}/gu, number);
  }, number);

/**
 * Runs in the page. Returns a sentence about everything that does not fit in the page as it is.
 *
 * @returns {string[]}
 */
function look(tolerance) {
  const found = new Set();
  const modals = document.querySelectorAll('dialog[open], [aria-modal=true]:not([hidden])');
  const root = [...modals].at(-1) ?? document.body;

  const boxOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const shrunk = ({ left, top, right, bottom }, across, down) => ({
    left: left + across,
    top: top + down,
    right: right - across,
    bottom: bottom - down,
  });
  const meet = (one, other) => ({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
  const isSome = ({ left, top, right, bottom }) => right - left > tolerance && bottom - top > tolerance;
  const isInside = (one, other) =>
    one.left >= other.left - tolerance &&
    one.right <= other.right + tolerance &&
    one.top >= other.top - tolerance &&
    one.bottom <= other.bottom + tolerance;

  /** Returns `true` for what is only there for screen readers, and for what has no room at all, as the name. */
  const isHidden = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const { clipPath, overflowX } = getComputedStyle(one);
      if (clipPath !== 'none' || (overflowX === 'hidden' && one.clientWidth === 0)) return true;
    }
    return !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const nameOf = (element) => {
    const owner = element.closest('[id]');
    const text = element.textContent.trim().replaceAll(/\s+/g, ' ').slice(0, 40);
    return `${owner === element ? `#${element.id}` : `<${element.localName}> in #${owner?.id}`}${text ? ` "${text}"` : ''}`;
  };

  // Everything that must be seen: lines of text, and what can be pressed.
  const things = [];
  const add = (element, box, isText) => things.push({ element, box, isText, seen: box });
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('title, option, noscript, script') || isHidden(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // The lines of a font are higher than its letters.
    for (const { left, top, right, bottom, height } of range.getClientRects()) {
      add(element, shrunk({ left, top, right, bottom }, 0, height * 0.2), true);
    }
  }
  for (const element of root.querySelectorAll('button, input, select, a, [role=option], [role=grid], figure svg, canvas[role=img]')) {
    if (!isHidden(element)) add(element, boxOf(element), false);
  }
  const boxes = 'button, kbd, select, figure, dialog, #over, #failure, #elsewhere, #notice, #replay, #inspector';
  for (const element of [root, ...root.querySelectorAll(boxes)]) {
    if (element !== document.body && !element.matches('button, select, figure') && !isHidden(element)) add(element, boxOf(element), false);
  }

  const all = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (const thing of things) {
    const { element, isText } = thing;
    const say = (what) => found.add(`${nameOf(element)} ${what}`);
    const holder = isText && element.closest(boxes);
    if (holder && !element.closest('svg')) {
      const { left, right } = boxOf(holder);
      if (thing.box.left < left - tolerance || thing.box.right > right + tolerance) say(`is wider than ${nameOf(holder)}`);
    }
    // What scrolls may hold more than it shows, but all of it must be in reach.
    for (let one = isText ? element : element.parentElement; one && one !== document.body; one = one.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(one);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const outer = boxOf(one);
      const scrolls = ['auto', 'scroll'].includes(overflowY);
      const range = scrolls
        ? { ...outer, top: outer.top - one.scrollTop, bottom: outer.top - one.scrollTop + one.scrollHeight + 2 }
        : outer;
      if (isSome(thing.seen) && !isInside(thing.seen, range)) say(`is cut off by ${nameOf(one)}`);
      thing.seen = meet(thing.seen, outer);
      if (position === 'fixed') break;
    }
    if (isSome(thing.seen) && !isInside(thing.seen, all)) say('is outside of the window');
  }
  for (const element of [root, ...root.querySelectorAll('*')]) {
    const { overflowX } = getComputedStyle(element);
    if (overflowX !== 'visible' && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && !isHidden(element)) {
      found.add(`${nameOf(element)} is ${element.scrollWidth} wide in ${element.clientWidth}`);
    }
  }
  const { scrollWidth, scrollHeight } = document.scrollingElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.add(`the page scrolls: ${scrollWidth} x ${scrollHeight}`);

  // Panels lie over the board, a confirmation over the buttons, and a button that stays over the text that scrolls.
  const layerOf = (element) => element.closest('dialog, #over, #notice, #replay, #inspector, #failure, #elsewhere')?.id ?? 'table';
  const isBrief = document.getElementById('notice').hasAttribute('data-brief');
  const isSticky = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (getComputedStyle(one).position === 'sticky') return true;
    }
    return false;
  };
  const mayCover = (one, other) => {
    const layers = [one, other].map(({ element }) => layerOf(element));
    if (layers[0] === layers[1]) return isSticky(one.element) !== isSticky(other.element);
    if (layers.includes('over')) return layers.includes('table');
    if (isBrief && layers.includes('notice')) {
      return [one, other].some(({ element }) => element.closest('#buttons, #replay'));
    }
    return false;
  };
  const visible = things.filter(({ seen }) => isSome(seen));
  for (const [n, one] of visible.entries()) {
    for (const other of visible.slice(n + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (isSome(meet(one.seen, other.seen)) && !mayCover(one, other)) {
        found.add(`${nameOf(one.element)} and ${nameOf(other.element)} overlap`);
      }
    }
  }

  for (const { element, seen } of visible.filter(({ element }) => element.matches('button, input, select, a, [role=option]'))) {
    const hit = document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2);
    const isHit = hit && (element.contains(hit) || hit.contains(element));
    if (!isHit && !mayCover({ element: hit ?? document.body }, { element })) found.add(`${nameOf(element)} is covered by ${hit && nameOf(hit)}`);
  }
  return [...found];
}

/** Returns a sentence about everything that does not fit in the page as it is. */
export const misfits = (page) => page.evaluate(look, TOLERANCE);
