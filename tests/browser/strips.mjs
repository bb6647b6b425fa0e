// Takes pictures of every animation of the page, and pastes them into strips, to be checked by eye. `node
// tests/browser/strips.mjs [WORDS]` makes the strips with WORDS in their names, in test-results/strips/; `make strips`
// builds the page first. Each strip is made in the light and in the dark theme, and where it matters with reduced
// motion, high contrast, marks, and in landscape. The page's clock is held and moved on, so each picture is of exactly
// the moment in its caption.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { best, careful, completes } from './careful.mjs';
import { launch } from './chromium.mjs';
import { storeRecords } from './database.mjs';
import { film, step } from './film.mjs';
import { position } from './positions.mjs';
import { firstFit, slot } from './rules.mjs';
import { serve } from './server.mjs';
import { Table } from './table.mjs';
import { watch } from './watch.mjs';

const FOLDER = fileURLToPath(new URL('../../test-results/strips/', import.meta.url));
/** No animation takes longer, in milliseconds. */
const REST = 1500;

/** Does something, and lets the page handle it at the same moment. */
async function now(table, act) {
  await act();
  await step(table, 0);
}

/** Makes a function that takes pictures this many milliseconds after the beginning. */
const times = (...moments) => async (table, picture) => {
  let before = 0;
  for (const moment of moments) {
    await step(table, moment - before);
    await picture(`${moment} ms`);
    before = moment;
  }
};

const drop = async (table, { slot: number, at }) => {
  await now(table, () => table.press(slot(number)));
  await step(table, 120);
  await now(table, () => table.moveTo(at));
};

const middle = await position(42, careful, ({ drops }) => drops === 33);
const clearing = best(middle.game, completes(middle.game));
const lastOfHand = await position(42, careful, ({ staged }) => staged.filter(Boolean).length === 1);
const ended = await position(7, firstFit, ({ over }) => over);
const last = ended.drops.at(-1);
const almostOver = await position(7, firstFit, ({ drops }) => drops === ended.drops.length - 1);

const UPRIGHT = [390, 700];
/** The options of the page for each variant of a strip, by its name. */
const LOOKS = {
  light: {},
  dark: { colorScheme: 'dark' },
  reduced: { reducedMotion: 'reduce' },
  contrast: { settings: 'theme=contrast marks=on' },
  marks: { settings: 'marks=on' },
  landscape: { size: [844, 390] },
};
const ALWAYS = ['light', 'dark'];
const MOVING = [...ALWAYS, 'reduced'];
const SEEN = [...ALWAYS, 'contrast', 'marks', 'landscape'];

/** Each begins with a page at rest, does something, and shows the animation that follows. */
const PHASES = [
  {
    name: 'pick-up',
    looks: MOVING,
    game: middle,
    begin: (table) => now(table, () => table.press(slot(clearing.slot))),
    show: times(0, 13, 26, 39, 52, 65, 78, 91),
  },
  {
    name: 'pick-up-by-finger',
    looks: ALWAYS,
    game: middle,
    touch: true,
    begin: (table) => now(table, () => table.press(slot(clearing.slot))),
    show: times(0, 13, 26, 39, 52, 65, 78, 91),
  },
  {
    name: 'phantom',
    looks: SEEN,
    game: middle,
    begin: async (table) => {
      await now(table, () => table.press(slot(clearing.slot)));
      await step(table, 120);
    },
    show: async (table, picture) => {
      const { row, column } = clearing.at;
      for (const away of [2.2, 1.6, 1.1, 0.8, 0.7, 0.5, 0.25, 0]) {
        await now(table, () => table.moveTo({ row: row + away, column: column - away * 0.3 }));
        await picture(`${away} cells away`);
      }
    },
  },
  {
    name: 'by-keys',
    looks: SEEN,
    game: middle,
    begin: async (table) => {
      await now(table, () => table.page.keyboard.press(String(clearing.slot + 1)));
      await step(table, 120);
    },
    show: async (table, picture) => {
      for (const key of ['', 'ArrowUp', 'ArrowUp', 'ArrowLeft', 'ArrowDown']) {
        if (key) await now(table, () => table.page.keyboard.press(key));
        await picture(key || 'picked up');
      }
    },
  },
  {
    name: 'settle',
    looks: MOVING,
    game: lastOfHand,
    begin: async (table) => {
      await drop(table, careful(lastOfHand.game));
      await now(table, () => table.release());
    },
    show: times(0, 13, 26, 39, 52, 65, 78, 91),
  },
  {
    name: 'spring-back',
    looks: MOVING,
    game: middle,
    begin: async (table) => {
      await drop(table, { slot: clearing.slot, at: { x: 40, y: 300 } });
      await now(table, () => table.release());
    },
    show: times(0, 26, 52, 78, 104, 130, 156, 182),
  },
  {
    name: 'clear',
    looks: [...MOVING, 'contrast', 'landscape'],
    game: middle,
    begin: async (table) => {
      await drop(table, clearing);
      await now(table, () => table.release());
    },
    show: times(0, 60, 120, 180, 240, 320, 400, 480, 720, 980),
  },
  {
    name: 'new-hand',
    looks: MOVING,
    game: lastOfHand,
    begin: async (table) => {
      await drop(table, careful(lastOfHand.game));
      await now(table, () => table.release());
    },
    show: times(0, 50, 100, 150, 200, 250, 300, 360),
  },
  {
    name: 'game-over',
    looks: [...MOVING, 'contrast', 'landscape'],
    game: almostOver,
    begin: async (table) => {
      await drop(table, last);
      await now(table, () => table.release());
    },
    show: times(0, 100, 200, 350, 500, 600, 700, 800),
  },
];

