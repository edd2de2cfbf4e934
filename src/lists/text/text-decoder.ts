/** Reads one piece of a text after another; the last one may end inside a letter. */
export type Decode = (bytes: Uint8Array, isLast: boolean) => string;

/** What Windows-1252 has at 0x80 to 0x9F, by the WHATWG Encoding Standard. */
const WESTERN_SIGNS = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ";

/**
 * Makes a decoder for one text. Some Nodes read Windows-1252 as if it were ISO 8859-1, which has control characters where
 * `€` and quotation marks are; so it is read here.
 * @param encoding `ascii`, or a label of the WHATWG Encoding Standard
 * @throws {RangeError} when there is no such label
 */
export function createDecoder(encoding: string): Decode {
  if (encoding === "ascii") return (bytes) => latin1(bytes);
  const decoder = new TextDecoder(encoding);
  if (decoder.encoding === "windows-1252")
    // oxlint-disable-next-line no-control-regex -- these are what is replaced
    return (bytes) =>
      latin1(bytes).replace(/[\x80-\x9F]/g, (sign) => WESTERN_SIGNS[sign.charCodeAt(0) - 0x80] ?? sign);
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast });
}

/** Reads bytes that are a whole text. */
export function decoded(bytes: Uint8Array, encoding: string): string {
  return createDecoder(encoding)(bytes, true);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
