// What the storage holds, as texts: the formats of src/records/ and crates/rules/src/notation/, once more and independently.

/** The keys of the game that is being played: two records, written in turn. */
export const GAMES = ['blockers.game.0', 'blockers.game.1'];

/** The kinds of game, in the order in which records and links have them. */
const KINDS = ['classic', 'kind', 'daily', 'seed'];

/** The CRC-32 of bytes or of a text; Node's own came after version 20. */
function crc32(content) {
  let rest = 0xffffffff;
  for (const byte of Buffer.from(content)) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}

const digits = (text) => crc32(text).toString(16).padStart(8, '0');

/** The text with its seal, which says whether it was changed. */
export const seal = (text) => `${text} ${digits(text)}`;

/** The same text with a seal that is not its own. */
export const broken = (sealed) => sealed.slice(0, -1) + (sealed.endsWith('0') ? '1' : '0');

/**
 * The record of the best scores, those of clean games and those of games with drops taken back.
 *
 * @param {Record<string, number | string>} clean By the kind of game; 0 for what is not named.
 * @param {Record<string, number | string>} undone
 */
export function bests(clean, undone = {}) {
  const scores = [clean, undone].flatMap((scores) => KINDS.map((kind) => scores[kind] ?? 0));
  return seal(['1', ...scores].join(' '));
}

/** The bytes of an unsigned LEB128. */
function leb128(number) {
  const bytes = [];
  let rest = BigInt(number);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) + 0x80);
  return [...bytes, Number(rest)];
}

/** A recorded game as a link, without what stands before it in an address. */
export function toLink({ version = 1, kind, undos = 0, seed, drops }) {
  const bits = drops.map(({ slot, at }) => (100 * slot + 10 * at.row + at.column).toString(2).padStart(9, '0')).join('');
  const bytes = bits.match(/.{1,8}/g)?.map((byte) => parseInt(byte.padEnd(8, '0'), 2)) ?? [];
  const content = [version, KINDS.indexOf(kind), ...leb128(undos), ...leb128(seed), ...leb128(drops.length), ...bytes];
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(Buffer.from(content)));
  return Buffer.concat([Buffer.from(content), checksum]).toString('base64url');
}

/** The recorded game of a link that is known to be a good one. The seed is as text: it may be too large for a number. */
export function fromLink(link) {
  const bytes = [...Buffer.from(link, 'base64url')];
  const [, kind] = bytes.splice(0, 2);
  const number = () => {
    const end = bytes.findIndex((byte) => byte < 0x80);
    return bytes.splice(0, end + 1).reduceRight((sum, byte) => (sum << 7n) | BigInt(byte & 0x7f), 0n);
  };
  const [undos, seed, count] = [Number(number()), String(number()), Number(number())];
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const drops = Array.from({ length: count }, (_, n) => parseInt(bits.slice(9 * n, 9 * n + 9), 2)).map((drop) => ({
    slot: Math.floor(drop / 100),
    at: { row: Math.floor(drop / 10) % 10, column: drop % 10 },
  }));
  return { kind: KINDS[kind], undos, seed, drops };
}

/** The record of a game that is being played. */
export const saved = (recording) => seal(`1 1 1 ${toLink(recording)}`);

/** The file that Export would give of these records, in which there is nothing to be escaped. */
export function backup(records) {
  const lines = Object.entries(records).map(([key, text]) => `${key}\t${text}`);
  return `${seal(['blockers backup 1', ...lines, 'end'].join('\n'))}\n`;
}

/** The saved games among some records, the newest first, each with its key, generation and recording. */
export function savedGames(records) {
  const games = GAMES.filter((key) => records[key]).map((key) => {
    const [, id, generation, link] = records[key].split(' ');
    return { key, id, generation: Number(generation), recording: fromLink(link) };
  });
  return games.sort((one, other) => other.generation - one.generation);
}
