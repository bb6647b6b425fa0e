// Prints who owns the bytes of the release page: files, crates, modules and functions. `make size` builds the page
// first.
//
// A function belongs to the crate and module that its name begins with. A generic function that is compiled for a type
// of the project belongs to the module of that type, because it exists for that type. Its bytes are those after
// wasm-opt, uncompressed. The compiler inlines functions into others, so a module may have more or fewer bytes than it
// has code.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { plainName } from '../www/release/names.mjs';
import { PROGRAM, lateList } from '../www/release/parts.mjs';
import { readModule } from '../www/release/wasm.mjs';

const DIST = process.env.BLOCKERS_DIST ?? 'dist';
const MODULES = 40;
const FUNCTIONS = 25;
const OWN = /\b(blockers(?:_\w+)?)((?:::\w+)*)/;
const ANY = /\b([a-z_][a-z_0-9]+)((?:::\w+)+)/;

const packed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

function print(title, rows) {
  const widths = rows[0].map((_, n) => Math.max(...rows.map((row) => String(row[n]).length)));
  const line = (row) => row.map((cell, n) => (n === 0 ? String(cell).padEnd(widths[n]) : String(cell).padStart(widths[n]))).join('  ');
  console.log([`\n${title}`, ...rows.map(line)].join('\n'));
}

/** Returns the path of the crate or module that owns a function, with at most this many parts. */
function owner(name, parts) {
  const [, crate, path] = name.match(OWN) ?? name.match(ANY) ?? [null, 'other', ''];
  return [crate, ...path.split('::').slice(1)].slice(0, parts).join('::');
}

/** Returns a row for each owner: the bytes of its early and late functions, and their number. */
function shares(functions, parts) {
  const rows = new Map();
  for (const { name, size, isLate } of functions) {
    const key = owner(name, parts);
    const [early, late, count] = rows.get(key) ?? [0, 0, 0];
    rows.set(key, isLate ? [early, late + size, count + 1] : [early + size, late, count + 1]);
  }
  const sum = ([early, late]) => early + late;
  return [...rows].sort(([, one], [, other]) => sum(other) - sum(one)).map(([key, row]) => [key, ...row]);
}

const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const sizes = files.map(({ parentPath, path, name }) => {
  const bytes = readFileSync(join(parentPath ?? path, name));
  return [name, bytes.length, packed(bytes)];
});
print('Files', [['name', 'raw', 'brotli'], ...sizes.sort(([, , one], [, , other]) => other - one)]);

const program = readModule(readFileSync(PROGRAM));
const isLate = lateList();
const functions = program.functions.map(({ name, size }) => ({ name: plainName(name), size, isLate: isLate(name) }));
const HEAD = ['early', 'late', 'functions'];
print('Crates', [['', ...HEAD], ...shares(functions, 1).filter(([, ...row]) => row[0] + row[1] >= 1000), ['data', program.data, 0, 0]]);
print('Modules', [['', ...HEAD], ...shares(functions, 3).slice(0, MODULES)]);
const largest = functions.toSorted((one, other) => other.size - one.size).slice(0, FUNCTIONS);
print('Functions', [['', 'bytes'], ...largest.map(({ name, size }) => [name.slice(0, 140), size])]);
