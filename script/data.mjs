// Moves what only the rest reads out of the first half's data: strings and tables, by the linker's map.
//
// The map names every constant with its address. A constant stays in the first half where its address,
// or one shortly after it, appears as a number in the first half's code, or in a constant that stays; all
// others are reached through the rest alone, and are put into the memory when the rest arrives. Numbers
// that only look like addresses keep more than need be, never less. Nothing that changes is moved.

/** How far before a constant an address that belongs to it may lie, as where a table counts from 1 [bytes]. */
const SLACK = ({ at, end }) => (end - at >= 64 ? 64 : end - at >= 16 ? 16 : 4);
/** The most of those. */
const SLACK_MAX = 64;
/** Holes shorter than this are not worth a segment of their own [bytes]. */
const HOLE = 24;

/**
 * Answers the halves with their data parted. `numbers` are all the numbers in the first half's code.
 * Without a map, or with one of another program, they are answered as they are.
 */
export function part({ first, rest }, map, numbers) {
  const constants = read(map);
  const data = segments(first);
  const whole = data.find(({ offset, bytes }) => constants.some(({ at }) => at >= offset && at < offset + bytes.length));
  if (!whole || constants.length < 100) return { first, rest, moved: 0 };
  const spans = joined(constants, reached(constants, data, numbers));
  const moved = [];
  const kept = [];
  for (const { offset, bytes } of data) {
    let from = offset;
    const end = offset + bytes.length;
    for (const span of spans) {
      const [a, b] = [Math.max(span.at, offset), Math.min(span.end, end)];
      if (a >= b) continue;
      if (a > from) kept.push({ offset: from, bytes: bytes.subarray(from - offset, a - offset) });
      moved.push({ offset: a, bytes: bytes.subarray(a - offset, b - offset) });
      from = b;
    }
    if (from < end) kept.push({ offset: from, bytes: bytes.subarray(from - offset) });
  }
  const size = moved.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return { first: withData(first, kept), rest: withData(rest, moved), moved: size };
}

// ---- The map ----------------------------------------------------------------------------------------

/** Reads the constants and variables, by address: what the linker took from each section of the input. */
function read(map) {
  const found = [];
  for (const line of map.split("\n")) {
    const [, at, size, name] = /^\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\S+:\((\.[^)]*)\)/.exec(line) ?? [];
    if (!name) continue;
    const start = parseInt(at, 16);
    if (/^\.(rodata|data|bss|tdata|tbss)/.test(name)) {
      found.push({ at: start, end: start + parseInt(size, 16), isConstant: name.startsWith(".rodata") });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** The constants that the first half can come to, and everything that is no constant. */
function reached(constants, data, numbers) {
  const found = new Set();
  const open = [];
  const take = (it) => {
    if (found.has(it)) return;
    found.add(it);
    open.push(it);
  };
  const hit = (number) => {
    // The one that holds the number, and those that begin shortly after it.
    let [low, high] = [0, constants.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (constants[middle].end <= number) low = middle + 1;
      else high = middle;
    }
    for (let n = low; n < constants.length && constants[n].at <= number + SLACK_MAX; n++) {
      if (constants[n].at <= number + SLACK(constants[n])) take(constants[n]);
    }
  };
  constants.filter((it) => !it.isConstant).forEach(take);
  numbers.forEach(hit);
  while (open.length) {
    const { at, end } = open.pop();
    for (const { offset, bytes } of data) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const last = Math.min(end, offset + bytes.length) - 4;
      for (let place = Math.max(at, offset); place <= last; place++) {
        if (place % 4 === 0) hit(view.getUint32(place - offset, true));
      }
    }
  }
  return found;
}

/** Joins constants that follow each other without one between them that stays. */
function joined(constants, stays) {
  const spans = [];
  let before = null;
  for (const it of constants) {
    const isAway = !stays.has(it);
    if (isAway && before && !stays.has(before)) spans.at(-1).end = it.end;
    else if (isAway) spans.push({ at: it.at, end: it.end });
    before = it;
  }
  return spans.filter(({ at, end }) => end - at >= HOLE);
}

// ---- The file ---------------------------------------------------------------------------------------

const DATA = 11;
const DATA_COUNT = 12;

function number(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) return [value >>> 0, at];
  }
}

function written(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** A signed number, as constants in code are. */
function signed(value) {
  const bytes = [];
  for (;;) {
    const byte = value & 127;
    value >>= 7;
    if ((value === 0 && !(byte & 64)) || (value === -1 && byte & 64)) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}

function sections(file) {
  const found = [];
  for (let at = 8; at < file.length; ) {
    const id = file[at];
    const [size, start] = number(file, at + 1);
    found.push({ id, bytes: file.subarray(start, start + size) });
    at = start + size;
  }
  return found;
}

/** The data that is put to fixed addresses. */
function segments(file) {
  const section = sections(file).find(({ id }) => id === DATA);
  if (!section) return [];
  const { bytes } = section;
  let [count, at] = number(bytes, 0);
  const found = [];
  while (count-- > 0) {
    // Kind 0, then a constant and the end of its expression.
    if (bytes[at] !== 0 || bytes[at + 1] !== 0x41) throw new Error("data of a kind that is not expected");
    let offset, size;
    [offset, at] = number(bytes, at + 2);
    [size, at] = number(bytes, at + 1);
    found.push({ offset, bytes: bytes.subarray(at, at + size) });
    at += size;
  }
  return found;
}

function withData(file, data) {
  const parts = [file.subarray(0, 8)];
  const put = (id, bytes) => parts.push(Uint8Array.of(id, ...written(bytes.length)), bytes);
  const body = Buffer.concat([
    Uint8Array.from(written(data.length)),
    ...data.flatMap(({ offset, bytes }) => [Uint8Array.of(0, 0x41, ...signed(offset), 0x0b, ...written(bytes.length)), bytes]),
  ]);
  const own = sections(file).filter(({ id }) => id !== DATA && id !== DATA_COUNT);
  let isPut = false;
  for (const { id, bytes } of own) {
    put(id, bytes);
    // Data follows code.
    if (id === 10) {
      put(DATA, body);
      isPut = true;
    }
  }
  if (!isPut) throw new Error("a module without code");
  return Buffer.concat(parts);
}
