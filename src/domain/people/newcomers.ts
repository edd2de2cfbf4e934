/** Which subscribers are to join a welcome: each person once ever, whatever they are called and however often they come back. */
import { JOINED_COLUMN } from "../added-at.ts";
import type { Subscriber } from "./subscriber.ts";
import { recipientNameOf } from "./subscriber.ts";

/** What the message may use, and by what a person is known for good. */
export const WELCOME_COLUMNS = ["first_name", "telegram_id"] as const;

/** The columns of those who join: their list grows, so it is each line that says when. */
export const NEWCOMER_COLUMNS = [...WELCOME_COLUMNS, JOINED_COLUMN] as const;

/** Who joined a welcome before. */
export class Welcomed {
  readonly #ids = new Set<number>();
  readonly #names = new Set<string>();

  /** Takes in somebody of its list. @param id Of the column */
  put(username: string, id: number): void {
    this.#names.add(username);
    this.#ids.add(id);
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  /** A name that somebody else joined under stands for them: whoever has it now joins by their id. */
  nameFor(person: Subscriber): string {
    const name = recipientNameOf(person);
    return this.#names.has(name) ? `id${person.id}` : name;
  }
}

/** Tells whether somebody is to be welcomed. @param since ms since the epoch */
export function isNewcomer(person: Subscriber, since: number, welcomed: Welcomed): boolean {
  return person.state === "active" && person.at >= since && !welcomed.has(person.id);
}
