/**
 * Writes down what a command takes out: where nobody has the folder with its lease and its history alone, nothing else open;
 * else by whoever has it.
 */
import type { TakingOut } from "../app/history/taking-out.ts";
import { createTakingOut } from "../app/history/taking-out.ts";
import type { ProgramParts } from "../cli/program-parts.ts";
import { openLease } from "../storage/files/folder/lease.ts";
import { openHistoryStore } from "../storage/files/history/history-store.ts";
import type { AskingParts } from "./ask-owner.ts";
import { perform } from "./ask-owner.ts";

export function takingOutAnywhere(at: AskingParts): ProgramParts["takingOut"] {
  return {
    begun: (deed, about) =>
      perform<"beginTakingOut">(
        { deed: "beginTakingOut", asked: { deed, about } },
        {
          ...at,
          here: async () => ({
            result: { of: await takingOutHere(at, (taking) => taking.begun(deed, about)) },
          }),
        },
      ),
    ended: (of, end) =>
      perform<"endTakingOut">(
        { deed: "endTakingOut", asked: { of, end } },
        {
          ...at,
          async here() {
            await takingOutHere(at, (taking) => taking.ended(of, end));
            return { result: { of } };
          },
        },
      ),
  };
}

/** @throws {LeaseTakenError} when somebody has the folder */
export async function takingOutHere<T>(
  { dataDir, clock, asker }: Pick<AskingParts, "dataDir" | "clock" | "asker">,
  work: (taking: TakingOut) => Promise<T>,
): Promise<T> {
  await using lease = await openLease(dataDir, clock);
  await using history = await openHistoryStore(dataDir, { beforeWrite: () => lease.assertHeld() });
  const who = { kind: "terminal", name: asker } as const;
  return await work(createTakingOut({ history, clock, who: () => who, mayAct: () => true }));
}
