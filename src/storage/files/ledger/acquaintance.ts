/** Who of those who are to join a campaign is there already. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { IdNumbers } from "../../../lib/id-numbers.ts";
import type { FileLedgerParts } from "./ledger-parts.ts";

type Parts = Pick<FileLedgerParts, "campaign" | "fold" | "recipients" | "joining">;

/** Names looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

/** Answers false for each name once, and only for those who are not there. */
type IsKnown = (username: string) => boolean;

export class Acquaintance {
  readonly #parts: Parts;
  /** Of a campaign that stands, where names join all the time: everybody, read when the first do. */
  #everybody: IdNumbers | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @param listId Of those who are to join */
  async with(listId: string): Promise<IsKnown> {
    if (!this.#parts.campaign.standing) return this.#among(listId);
    this.#everybody ??= await this.#all();
    const everybody = this.#everybody;
    return (username) => {
      const size = everybody.size;
      return everybody.add(username) < size;
    };
  }

  /** Those who were asked about did not join. */
  forget(): void {
    this.#everybody = undefined;
  }

  async #all(): Promise<IdNumbers> {
    const everybody = new IdNumbers();
    for await (const username of this.#names()) everybody.add(username);
    return everybody;
  }

  /** What it takes in memory goes by those who are to join, however many are there. */
  async #among(listId: string): Promise<IsKnown> {
    const given = new IdNumbers();
    for await (const { username } of this.#parts.joining.lists.rows(listId))
      if (given.add(username) % PIECE === 0) await nextTurn();
    const isThere = new Uint8Array(given.size);
    const meet = (username: string): boolean => {
      const number = given.numberOf(username);
      if (number === undefined) return false;
      const wasThere = isThere[number] === 1;
      isThere[number] = 1;
      return wasThere;
    };
    for await (const username of this.#names()) meet(username);
    return meet;
  }

  async *#names(): AsyncGenerator<string> {
    const { recipients, fold } = this.#parts;
    for (let ordinal = 0; ordinal < fold.size; ordinal++) {
      if (ordinal % PIECE === 0) await nextTurn();
      const recipient = recipients.read(ordinal);
      yield (recipient instanceof Promise ? await recipient : recipient).username;
    }
  }
}
