/** Test sends belong to no campaign, yet they use up the accounts' limits: each is on disk before the call. */
import { z } from "zod";
import type { Budget } from "../../domain/budget.ts";
import { openAppendLog } from "../../lib/append-log.ts";
import type { ClaimRequest } from "../stores.ts";

const lineSchema = z.object({ a: z.string(), u: z.string(), at: z.number() });

export interface TestSends extends AsyncDisposable {
  debit(request: ClaimRequest, username: string): Promise<"debited" | "capped">;
}

/** Opens the log of test sends and counts what it holds in the budget. */
export async function openTestSends(
  path: string,
  budget: Budget,
  beforeWrite: () => void,
): Promise<TestSends> {
  const log = await openAppendLog(path, {
    beforeWrite,
    onLine: (line) => {
      const { a, at } = lineSchema.parse(JSON.parse(line));
      budget.debit(a, at);
    },
  });
  return {
    async debit({ account, caps, rates, at }, username) {
      if (budget.nextAllowedAt(account, caps, rates, at) > at) return "capped";
      budget.debit(account, at);
      await log.append(JSON.stringify({ a: account, u: username, at }));
      return "debited";
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}
