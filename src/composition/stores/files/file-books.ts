/** The files in which channels keep what is theirs. */
import { join } from "node:path";
import { z } from "zod";
import type { AccountLimits } from "../../../channels/x/limit-book.ts";
import { accountLimitsSchema } from "../../../channels/x/limit-book.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { valuesIn, valuesInMemory } from "../../../lib/known-values.ts";
import { simulatorFormat, usualPeople, withAccounts } from "../../simulator-config.ts";
import type { ChannelBooks } from "../stores.ts";

export interface FileBooksParts {
  readonly dataDir: string;
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  /** Told of a file that can't be understood: it was set aside, and what is usual holds. */
  readonly onProblem: (error: Error) => void;
}

export function createFileBooks({ dataDir, beforeWrite, onProblem }: FileBooksParts): ChannelBooks {
  return {
    async xLimits() {
      const path = join(dataDir, "x-limits.json");
      const document = await openDocument<Readonly<Record<string, AccountLimits>>>(path, {
        version: 1,
        schema: z.record(z.string(), accountLimitsSchema),
        initial: {},
        beforeWrite,
        onSetAside: onProblem,
      });
      return { accounts: valuesIn(document), apps: valuesInMemory() };
    },
    async simulated(accounts) {
      const document = await openDocument(join(dataDir, "simulator.json"), {
        ...simulatorFormat,
        initial: usualPeople(),
        // What is wrong with made-up people must not keep a campaign to real ones from going on.
        onSetAside: onProblem,
      });
      // Written out at the first start, so that whoever wants other people finds every setting with its default.
      await document.update((value) => withAccounts(value, accounts));
      return { config: document.get(), recordFile: join(dataDir, "simulator-record.jsonl") };
    },
  };
}
