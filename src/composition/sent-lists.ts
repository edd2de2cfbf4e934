/** What operators sent and that lies on no disk: a list is written to one for as long as it is read. */
import { join } from "node:path";
import type { OpenSent } from "../app/drafts/draft-extras.ts";
import { writeFileAtomically } from "../lib/files/atomic-file.ts";
import { filePieces } from "../lib/files/file-pieces.ts";
import { makeMomentaryFolder } from "../lib/files/momentary-folder.ts";
import type { ListReader, OpenReading } from "../lists/list-reader.ts";
import type { SentElsewhere } from "./stores/stores.ts";

export function openSentBy(sent: SentElsewhere | undefined): OpenSent {
  return (path) => (sent?.isThere(path) ? sent.open(path) : filePieces(path));
}

/** @param sent Absent: all of it lies on this disk */
export function readerOf(reader: ListReader, sent: SentElsewhere | undefined): ListReader {
  if (!sent) return reader;
  return {
    async read(input, options) {
      if (input.kind === "text" || !sent.isThere(input.path)) return reader.read(input, options);
      const folder = await makeMomentaryFolder("peyk-list");
      try {
        const path = join(folder.path, "list");
        await writeFileAtomically(path, sent.open(input.path));
        const opened = await reader.read({ ...input, path }, options);
        if ("batches" in opened) return heldWith(folder, opened);
        await folder[Symbol.asyncDispose]();
        return opened;
      } catch (error) {
        await folder[Symbol.asyncDispose]();
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

/** The file goes when the reading is over. */
function heldWith(folder: AsyncDisposable, reading: OpenReading): OpenReading {
  const { columns, readFrom, leftOut, batches } = reading;
  return {
    columns,
    readFrom,
    leftOut,
    batches,
    async [Symbol.asyncDispose]() {
      await reading[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
