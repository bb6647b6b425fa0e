// The browser is killed in mid-game, again and again, and the game goes on. All of its processes are killed at once, by
// SIGKILL, as by a system that runs out of memory.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { launchToKill } from './chromium.mjs';
import { bothWritten } from './database.mjs';
import { test } from './fixture.mjs';
import { natively } from './playing.mjs';
import { possibleDrops } from './rules.mjs';
import { Table, tableOf, until } from './table.mjs';
import { watch } from './watch.mjs';

const SEED = 7;
const KILLS = 10;
const LOTS = 5;
/**
 * What is in progress when the browser is killed, in turn. A test can ask for others by name: `stored`, when the last
 * drop is on the disk; `torn`, the same, but the test will remove the drop from the database's log again; and the
 * ACTIONS.
 */
const MOMENTS = ['drop', 'drop', 'drag', 'drop', 'start'];
/** Actions that follow a drop at once: another drop; an undo; a new game; another page that takes the game over. */
const ACTIONS = ['hasty', 'undo', 'new', 'takeover'];
/** The browser is killed at most this many milliseconds after a drop, and after the page began to load. */
const AFTER_DROP = 40;
const AFTER_START = 400;

/** Makes a generator of random numbers from 0 to 1, the same ones in every run (mulberry32). */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A player whose browser is killed again and again, and who goes on with the game in the next one. */
class Survivor {
  profile = mkdtempSync(join(tmpdir(), 'blockers-'));
  #random = dice(SEED);
  #kills = 0;
  /** The drops of the game so far, and the best score of the games before. */
  #drops = [];
  #best = 0;
  /** The drop that was made when the browser was killed and may be lost, and what the table showed before. */
  #inFlight = null;
  /** The drops of each game that may be restored after an action. */
  #candidates = null;
  /** How many drops would be lost with that game, with those that can be redone. */
  #missed = 0;
  #game;
  #complaints = [];

  constructor() {
    process.once('exit', () => rmSync(this.profile, { recursive: true, force: true }));
  }

