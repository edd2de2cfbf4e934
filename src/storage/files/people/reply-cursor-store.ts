/** Up to where each account's replies were read, in `data/reply-cursors.json`. */
import { z } from "zod";
import { openDocument } from "../../../lib/files/document.ts";
import type { ReplyCursorStore } from "../../ports/people.ts";
import type { AccountStoreOptions } from "../accounts/account-store.ts";

/** By channel and account. */
const cursors = z.record(z.string(), z.record(z.string(), z.string()));

/** Opens the document; the file is first written when replies were read. A broken one is set aside: all is read again. */
export async function openReplyCursorStore(
  path: string,
  { beforeWrite = () => undefined, onProblem }: AccountStoreOptions,
): Promise<ReplyCursorStore> {
  const document = await openDocument<z.infer<typeof cursors>>(path, {
    version: 1,
    schema: cursors,
    initial: {},
    beforeWrite,
    onSetAside: onProblem,
  });
  return {
    get: async (channel, account) => document.get()[channel]?.[account],
    async move(channel, account, { from, to }) {
      const moved = await document.update((all) =>
        all[channel]?.[account] === from
          ? { ...all, [channel]: { ...all[channel], [account]: to } }
          : undefined,
      );
      return moved !== undefined;
    },
  };
}
