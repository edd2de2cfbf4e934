/** What takes people's data out where no use case does it: recorded before it is done and behind it, as every deed is. */
import type { Actor } from "../../domain/history/actor.ts";
import type { About, DeedEnd } from "../../domain/history/entry.ts";
import type { Right } from "../../domain/roles/role.ts";
import type { RecordingParts } from "./recording-parts.ts";
import { NotAllowedError } from "../team/not-allowed.ts";

/** The deeds that it may be. */
export const takenOutDeeds = [
  "export",
  "exportLeads",
  "exportPerson",
  "exportHistory",
  "exportSuppressed",
  "backup",
  "restore",
] as const;
export type TakenOutDeed = (typeof takenOutDeeds)[number];

export interface TakingOut {
  /** Number of the entry that began it. @throws {NotAllowedError} when their role does not allow it */
  begun(deed: TakenOutDeed, about: About): Promise<number>;
  ended(of: number, end: Exclude<DeedEnd, "refused">): Promise<void>;
}

interface Parts extends Pick<RecordingParts, "history" | "clock"> {
  readonly who: () => Actor;
  readonly mayAct: (right: Right) => boolean;
}

export function createTakingOut({ history, clock, who, mayAct }: Parts): TakingOut {
  const ended = async (of: number, end: DeedEnd, problem?: string): Promise<void> => {
    const why = problem === undefined ? {} : { problem };
    await history.append({ t: "ended", of, end, ...why }, clock.now());
  };
  return {
    async begun(deed, about) {
      const of = await history.append({ t: "begun", deed, by: who(), about }, clock.now());
      if (mayAct("act")) return of;
      await ended(of, "refused", "role");
      throw new NotAllowedError("act");
    },
    ended: (of, end) => ended(of, end),
  };
}

/** Does it between the two entries. */
export async function takenOut<T>(
  taking: TakingOut,
  { deed, about = {} }: { readonly deed: TakenOutDeed; readonly about?: About },
  work: () => Promise<T>,
): Promise<T> {
  const of = await taking.begun(deed, about);
  try {
    const made = await work();
    await taking.ended(of, "done");
    return made;
  } catch (error) {
    await taking.ended(of, "failed");
    throw error;
  }
}
