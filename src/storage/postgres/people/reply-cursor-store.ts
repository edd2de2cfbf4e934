/** Up to where each account's replies were read: a value an account. */
import { z } from "zod";
import type { ReplyCursorStore } from "../../ports/people.ts";
import type { Queryable } from "../database.ts";
import { documentsIn } from "../documents/documents.ts";

export function createReplyCursorStore(database: Queryable): ReplyCursorStore {
  const cursorsOf = (channel: string) =>
    documentsIn(database, { kind: `reply-cursors/${channel}`, schema: z.string() });
  return {
    get: (channel, account) => cursorsOf(channel).get(account),
    async move(channel, account, { from, to }) {
      let isMoved = false;
      await cursorsOf(channel).change(account, (stands) => {
        isMoved = stands === from;
        return isMoved ? to : stands;
      });
      return isMoved;
    },
  };
}
