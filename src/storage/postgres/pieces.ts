/** Contents as rows keep them: in pieces of some size, so that nobody holds a whole one in memory. */

/** Bytes a row. */
const PIECE = 256 * 1024;

export async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    held.push(part);
    size += part.length;
    if (size < PIECE) continue;
    const whole = Buffer.concat(held);
    for (let at = 0; at < whole.length; at += PIECE) yield whole.subarray(at, at + PIECE);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}
