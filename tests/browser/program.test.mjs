// What the WebAssembly of the page contains.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST } from './publishing.mjs';

const [TYPES, TABLES] = [1, 4];
const [EXTERNREF, FUNCTION] = [0x6f, 0x60];

/** Reads numbers and bytes of a module, from a place on. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    this.at += 1;
    return this.bytes[this.at - 1];
  }
  /** An unsigned number in the format LEB128. */
  number() {
    const byte = this.byte();
    return byte < 0x80 ? byte : byte - 0x80 + 0x80 * this.number();
  }
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  /** As many as the number before them says. */
  list(read) {
    return Array.from({ length: this.number() }, read);
  }
}

/** Returns the sections of a module by their numbers. */
function sectionsOf(bytes) {
  const reader = new Reader(bytes, 8);
  const sections = {};
  while (reader.at < bytes.length) {
    const id = reader.byte();
    sections[id] = new Reader(reader.take(reader.number()));
  }
  return sections;
}

test('The program has no table and no function of external references, which an older WebKit cannot use.', () => {
  const name = readdirSync(DIST).find((file) => file.endsWith('.wasm'));
  const { [TYPES]: types, [TABLES]: tables } = sectionsOf(readFileSync(join(DIST, name)));
  const kinds = tables.list(() => {
    const kind = tables.byte();
    const hasMost = tables.byte() === 1;
    tables.number();
    if (hasMost) tables.number();
    return kind;
  });
  assert.ok(kinds.length > 0 && !kinds.includes(EXTERNREF), `tables of the types ${kinds}`);
  const values = types.list(() => {
    assert.equal(types.byte(), FUNCTION);
    return [...types.list(() => types.byte()), ...types.list(() => types.byte())];
  });
  assert.ok(values.length > 0 && !values.flat().includes(EXTERNREF), 'the types of functions');
});
