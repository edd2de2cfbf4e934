/**
 * Writes down what a command takes out: where nobody else has what is kept with its history alone, nothing else open; else by
 * whoever has it.
 */
import { Opened } from "../lib/opened.ts";
import type { TakingOut } from "../app/history/taking-out.ts";
import { createTakingOut } from "../app/history/taking-out.ts";
import type { ProgramParts } from "../cli/program-parts.ts";
import { openHistory } from "./stores/open-storage.ts";
import type { StorageSettings } from "./stores/stores.ts";
import type { AskingParts } from "./ask-owner.ts";
import { perform } from "./ask-owner.ts";

export function takingOutAnywhere(settings: StorageSettings, at: AskingParts): ProgramParts["takingOut"] {
  return {
    begun: (deed, about) =>
      perform<"beginTakingOut">(
        { deed: "beginTakingOut", asked: { deed, about } },
        {
          ...at,
          here: async () => ({
            result: { of: await takingOutHere(settings, at, (taking) => taking.begun(deed, about)) },
          }),
        },
      ),
    ended: (of, end) =>
      perform<"endTakingOut">(
        { deed: "endTakingOut", asked: { of, end } },
        {
          ...at,
          async here() {
            await takingOutHere(settings, at, (taking) => taking.ended(of, end));
            return { result: { of } };
          },
        },
      ),
  };
}

/** @throws {LeaseTakenError} when somebody has the folder */
export async function takingOutHere<T>(
  settings: StorageSettings,
  { clock, asker }: Pick<AskingParts, "clock" | "asker">,
  work: (taking: TakingOut) => Promise<T>,
): Promise<T> {
  await using opened = new Opened();
  const history = await openHistory(settings, { clock, opened });
  const who = { kind: "terminal", name: asker } as const;
  return await work(createTakingOut({ history, clock, who: () => who, mayAct: () => true }));
}
