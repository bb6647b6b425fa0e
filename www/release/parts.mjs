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
import { readModule, renamed } from './wasm.mjs';

/** The program of Binaryen that splits modules. */
const WASM_SPLIT = process.env.WASM_SPLIT || 'wasm-split';

/** What the program uses of WebAssembly, as in .cargo/config.toml. */
const FEATURES = ['bulk-memory', 'sign-ext', 'mutable-globals', 'nontrapping-float-to-int', 'multivalue'];

export const LATE_LIST = new URL('./late.txt', import.meta.url);

/** Where a build leaves the whole program with the names of its functions, and their places in its table, for tests. */
const REPORTS = new URL('../../target/parts/', import.meta.url);
export const PROGRAM = new URL('program.wasm', REPORTS);
export const PLACES = new URL('places.txt', REPORTS);

/** Changes the script of wasm-bindgen: the early part imports the functions of the late part from www/boot.js. */
const CONNECTIONS = [
  [/(return \{\s*__proto__: null,)/g, '$1 late: boot.late.functions,'],
  [/wasm = instance\.exports;/g, 'wasm = instance.exports; boot.late.connect(wasm);'],
];

function wasmSplit(...options) {
  const features = FEATURES.map((name) => `--enable-${name}`);
  try {
    execFileSync(WASM_SPLIT, [...features, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`There is no ${WASM_SPLIT}: \`make build\` installs it.`);
    throw new Error(`wasm-split failed:\n${error.stderr}`);
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
    wasmSplit('--split', '--split-funcs', `@${list}`, ...names, '--placeholdermap', whole, '-o1', early, '-o2', rest);
    const places = readFileSync(`${early}.placeholders`, 'utf8');
    mkdirSync(REPORTS, { recursive: true });
    writeFileSync(PROGRAM, program);
    writeFileSync(PLACES, places.replace(/:f(\d+)$/gm, (_, place) => ` ${plainName(functions[place].name)}`));
    return [early, rest].map((name) => readFileSync(name));
  });
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
  const script = connected(readFileSync(join(folder, `${stem}.js`), 'utf8'));
  const [early, late] = split(program);

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
    wasmSplit('--instrument', '-g', program, '-o', counting);
    writeFileSync(program, readFileSync(counting));
  });
}
