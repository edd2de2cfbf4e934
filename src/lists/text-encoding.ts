import { isAscii, isUtf8 } from "node:buffer";
import { utf16Order } from "./content-kind.ts";

export type TextEncodingName = "ascii" | "utf-8" | "utf-16le" | "utf-16be" | "windows-1256";

/** Where zero bytes are looked for: UTF-16 text has them from the start. */
const HEAD_BYTES = 1 << 12;

/** About as much text as is worked through in a few milliseconds. */
const CHUNK_BYTES = 1 << 14;

/**
 * Finds out how a text is written down. What is not valid UTF-8 from the first to the last byte and has no sign of UTF-16
 * is Windows-1256, which older Persian and Arabic programs write.
 */
export function encodingOf(bytes: Uint8Array): TextEncodingName {
  if (isAscii(bytes) && !bytes.subarray(0, HEAD_BYTES).includes(0)) return "ascii";
  return utf16Order(bytes) ?? (isUtf8(bytes) ? "utf-8" : "windows-1256");
}

/** Reads bytes as text, piece by piece, so that nobody waits for the whole; a mark at the beginning is dropped. */
export function* decodedChunks(bytes: Uint8Array, encoding: TextEncodingName): Generator<string> {
  const decode = createDecoder(encoding);
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES)
    yield decode(bytes.subarray(start, start + CHUNK_BYTES), start + CHUNK_BYTES >= bytes.length);
}

function createDecoder(encoding: TextEncodingName): (bytes: Uint8Array, isLast: boolean) => string {
  if (encoding === "ascii")
    return (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const decoder = new TextDecoder(encoding);
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast });
}
