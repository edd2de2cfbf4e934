import { createReadStream } from "node:fs";

/** Reads a file of this disk piece by piece. It is opened when the first piece is asked for; whatever fails, fails then. */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}
