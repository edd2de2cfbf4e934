/** Test sends belong to no campaign, yet they use up the accounts' limits: each is on disk before the call. */
import { z } from "zod";
import type { Budgets } from "../../../domain/accounts/budgets.ts";
import type { Clock } from "../../../lib/clock.ts";
import { openMendedLog, setAsideError } from "../../../lib/log/mended-log.ts";
import type { Capped, TestSendRequest } from "../../ports/ledger.ts";

const lineSchema = z.object({ a: z.string(), u: z.string(), c: z.string().optional(), at: z.number() });

/** What a line without a channel went through: it is from when there was no other. */
const FIRST_CHANNEL = "simulator";

/** What counts of a test send. */
export interface CountedSend {
  readonly channel: string;
  readonly account: string;
  readonly at: number;
}

/** Reads one line; throws when it is none. */
export function parseTestSend(line: string): CountedSend {
  const { a: account, c: channel = FIRST_CHANNEL, at } = lineSchema.parse(JSON.parse(line));
  return { channel, account, at };
}

/** A line of one of which nobody knows any more to whom it went. */
export function testSendLine({ channel, account, at }: CountedSend): string {
  return JSON.stringify({ a: account, u: "", c: channel, at });
}

export interface TestSends extends AsyncDisposable {
  debit(request: TestSendRequest): Promise<"debited" | Capped>;
}

interface Guarded {
  /** The store's time. */
  readonly clock: Pick<Clock, "now">;
  /** Throws when this process may write no more. */
  readonly beforeWrite: () => void;
  readonly onProblem: (error: Error) => void;
}

/** Opens the log of test sends and counts what it holds in the budgets. */
export async function openTestSends(
  path: string,
  budgets: Budgets,
  { beforeWrite, onProblem, clock }: Guarded,
): Promise<TestSends> {
  const sends = new Map<number, z.infer<typeof lineSchema>>();
  const log = await openMendedLog(path, {
    outlivesFullDisk: true,
    beforeWrite,
    onLine: (line, lineNumber) => sends.set(lineNumber, lineSchema.parse(JSON.parse(line))),
    onSetAside: (setAside) => {
      sends.clear();
      onProblem(setAsideError(setAside));
    },
  });
  for (const { a, c, at } of sends.values()) budgets.of(c ?? FIRST_CHANNEL).debit(a, at);
  return {
    async debit({ channel, account, username, caps, rates }) {
      const at = clock.now();
      const budget = budgets.of(channel);
      const cappedUntil = budget.nextAllowedAt(account, caps, rates, at);
      if (cappedUntil > at) return { cappedUntil };
      budget.debit(account, at);
      await log.append(JSON.stringify({ a: account, u: username, c: channel, at }));
      return "debited";
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}
