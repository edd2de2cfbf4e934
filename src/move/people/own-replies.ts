/** What operators wrote back, each as it stands: one that was on its way is claimed on the other side too, and so uncertain there. */
import { join } from "node:path";
import { OwnReplyBook } from "../../domain/people/own-reply.ts";
import { OWN_REPLIES_FILE, entriesOf, parseReplyEntry } from "../../storage/files/answers/own-reply-store.ts";
import { ownReplySchema } from "../../storage/ports/documents/own-reply-schema.ts";
import { fitted } from "../../storage/postgres/fitted.ts";
import { documentsOf, ifAny, ifThere, putDocument } from "../documents.ts";
import { parsedLines } from "../lines.ts";
import type { Mover } from "../piece.ts";
import { writeLines } from "../write-lines.ts";

const KIND = "own-replies";

export const ownReplies: Mover = {
  inFolder: (dataDir) =>
    ifThere(dataDir, OWN_REPLIES_FILE, async (to) => {
      const book = new OwnReplyBook();
      for await (const some of parsedLines(join(dataDir, OWN_REPLIES_FILE), parseReplyEntry))
        for (const entry of some) book.apply(entry);
      for (const reply of book.all()) await putDocument(to, KIND, reply.id, reply);
    }),
  async inDatabase(database) {
    const replies = [...(await documentsOf(database, KIND)).values()];
    const lines = replies.flatMap((one) => entriesOf(fitted(ownReplySchema, one, KIND)));
    return ifAny(OWN_REPLIES_FILE, replies.length > 0, (_from, dataDir) =>
      writeLines(join(dataDir, OWN_REPLIES_FILE), [lines.map((one) => JSON.stringify(one))]),
    );
  },
};
