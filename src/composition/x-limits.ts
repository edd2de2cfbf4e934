/** Where what X's answers say of limits is kept: a file of the data folder. */
import { join } from "node:path";
import { z } from "zod";
import type { AccountLimits, KeptXLimits } from "../channels/x/limit-book.ts";
import { accountLimitsSchema } from "../channels/x/limit-book.ts";
import { openDocument } from "../lib/files/document.ts";
import { valuesIn, valuesInMemory } from "../lib/known-values.ts";

interface Guarded {
  /** Throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told when the file can't be understood: it was set aside, and the published limits hold. */
  readonly onProblem: (error: Error) => void;
}

export async function openXLimits(
  dataDir: string,
  { beforeWrite, onProblem }: Guarded,
): Promise<KeptXLimits> {
  const document = await openDocument<Readonly<Record<string, AccountLimits>>>(
    join(dataDir, "x-limits.json"),
    {
      version: 1,
      schema: z.record(z.string(), accountLimitsSchema),
      initial: {},
      ...(beforeWrite ? { beforeWrite } : {}),
      onSetAside: onProblem,
    },
  );
  return { accounts: valuesIn(document), apps: valuesInMemory() };
}