  /** Goes on until the browser has been killed this many times. */
  async survive(desk, kills) {
    const moments = Array.from({ length: kills }, (_, n) => MOMENTS[(this.#kills + n) % MOMENTS.length]);
    await this.live(desk, moments);
  }

  /** Goes on, and is killed at each of these moments. */
  async live(desk, moments) {
    await this.#sitDown(desk);
    for (const moment of moments) {
      this.#kills += 1;
      const { browser, kill } = await launchToKill(this.profile);
      try {
        await this.#play(browser, moment, desk);
      } catch (error) {
        throw new Error(`Before kill ${this.#kills} (${moment}) something was lost.`, { cause: error });
      } finally {
        await kill();
      }
      assert.deepEqual(this.#complaints, [], 'what the pages logged');
    }
  }

  /** Plays the native game from its beginning to where the game is. */
  async #sitDown(desk) {
    this.#game = await natively(desk, SEED);
    for (const drop of this.#drops) await this.#game.drop(drop);
  }

  /** Plays until the moment at which the browser is to be killed. What is not awaited here ends with the browser. */
  async #play(browser, moment, desk) {
    const [context] = browser.contexts();
    await context.addInitScript(watch);
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('console', (message) => this.#complaints.push(message.text()));
    page.on('pageerror', (error) => this.#complaints.push(String(error)));
    const opened = page.goto(`${desk.url}?seed=${SEED}`);
    if (moment === 'start') {
      opened.catch(() => {});
      await sleep(AFTER_START * this.#random());
      return;
    }
    await opened;
    const table = await Table.sit(page, { touch: false });
    await table.ready();
    await this.#goesOn(table, desk);
    if (ACTIONS.includes(moment)) {
      await this.#act(table, moment, desk);
      return;
    }
    for (let drops = Math.floor(3 * this.#random()); drops > 0; drops -= 1) await this.#drop(table, desk);
    // From here on every drop so far is on the disk.
    await bothWritten(page);
    await this.#lastDrop(table, moment);
  }

  /** Checks that the game is as it was, with or without the drop in flight; if without, makes the drop again. */
  async #goesOn(table, desk) {
    assert.equal(await table.notice(), '');
    if (this.#candidates) await this.#identify(table, desk);
    if (this.#inFlight) {
      const { drop, before } = this.#inFlight;
      this.#inFlight = null;
      if (isDeepStrictEqual(await table.see(), before)) await table.drop(drop);
    }
    await table.shows(this.#expected());
    await this.#again(table, desk);
  }

  async #drop(table, desk) {
    const drop = this.#choose();
    await table.drop(drop);
    await this.#enter(drop);
    await table.shows(this.#expected());
    await this.#again(table, desk);
  }

  /** Makes the drop at which the browser is killed: while the shape is held, or just after it was released. */
  async #lastDrop(table, moment) {
    const drop = this.#choose();
    await table.press({ slot: drop.slot });
    await table.moveTo(drop.at);
    if (moment === 'drag') return;
    if (moment !== 'stored') this.#inFlight = { drop, before: this.#expected() };
    await this.#enter(drop);
    if (moment === 'stored' || moment === 'torn') {
      await table.release();
      await table.shows(this.#expected());
      await bothWritten(table.page);
      return;
    }
    table.release().catch(() => {});
    await sleep(AFTER_DROP * this.#random());
  }

  /** Begins an action at which the browser is killed. */
  async #act(table, action, desk) {
    do await this.#drop(table, desk);
    while (this.#drops.length < 3);
    const { page } = table;
    await bothWritten(page);
    const without = (last) => this.#drops.slice(0, this.#drops.length - last);
    switch (action) {
      case 'hasty': {
        const drop = this.#choose();
        await table.press({ slot: drop.slot });
        await table.moveTo(drop.at);
        await this.#enter(drop);
        this.#candidates = [without(0), without(1), without(2)];
        table.release().catch(() => {});
        break;
      }
      case 'undo':
        this.#best = Math.max(this.#best, this.#game.best);
        this.#candidates = [without(1), without(0)];
        this.#missed = this.#drops.length;
        page.keyboard.press('Control+z').catch(() => {});
        break;
      case 'new':
        this.#candidates = [[], without(0)];
        await table.newGameButton.click();
        table.question.getByRole('button', { name: 'End game' }).click().catch(() => {});
        break;
      default: {
        this.#candidates = [without(0), without(1)];
        const other = await page.context().newPage();
        await other.goto(`${desk.url}?seed=${SEED}`);
        other.getByRole('button', { name: 'Play here' }).click().catch(() => {});
        await sleep(AFTER_START * this.#random());
      }
    }
    await sleep(AFTER_DROP * this.#random());
  }

  /**
   * Finds out which of the games was restored, and starts a new one: this one may have an undo, and another best score
   * then.
   */
  async #identify(table, desk) {
    const seen = await table.see();
    const games = this.#candidates;
    this.#candidates = null;
    let found = false;
    for (const drops of games) {
      this.#drops = drops;
      this.#game.stop();
      await this.#sitDown(desk);
      found = isDeepStrictEqual(seen, { ...seen, ...this.#withoutBest() });
      if (found) break;
    }
    assert.ok(found, `it is none of the games that may be restored: ${JSON.stringify(seen)}`);
    // With a drop its points are lost, too.
    this.#best = Number(seen.best);
    await table.newGameButton.click();
    if (Math.max(this.#drops.length, this.#missed) >= 3) {
      await table.question.getByRole('button', { name: 'End game' }).click();
    }
    this.#drops = [];
    this.#missed = 0;
    this.#game.stop();
    await this.#sitDown(desk);
    await table.shows(this.#expected());
  }

  /** If the game is over, checks that, and starts another one. */
  async #again(table, desk) {
    if (!this.#game.over) return;
    await until(() => table.over.isVisible(), 'the end of the game');
    assert.equal((await table.totals()).Moves, String(this.#drops.length));
    this.#best = Math.max(this.#best, this.#game.best);
    this.#game.stop();
    this.#drops = [];
    await table.over.getByRole('button', { name: 'Play again' }).click();
    await this.#sitDown(desk);
    await table.shows(this.#expected());
  }

  async #enter(drop) {
    this.#drops.push(drop);
    await this.#game.drop(drop);
  }

  /** Chooses any drop that is possible. */
  #choose() {
    const possible = [...possibleDrops(this.#game)];
    const { slot, at } = possible[Math.floor(possible.length * this.#random())];
    return { slot, at };
  }

  #withoutBest() {
    const { best, ...rest } = this.#expected();
    return rest;
  }

  #expected() {
    return tableOf({ ...this.#game, best: Math.max(this.#best, this.#game.best) });
  }
}

/** The tests go on with the same game. */
let survivor;

for (let lot = 0; lot < LOTS; lot += 1) {
  test(`The game goes on after each of kills ${lot * KILLS + 1} to ${(lot + 1) * KILLS} of the browser.`, async (desk) => {
    const player = survivor ?? new Survivor();
    // After a failure the next test starts with a new player.
    survivor = undefined;
    await player.survive(desk, KILLS);
    survivor = player;
  });
}

test('The game goes on after kills in the middle of a hasty drop, an undo, a new game and a takeover.', async (desk) => {
  await new Survivor().live(desk, [...ACTIONS, ...ACTIONS, ...ACTIONS, 'stored']);
});

/** How many bytes of the last entry of a torn log are missing. */
const TORN = 20;

/** Returns Chromium's databases in this profile. */
function databases(profile) {
  const paths = readdirSync(profile, { recursive: true });
  return paths.filter((path) => path.endsWith('indexeddb.leveldb')).map((path) => join(profile, path));
}

/** Leaves a database as if Chromium was killed while it wrote an entry to its log. */
function tear(database) {
  const logs = readdirSync(database).filter((name) => name.endsWith('.log'));
  assert.ok(logs.length > 0, `${database} has a log`);
  const log = join(database, logs.sort().at(-1));
  truncateSync(log, statSync(log).size - TORN);
}

test('The game goes on although the browser finds a database with a torn log, and deletes that database.', async (desk) => {
  const player = new Survivor();
  await player.live(desk, ['stored', 'stored']);
  const found = databases(player.profile);
  assert.equal(found.length, 2, `the database and the spare one, not ${found}`);
  for (const database of found) {
    await player.live(desk, ['torn']);
    tear(database);
    // Chromium reads what is before the torn entry, appends behind it, and cannot read that at the next start.
    await player.live(desk, ['stored', 'stored']);
  }
});
