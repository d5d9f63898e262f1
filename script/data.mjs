// Moves what only the rest reads out of the first half's data: strings and tables, by the linker's map.
//
// The map names every constant with its address. A constant stays in the first half where its address,
// or one shortly before it, appears as a number in the first half's code, or its address in a constant that
// stays; all others are reached through the rest alone, and are put into the memory when the rest arrives.
// Numbers that only look like addresses keep more than need be, never less. Nothing that changes is moved.
//
// Where a panic happened is read by the panic handler alone, and that is in the rest: places in the source
// go there, although the first half's code hands their addresses on.

/** How far before a constant an address that belongs to it may lie, as where a table counts from 1 [bytes]. */
const SLACK = ({ at, end }) => (end - at >= 64 ? 64 : end - at >= 16 ? 16 : 4);
/** The most of those. */
const SLACK_MAX = 64;
/** Constants from here on are pointed into by whole words only, and texts not at all [bytes]. */
const LARGE = 4096;
/** Less is not worth a segment of the rest [bytes]. */
const MOVED = 12;
/** Holes shorter than this are left where they are, as zeros, and not made into a gap between segments [bytes]. */
const HOLE = 64;
/** The section that the linker merges strings into, each with a zero at its end. */
const STRINGS = ".rodata";

/**
 * Answers the halves with their data parted. `numbers` are all the numbers in the first half's code.
 * Without a map, or with one of another program, they are answered as they are.
 */
export function part({ first, rest }, map, numbers) {
  const data = segments(first);
  const memory = filled(data);
  const constants = read(map, memory);
  const whole = data.find(({ offset, bytes }) => constants.some(({ at }) => at >= offset && at < offset + bytes.length));
  if (!whole || constants.length < 100) return { first, rest, moved: 0 };
  const spans = joined(constants, reached(constants, memory, numbers));
  const moved = [];
  const kept = [];
  for (const { offset, bytes } of data) {
    const left = Buffer.from(bytes);
    let from = offset;
    const end = offset + bytes.length;
    for (const span of spans) {
      const [a, b] = [Math.max(span.at, offset), Math.min(span.end, end)];
      if (a >= b) continue;
      moved.push({ offset: a, bytes: bytes.subarray(a - offset, b - offset) });
      left.fill(0, a - offset, b - offset);
      if (b - a < HOLE) continue;
      if (a > from) kept.push({ offset: from, bytes: left.subarray(from - offset, a - offset) });
      from = b;
    }
    if (from < end) kept.push({ offset: from, bytes: left.subarray(from - offset) });
  }
  const size = moved.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return { first: withData(first, kept), rest: withData(rest, moved), moved: size };
}

/** The memory as the data fill it. */
function filled(data) {
  const memory = Buffer.alloc(Math.max(0, ...data.map(({ offset, bytes }) => offset + bytes.length)));
  for (const { offset, bytes } of data) memory.set(bytes, offset);
  return memory;
}

// ---- The map ----------------------------------------------------------------------------------------

/** Reads the constants and variables, by address: what the linker took from each section of the input. */
function read(map, memory) {
  const found = [];
  for (const line of map.split("\n")) {
    const [, hex, size, name] = /^\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s+\S+:\((\.[^)]*)\)/.exec(line) ?? [];
    if (!name || !/^\.(rodata|data|bss|tdata|tbss)/.test(name)) continue;
    const at = parseInt(hex, 16);
    const end = at + parseInt(size, 16);
    if (name === STRINGS) found.push(...strings(at, end, memory));
    else found.push({ at, end, isConstant: name.startsWith(".rodata"), isText: isText(memory, at, end) });
  }
  return found.sort((a, b) => a.at - b.at);
}

/** The single strings of those that were merged. */
function strings(at, end, memory) {
  const found = [];
  for (let from = at; from < end; ) {
    const zero = memory.indexOf(0, from);
    const to = zero < 0 || zero >= end ? end : zero + 1;
    found.push({ at: from, end: to, isConstant: true, isText: true });
    from = to;
  }
  return found;
}

/** Whether all of it are characters, so that nothing in it is an address. */
function isText(memory, at, end) {
  for (let place = at; place < Math.min(end, memory.length); place++) {
    const byte = memory[place];
    const isCharacter = byte === 9 || byte === 10 || (byte >= 32 && byte !== 127 && byte < 0xf5);
    if (!isCharacter) return false;
  }
  return true;
}

/** Whether it says where in the source something stands: a path's address and length, line and column. */
function isPlace(memory, { at, end, isConstant }) {
  if (!isConstant || end - at !== 16) return false;
  const [path, length] = [memory.readUInt32LE(at), memory.readUInt32LE(at + 4)];
  return length > 3 && length < 256 && memory.toString("latin1", path + length - 3, path + length) === ".rs";
}

/** The constants that the first half can come to, and everything that is no constant. */
function reached(constants, memory, numbers) {
  const found = new Set();
  const open = [];
  const take = (it) => {
    if (found.has(it) || isPlace(memory, it)) return;
    found.add(it);
    open.push(it);
  };
  /** The place of the first constant that ends behind a number. */
  const behind = (number) => {
    let [low, high] = [0, constants.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (constants[middle].end <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const hitByCode = (number) => {
    for (let n = behind(number); n < constants.length && constants[n].at <= number + SLACK_MAX; n++) {
      const it = constants[n];
      const into = number - it.at;
      const isLarge = it.end - it.at >= LARGE;
      if (into >= 0 && isLarge && (it.isText ? into > 0 : into % 4)) continue;
      // Texts are not counted from 1, and words of tables are.
      if (into < 0 && (it.isText || -into > SLACK(it) || (into % 4 && into < -4))) continue;
      take(it);
    }
  };
  const hitByData = (number) => {
    const it = constants[behind(number)];
    if (!it || it.at > number) return;
    // A string may begin within another, which ends as it does.
    if (it.at === number || it.end - it.at < LARGE) take(it);
  };
  constants.filter((it) => !it.isConstant).forEach(take);
  numbers.forEach(hitByCode);
  while (open.length) {
    const { at, end, isText } = open.pop();
    if (isText) continue;
    const last = Math.min(end, memory.length) - 4;
    for (let place = Math.ceil(at / 4) * 4; place <= last; place += 4) hitByData(memory.readUInt32LE(place));
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
  return spans.filter(({ at, end }) => end - at >= MOVED);
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
