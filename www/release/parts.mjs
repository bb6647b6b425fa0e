// Splits the program in two, because two fifths of its code are not needed until the first drop has been made. The
// early part starts the game. The late part is requested when the game is there; www/boot.js does that, and loads it at
// once if it is needed before.
//
// late.txt names the functions of the late part; `make parts` writes it. Functions that it does not name are in the
// early part, so that it need not be written again after every change.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainName, typeless } from './names.mjs';
import { exportsOf, importsOf, readModule, reconnected, renamed } from './wasm.mjs';

/** The program of Binaryen that splits modules. */
const WASM_SPLIT = process.env.WASM_SPLIT || 'wasm-split';

/** What the program uses of WebAssembly, as in .cargo/config.toml. */
const FEATURES = ['bulk-memory', 'sign-ext', 'mutable-globals', 'nontrapping-float-to-int', 'multivalue'];

export const LATE_LIST = new URL('./late.txt', import.meta.url);

/** Where a build leaves the whole program with the names of its functions, and their places in its table, for tests. */
const REPORTS = new URL('../../target/parts/', import.meta.url);
export const PROGRAM = new URL('program.wasm', REPORTS);
export const PLACES = new URL('places.txt', REPORTS);

/** The module of the script of wasm-bindgen, in its imports, and its short name. */
const BINDINGS = './blockers_bg.js';
const BINDINGS_SHORT = 'b';
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Changes the script of wasm-bindgen: the early part imports the functions of the late part from www/boot.js. */
const CONNECTIONS = [
  [/(return \{\s*__proto__: null,)/g, '$1 late: boot.late.functions,'],
  [/wasm = instance\.exports;/g, 'wasm = instance.exports; boot.late.connect(wasm);'],
];

/** Runs a program of Binaryen. */
function binaryen(program, ...options) {
  const features = FEATURES.map((name) => `--enable-${name}`);
  try {
    execFileSync(program, [...features, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`There is no ${program}: \`make build\` installs it.`);
    throw new Error(`${program} failed:\n${error.stderr}`);
  }
}

/** Calls `use` with a temporary folder. */
function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'blockers-parts-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns a function that says whether a function of this name is in the late part. */
export function lateList() {
  const names = new Set(readFileSync(LATE_LIST, 'utf8').split('\n').filter((line) => line && !line.startsWith('#')));
  return (name) => names.has(plainName(name)) || names.has(typeless(name));
}

function split(program) {
  const { functions } = readModule(program);
  const isLate = lateList();
  // wasm-split has its own way to write names with special characters.
  const numbered = functions.map((_, place) => `f${place}`);
  const late = numbered.filter((_, place) => isLate(functions[place].name));
  return withFolder((folder) => {
    const [whole, list, early, rest] = ['whole', 'list', 'early', 'late'].map((name) => join(folder, name));
    writeFileSync(whole, renamed(program, numbered));
    writeFileSync(list, late.join('\n'));
    const names = ['--export-prefix=%', '--placeholder-namespace=late', '--import-namespace=early'];
    binaryen(WASM_SPLIT, '--split', '--split-funcs', `@${list}`, ...names, '--placeholdermap', whole, '-o1', early, '-o2', rest);
    const places = readFileSync(`${early}.placeholders`, 'utf8');
    mkdirSync(REPORTS, { recursive: true });
    writeFileSync(PROGRAM, program);
    writeFileSync(PLACES, places.replace(/:f(\d+)$/gm, (_, place) => ` ${plainName(functions[place].name)}`));
    for (const part of [early, rest]) binaryen('wasm-opt', part, '-Oz', '-o', part);
    return { early: readFileSync(early), late: readFileSync(rest) };
  });
}

/** Returns a name with as few letters as possible: a to Z, then aa to ZZ. */
function nameOf(number) {
  const rest = Math.floor(number / LETTERS.length);
  return (rest > 0 ? nameOf(rest - 1) : '') + LETTERS[number % LETTERS.length];
}

/**
 * Gives short names to what the two parts and the script of wasm-bindgen import and export: its own names are long, and
 * have hashes in them, which cannot be compressed.
 */
function shortened({ script, early, late }) {
  const long = importsOf(early).filter(({ module }) => module === BINDINGS).map(({ name }) => name);
  long.push(...exportsOf(early).filter((name) => name.startsWith('wasm_bindgen_')));
  const short = new Map(long.map((name, place) => [name, `$${nameOf(place)}`]));
  const shortName = (name) => short.get(name) ?? name;
  const importAs = (module, name) => [module === BINDINGS ? BINDINGS_SHORT : module, shortName(name)];
  return {
    script: script.replaceAll(BINDINGS, BINDINGS_SHORT).replace(/\b\w+\b/g, shortName),
    early: reconnected(early, importAs, shortName),
    late: reconnected(late, importAs, shortName),
  };
}

function connected(script) {
  return CONNECTIONS.reduce((changed, [pattern, replacement]) => {
    const count = changed.match(pattern)?.length ?? 0;
    if (count !== 1) throw new Error(`The script of wasm-bindgen has ${pattern} ${count} times, and not once.`);
    return changed.replace(pattern, replacement);
  }, script);
}

const found = (folder, pattern) => {
  const names = readdirSync(folder).filter((name) => pattern.test(name));
  if (names.length !== 1) throw new Error(`The build has ${names.length} files like ${pattern}, and not one.`);
  return names[0];
};

/**
 * Splits the program of a finished build.
 *
 * @param {string} folder The build. Its files get new names, because the names contain a hash of the content.
 * @param {string} html The page.
 * @returns {{ html: string, late: string }} The page with the new names, and the name of the late part.
 */
export function splitProgram(folder, html) {
  const wasm = found(folder, /_bg\.wasm$/);
  const stem = wasm.replace('_bg.wasm', '');
  const program = readFileSync(join(folder, wasm));
  const bindings = connected(readFileSync(join(folder, `${stem}.js`), 'utf8'));
  const { script, early, late } = shortened({ script: bindings, ...split(program) });

  const hash = createHash('sha256');
  [script, early, late].forEach((part) => hash.update(part));
  const named = `blockers-${hash.digest('hex').slice(0, 16)}`;
  rmSync(join(folder, wasm));
  rmSync(join(folder, `${stem}.js`));
  writeFileSync(join(folder, `${named}_bg.wasm`), early);
  writeFileSync(join(folder, `${named}_late.wasm`), late);
  writeFileSync(join(folder, `${named}.js`), script.replaceAll(stem, named));
  return { html: html.replaceAll(stem, named), late: `${named}_late.wasm` };
}

/** Makes the program of a finished build count which functions are called, for `make parts`. */
export function instrument(folder) {
  const program = join(folder, found(folder, /_bg\.wasm$/));
  withFolder((temporary) => {
    const counting = join(temporary, 'counting');
    binaryen(WASM_SPLIT, '--instrument', '-g', program, '-o', counting);
    writeFileSync(program, readFileSync(counting));
  });
}
