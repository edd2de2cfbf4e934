/** Commands that take people's data out: on record beside a running Peyk too, which writes it down, and not done where it can't be. */
import type { TakenOutDeed, TakingOut } from "../app/history/taking-out.ts";
import { takenOut } from "../app/history/taking-out.ts";
import type { About } from "../domain/history/entry.ts";
import { doneOr } from "./command.ts";
import type { ProgramParts } from "./program-parts.ts";

/** Shows whether it was written down. */
const LOOK = "peyk history";

export function recorded<T>(
  { takingOut, words }: Pick<ProgramParts, "takingOut" | "words">,
  what: { readonly deed: TakenOutDeed; readonly about?: About },
  work: () => Promise<T>,
): Promise<T> {
  const taking: TakingOut = {
    begun: async (deed, about) => doneOr(await takingOut.begun(deed, about), LOOK, words).result.of,
    ended: async (of, end) => void doneOr(await takingOut.ended(of, end), LOOK, words),
  };
  return takenOut(taking, what, work);
}
