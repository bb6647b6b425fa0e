// The browser is killed in mid-game, again and again, and the game goes on. It is killed as by the system: all of its
// processes at once, without a word to any of them.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { launchToKill } from './chromium.mjs';
import { bothWritten } from './database.mjs';
import { natively } from './playing.mjs';
import { possibleDrops } from './rules.mjs';
import { test } from './runner.mjs';
import { Table, tableOf, until, watch } from './table.mjs';

const SEED = 7;
const KILLS = 10;
const LOTS = 5;
/**
 * What is going on when the browser is killed, in turn. Others are wanted by name: `stored`, when the last drop is on the disk,
 * `torn`, the same for a log from which it will be taken away again, and the DEEDS.
 */
const MOMENTS = ['drop', 'drop', 'drag', 'drop', 'start'];
/** Nothing is waited for before these: two drops, one after the other; a drop taken back; another game; the game taken elsewhere. */
const DEEDS = ['hasty', 'undo', 'new', 'takeover'];
/** The drop is over so many milliseconds, at most, when the browser is killed; and the page has begun to load so many. */
const AFTER_DROP = 40;
const AFTER_START = 400;

/** Numbers from 0 to 1 without order, the same ones in every run (mulberry32). */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A player whose browser is killed all the time, and who goes on where it was. */
class Survivor {
  profile = mkdtempSync(join(tmpdir(), 'blockers-'));
  #random = dice(SEED);
  #kills = 0;
  /** The drops of the game so far, and the best score of the games before. */
  #drops = [];
  #best = 0;
  /** The drop that was made when the browser was killed, and what the table showed before. */
  #inTheAir = null;
  /** The drops of the games that there may be after a deed. */
  #either = null;
  /** How many drops are missed with that game: what was taken back can be played again. */
  #missed = 0;
  #game;
  #complaints = [];

  constructor() {
    process.once('exit', () => rmSync(this.profile, { recursive: true, force: true }));
  }

  /** Goes on until the browser has been killed so many times. */
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
        await this.#live(browser, moment, desk);
      } catch (error) {
        throw new Error(`Before kill ${this.#kills} (${moment}) something was lost.`, { cause: error });
      } finally {
        await kill();
      }
      assert.deepEqual(this.#complaints, [], 'what the pages said');
    }
  }

  /** Comes to where the game is: natively it is played again from its beginning. */
  async #sitDown(desk) {
    this.#game = await natively(desk, SEED);
    for (const drop of this.#drops) await this.#game.drop(drop);
  }

  /** One life of the browser. What is not awaited here ends when it is killed. */
  async #live(browser, moment, desk) {
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
    if (DEEDS.includes(moment)) {
      await this.#deed(table, moment, desk);
      return;
    }
    for (let drops = Math.floor(3 * this.#random()); drops > 0; drops -= 1) await this.#drop(table, desk);
    // What has been said to be done is on the disk from here on.
    await bothWritten(page);
    await this.#lastDrop(table, moment);
  }

  /** The game is as it was, with or without the drop that was in the air; if without, the player makes it again. */
  async #goesOn(table, desk) {
    assert.equal(await table.notice(), '');
    if (this.#either) await this.#findOut(table, desk);
    if (this.#inTheAir) {
      const { drop, before } = this.#inTheAir;
      this.#inTheAir = null;
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

  /** The drop that the browser does not live through: it is in the hand, or has just been let go. */
  async #lastDrop(table, moment) {
    const drop = this.#choose();
    await table.press({ slot: drop.slot });
    await table.moveTo(drop.at);
    if (moment === 'drag') return;
    if (moment !== 'stored') this.#inTheAir = { drop, before: this.#expected() };
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

  /** Something that the browser does not live through. */
  async #deed(table, deed, desk) {
    do await this.#drop(table, desk);
    while (this.#drops.length < 3);
    const { page } = table;
    const without = (last) => this.#drops.slice(0, this.#drops.length - last);
    switch (deed) {
      case 'hasty': {
        const drop = this.#choose();
        await table.press({ slot: drop.slot });
        await table.moveTo(drop.at);
        await this.#enter(drop);
        this.#either = [without(0), without(1), without(2)];
        table.release().catch(() => {});
        break;
      }
      case 'undo':
        this.#best = Math.max(this.#best, this.#game.best);
        this.#either = [without(1), without(0)];
        this.#missed = this.#drops.length;
        page.keyboard.press('Control+z').catch(() => {});
        break;
      case 'new':
        this.#either = [[], without(0)];
        await table.newGameButton.click();
        table.question.getByRole('button', { name: 'End game' }).click().catch(() => {});
        break;
      default: {
        this.#either = [without(0), without(1)];
        const other = await page.context().newPage();
        await other.goto(`${desk.url}?seed=${SEED}`);
        other.getByRole('button', { name: 'Play here' }).click().catch(() => {});
        await sleep(AFTER_START * this.#random());
      }
    }
    await sleep(AFTER_DROP * this.#random());
  }

  /** Sees which of the games it is, and begins another one: in this one a drop may have been taken back, and it has another best. */
  async #findOut(table, desk) {
    const seen = await table.see();
    const games = this.#either;
    this.#either = null;
    let found = false;
    for (const drops of games) {
      this.#drops = drops;
      this.#game.stop();
      await this.#sitDown(desk);
      found = isDeepStrictEqual(seen, { ...seen, ...this.#withoutBest() });
      if (found) break;
    }
    assert.ok(found, `none of the games that may be there is: ${JSON.stringify(seen)}`);
    // What was won in a drop that is lost is lost with it.
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

  /** If the game is over, that is seen, and there is another one. */
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

  /** Any drop that is possible. */
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

/** It goes on with the same game from test to test. */
let survivor;

for (let lot = 0; lot < LOTS; lot += 1) {
  test(`The game goes on after each of kills ${lot * KILLS + 1} to ${(lot + 1) * KILLS} of the browser.`, async (desk) => {
    const player = survivor ?? new Survivor();
    // A failure leaves nothing to go on with.
    survivor = undefined;
    await player.survive(desk, KILLS);
    survivor = player;
  });
}

test('The game goes on after kills in the midst of drops, a step back, another game and a takeover.', async (desk) => {
  await new Survivor().live(desk, [...DEEDS, ...DEEDS, ...DEEDS, 'stored']);
});

/** So many bytes of the last entry of a torn log are not there. */
const TORN = 20;

/** Each of Chromium's databases in this profile. */
function databases(profile) {
  const paths = readdirSync(profile, { recursive: true });
  return paths.filter((path) => path.endsWith('indexeddb.leveldb')).map((path) => join(profile, path));
}

/** Leaves a database as when Chromium is killed in the midst of writing an entry to its log. */
function tear(database) {
  const logs = readdirSync(database).filter((name) => name.endsWith('.log'));
  assert.ok(logs.length > 0, `${database} has a log`);
  const log = join(database, logs.sort().at(-1));
  truncateSync(log, statSync(log).size - TORN);
}

test('A browser that finds a log of its torn, and throws that database away, has the game all the same.', async (desk) => {
  const player = new Survivor();
  await player.live(desk, ['stored', 'stored']);
  const found = databases(player.profile);
  assert.equal(found.length, 2, `the database and the spare one, not ${found}`);
  for (const database of found) {
    await player.live(desk, ['torn']);
    tear(database);
    // It reads what was before, writes behind the torn entry, and cannot read it when it begins the next time.
    await player.live(desk, ['stored', 'stored']);
  }
});
