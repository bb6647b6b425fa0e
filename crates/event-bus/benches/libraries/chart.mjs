// Draws the chart of the benchmark: a panel for each number of subscribers, a bar for each contestant, on a logarithmic
// scale.
//
// The chart has its own background for light and dark mode, because an image in a page does not know the background of
// the page: it sees the preference of the system, but not the theme switch of a site. Every bar has its number beside
// it and the description has all numbers as text, so no information depends on colour alone.

import { figure, find } from './report.mjs';

const PAYLOAD = 16;
const PANELS = [1, 10, 100];
const ROWS = [
  { text: 'Blockers, 1 at a time', side: { handler: 'handler', batch: 1, history: 0 }, ours: true },
  { text: 'Blockers listener, 1', side: { handler: 'listener', batch: 1, history: 0 }, ours: true },
  { text: 'Blockers, 8 at a time', side: { handler: 'handler', batch: 8, history: 0 }, ours: true },
  { text: 'Blockers, 64 at a time', side: { handler: 'handler', batch: 64, history: 0 }, ours: true },
  { text: 'EventEmitter3', side: { name: 'EventEmitter3' } },
  { text: 'mitt', side: { name: 'mitt' } },
  { text: 'nanoevents', side: { name: 'nanoevents' } },
  { text: 'RxJS Subject', side: { name: 'RxJS Subject' } },
];

// All lengths are in pixels of the picture at its own size.
const MARGIN = 24;
const LABELS = 190;
const PANEL = { width: 196, gap: 20 };
/** The space for the number beside the longest bar. */
const FIGURE = 40;
const ROW = 24;
const BAR = 14;
/** The gap between the rows of this bus and those of the libraries. */
const BREAK = 10;
const TOP = 104;
const WIDTH = MARGIN + LABELS + PANELS.length * PANEL.width + (PANELS.length - 1) * PANEL.gap + MARGIN;
const BOTTOM = TOP + ROWS.length * ROW + BREAK;
const HEIGHT = BOTTOM + 54;

const STYLE = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1f2328; }
  .ground { fill: #ffffff; stroke: #d1d9e0; }
  .title { font-size: 17px; font-weight: 600; }
  .panel, .own { font-weight: 600; }
  .quiet { font-size: 12px; fill: #59636e; }
  .line { stroke: #d1d9e0; }
  .figure { paint-order: stroke; stroke: #ffffff; stroke-width: 5px; }
  .ours { fill: #d1383d; }
  .theirs { fill: #7d8794; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .ground { fill: #151b23; stroke: #3d444d; }
    .quiet { fill: #9198a1; }
    .line { stroke: #3d444d; }
    .figure { stroke: #151b23; }
    .ours { fill: #f26a6e; }
    .theirs { fill: #79828e; }
  }`;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const round = (number) => Number(number.toFixed(1));
const subscribersOf = (number) => (number === 1 ? '1 subscriber' : `${number} subscribers`);

function text(x, y, words, { kind, anchor } = {}) {
  const attributes = [kind && ` class="${kind}"`, anchor && ` text-anchor="${anchor}"`].filter(Boolean).join('');
  return `<text x="${round(x)}" y="${round(y)}"${attributes}>${escaped(words)}</text>`;
}

/** Returns the scale, the same for all panels: from the power of ten below the least number to the greatest number. */
function scaleOf(figures) {
  const low = Math.ceil(Math.log10(Math.min(...figures))) - 1;
  const high = Math.log10(Math.max(...figures));
  const length = PANEL.width - FIGURE;
  return {
    place: (number) => ((Math.log10(number) - low) / (high - low)) * length,
    ticks: Array.from({ length: Math.floor(high - low) + 1 }, (_, n) => 10 ** (low + n)),
  };
}

const tickName = (tick) => (tick < 1 ? tick.toFixed(Math.round(-Math.log10(tick))) : String(tick));
const rowTop = (n) => TOP + n * ROW + (ROWS[n].ours ? 0 : BREAK);

function panel(left, { subscribers, figures }, { place, ticks }) {
  const grid = ticks.flatMap((tick) => {
    const x = round(left + place(tick));
    return [
      `<path class="line" d="M${x} ${TOP - 6}V${BOTTOM}"/>`,
      text(x, BOTTOM + 16, tickName(tick), { kind: 'quiet', anchor: 'middle' }),
    ];
  });
  const bars = ROWS.flatMap(({ ours }, n) => {
    const length = round(place(figures[n]));
    const top = rowTop(n) + (ROW - BAR) / 2;
    return [
      `<rect class="${ours ? 'ours' : 'theirs'}" x="${left}" y="${top}" width="${length}" height="${BAR}" rx="2"/>`,
      text(left + length + 5, top + BAR - 2.5, figure(figures[n]), { kind: ours ? 'own figure' : 'figure' }),
    ];
  });
  return [text(left, TOP - 16, subscribersOf(subscribers), { kind: 'panel' }), ...grid, ...bars];
}

/**
 * Draws the chart.
 *
 * @param {object[]} sides The contestants, as returned by `summarize` of report.mjs.
 * @returns {string} An SVG file.
 */
export function chart(sides) {
  const panels = PANELS.map((subscribers) => ({
    subscribers,
    figures: ROWS.map(({ side }) => find(sides, { ...side, subscribers, payload: PAYLOAD }).ns),
  }));
  const scale = scaleOf(panels.flatMap(({ figures }) => figures));

  const title = 'Nanoseconds per delivery: the bus of Blockers and four event libraries';
  const described = panels.map(({ subscribers, figures }) => {
    const list = ROWS.map((row, n) => `${row.text}: ${figure(figures[n])}`).join('; ');
    return `With ${subscribersOf(subscribers)}: ${list}.`;
  });
  const names = ROWS.map(({ text: words, ours }, n) =>
    text(MARGIN, rowTop(n) + ROW / 2 + 4.5, words, { kind: ours && 'own' }),
  );
  const left = (n) => MARGIN + LABELS + n * (PANEL.width + PANEL.gap);

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"`,
    '  role="img" aria-labelledby="title desc">',
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">Bars on a logarithmic scale; less is faster. ${escaped(described.join(' '))}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8"/>`,
    text(MARGIN, 34, 'Nanoseconds per delivery', { kind: 'title' }),
    text(MARGIN, 55, 'One event to one subscriber; less is faster.', { kind: 'quiet' }),
    ...names,
    ...panels.flatMap((each, n) => panel(left(n), each, scale)),
    text(
      MARGIN,
      HEIGHT - 14,
      `Logarithmic scale. ${PAYLOAD} bytes per event, no history; ` +
        'Blockers in WebAssembly, the libraries in JavaScript, all in one page.',
      { kind: 'quiet' },
    ),
    '</svg>',
    '',
  ].join('\n');
}
