/** Everything that is kept of one person, erased for good. */
import type { InvalidReason } from "../../domain/people/username.ts";
import { soughtIn } from "../../domain/people/sought.ts";
import { isErased } from "../../domain/people/erased.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Erasing } from "../../storage/ports/erasing.ts";
import { knownAs } from "./known-as.ts";
import type { PersonReads } from "../../storage/ports/person-reads.ts";

export type EraseAnswer =
  { readonly ok: true } | { readonly ok: false; readonly problem: InvalidReason | "erasedAlready" };

export interface ErasingPeople {
  /**
   * Has all that is kept of a person erased, by every name and id they are known by. Nobody writes to them from the answer
   * on; their names go when the stores are closed next, which whoever has them open is asked for.
   * @param text As for `who`
   */
  erase(text: string, by: { readonly by: string; readonly chatId?: number }): Promise<EraseAnswer>;
  /** Chats that are to hear that it was done; each is handed out until it was told. */
  erasedToTell(): Promise<readonly number[]>;
  toldErased(chatId: number): Promise<void>;
}

export interface ErasePeopleParts {
  readonly erasing: Erasing;
  readonly person: Pick<PersonReads, "behind" | "onLists">;
  readonly clock: Pick<Clock, "now">;
}

export function createErasing({ erasing, person, clock }: ErasePeopleParts): ErasingPeople {
  return {
    async erase(text, { by, chatId }) {
      const sought = soughtIn(text);
      if (!sought.ok) return { ok: false, problem: sought.reason };
      if (isErased(sought.text)) return { ok: false, problem: "erasedAlready" };
      const meant = await knownAs(person, sought);
      await erasing.record({ ...meant, by, at: clock.now(), ...(chatId === undefined ? {} : { chatId }) });
      return { ok: true };
    },
    erasedToTell: () => erasing.toTell(),
    toldErased: (chatId) => erasing.told(chatId),
  };
}