/** Takes the pictures of one phase, and returns them with their captions. */
async function shoot(browser, url, { game, touch, begin, show }, { colorScheme, size = UPRIGHT, reducedMotion, settings }) {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    deviceScaleFactor: 2,
    hasTouch: touch,
    isMobile: touch,
    colorScheme,
    reducedMotion,
  });
  try {
    await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
    await storeRecords(context, url, { ...game.stored, ...(settings && { 'blockers.settings': settings }) });
    await context.addInitScript(watch);
    await context.addInitScript(film);
    const page = await context.newPage();
    await page.goto(url);
    const table = await (await Table.sit(page, { touch })).ready();
    await page.evaluate(() => window.film.hold());
    await step(table, REST);
    await step(table, REST);
    await begin(table);
    const pictures = [];
    await show(table, async (caption) => {
      pictures.push({ caption, png: (await page.screenshot()).toString('base64') });
    });
    return pictures;
  } finally {
    await context.close();
  }
}

/** Puts the pictures side by side. */
async function paste(browser, pictures, path, { dark, columns }) {
  const page = await browser.newPage({ viewport: { width: 1960, height: 200 } });
  await page.evaluate(
    ({ pictures, dark, columns }) => {
      document.body.style.cssText = `margin:0;display:grid;grid-template-columns:repeat(${columns},1fr);gap:8px;padding:8px;
        background:${dark ? '#000' : '#fff'};color:${dark ? '#fff' : '#000'};font:14px sans-serif`;
      for (const { caption, png } of pictures) {
        const figure = document.createElement('figure');
        figure.style.margin = '0';
        const image = new Image();
        image.src = `data:image/png;base64,${png}`;
        image.style.width = '100%';
        figure.append(image, caption);
        document.body.append(figure);
      }
    },
    { pictures, dark, columns },
  );
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.screenshot({ path, fullPage: true });
  await page.close();
}

mkdirSync(FOLDER, { recursive: true });
const server = await serve(process.env.BLOCKERS_DIST ?? 'dist');
const browser = await launch();
const strips = PHASES.flatMap((phase) => phase.looks.map((look) => [`${phase.name}-${look}`, phase, LOOKS[look]]));
for (const [name, phase, look] of strips.filter(([name]) => name.includes(process.argv[2] ?? ''))) {
  const pictures = await shoot(browser, server.url, phase, look);
  const path = `${FOLDER}${name}.png`;
  const dark = look.colorScheme === 'dark' || look === LOOKS.contrast;
  await paste(browser, pictures, path, { dark, columns: look === LOOKS.landscape ? 2 : 5 });
  console.log(path);
}
await browser.close();
await server.close();
