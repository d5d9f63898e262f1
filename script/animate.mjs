// Makes an animated WebP of screenshots: the browser encodes what changes from one to the next, and the
// pieces are put into one file, as the WebP container specification lays them out.

/**
 * Answers the file's bytes. `page` is any page of a Chromium; `shots` are PNG files of one size, scaled to
 * `width` [pixels]; each stands for `milliseconds`, the last one for `lastMilliseconds`.
 */
export async function animate(page, shots, { width, milliseconds, lastMilliseconds }) {
  const texts = shots.map((shot) => shot.toString("base64"));
  const made = await page.evaluate(changes, { texts, width });
  const frames = made.frames.map((frame, n) => ({
    ...frame,
    milliseconds: n === made.frames.length - 1 ? lastMilliseconds : milliseconds,
    bytes: Buffer.from(frame.text, "base64"),
  }));
  return file(made.width, made.height, frames);
}

/** Runs in the page: scales the pictures and encodes the part of each that differs from the one before. */
async function changes({ texts, width }) {
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const frames = [];
  let last = null;
  let height = 0;
  for (const text of texts) {
    const image = await createImageBitmap(new Blob([bytes(text)], { type: "image/png" }));
    height = Math.round((image.height * width) / image.width / 2) * 2;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { alpha: false });
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, width, height);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const box = changed(pixels, last, width, height);
    last = pixels;
    const part = new OffscreenCanvas(box.width, box.height);
    part.getContext("2d", { alpha: false }).drawImage(canvas, -box.x, -box.y);
    const blob = await part.convertToBlob({ type: "image/webp", quality: 0.76 });
    const array = new Uint8Array(await blob.arrayBuffer());
    let encoded = "";
    for (const byte of array) encoded += String.fromCharCode(byte);
    frames.push({ ...box, text: btoa(encoded) });
  }
  return { width, height, frames };

  // The smallest box, with even corners, that holds every pixel that changed.
  function changed(pixels, last, width, height) {
    let [left, top, right, bottom] = [width, height, -1, -1];
    for (let at = 0; at < pixels.length; at++) {
      if (last && pixels[at] === last[at]) continue;
      const x = at % width;
      const y = (at - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    if (right < 0) return { x: 0, y: 0, width: 2, height: 2 };
    const [x, y] = [left - (left % 2), top - (top % 2)];
    return { x, y, width: right - x + 1, height: bottom - y + 1 };
  }
}

// ---- The container ----------------------------------------------------------------------------------

function file(width, height, frames) {
  const header = Buffer.alloc(10);
  header[0] = 0b10; // animated
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  // On white, again and again.
  const animation = Buffer.from([255, 255, 255, 255, 0, 0]);
  const body = [chunk("VP8X", header), chunk("ANIM", animation), ...frames.map((it) => chunk("ANMF", frame(it)))];
  return chunk("RIFF", Buffer.concat([Buffer.from("WEBP"), ...body]));
}

function frame({ x, y, width, height, milliseconds, bytes }) {
  const head = Buffer.alloc(16);
  head.writeUIntLE(x / 2, 0, 3);
  head.writeUIntLE(y / 2, 3, 3);
  head.writeUIntLE(width - 1, 6, 3);
  head.writeUIntLE(height - 1, 9, 3);
  head.writeUIntLE(milliseconds, 12, 3);
  head[15] = 0b10; // laid over what was there, without blending
  return Buffer.concat([head, ...pictures(bytes)]);
}

/** The chunks of a still picture's file that hold the picture itself; its color profile stays behind. */
function pictures(bytes) {
  const found = [];
  // Twelve bytes say what the file is.
  for (let at = 12; at < bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (["VP8 ", "VP8L", "ALPH"].includes(bytes.toString("latin1", at, at + 4))) found.push(bytes.subarray(at, end));
    at = end;
  }
  return found;
}

function chunk(name, bytes) {
  const head = Buffer.alloc(8);
  head.write(name, 0, "latin1");
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)]);
}
