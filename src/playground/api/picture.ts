/** Reads what kind of picture bytes are, and how large, from their first bytes. */

export interface Picture extends ImageSize {
  readonly mimeType: string;
}

interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Describes a PNG, GIF, JPEG or WebP picture; undefined when the bytes are none of these. */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 24) return undefined;
  if (view.readUInt32BE(0) === 0x89_50_4e_47)
    return { mimeType: "image/png", width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
  if (view.toString("latin1", 0, 3) === "GIF")
    return { mimeType: "image/gif", width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
  if (view.readUInt16BE(0) === 0xff_d8) return typed("image/jpeg", jpegSize(view));
  if (view.toString("latin1", 0, 4) === "RIFF" && view.toString("latin1", 8, 12) === "WEBP")
    return typed("image/webp", webpSize(view));
  return undefined;
}

function typed(mimeType: string, size: ImageSize | undefined): Picture | undefined {
  return size && { mimeType, ...size };
}

/** Walks the segments up to the frame header (SOF0 to SOF15 without DHT, JPG and DAC). */
function jpegSize(view: Buffer): ImageSize | undefined {
  let at = 2;
  while (at + 9 < view.length && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) };
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}

function webpSize(view: Buffer): ImageSize | undefined {
  if (view.length < 30) return undefined;
  switch (view.toString("latin1", 12, 16)) {
    case "VP8 ":
      return { width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const bits = view.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}
