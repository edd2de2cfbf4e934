/**
 * That one process writes something which others may take over: the bot's documents, and the spool of its updates. Taking the
 * hold waits for a write that is under way and refuses all later ones of whoever had it, so that what is read after it is
 * what there is.
 */
import { randomUUID } from "node:crypto";
import { TroubledError } from "../../../lib/trouble.ts";
import type { Answer, Row } from "../connection.ts";
import type { Queryable } from "../database.ts";
import { HELD, TAKE } from "./chat-sql.ts";

/** Another process has it now. Nothing of what this one still wanted to write is written. */
export class HoldLostError extends TroubledError {
  override readonly name = "HoldLostError";

  constructor() {
    super("Another process of Peyk took over the chats. This one stops writing.", { code: "chatTakenOver" });
  }
}

export interface Hold {
  /**
   * Runs a statement that writes a row at least, and begins with `WITH_HOLD`: its first two parameters are the hold's.
   * @throws {HoldLostError}
   */
  write<R extends Row>(sql: string, values: readonly unknown[]): Promise<Answer<R>>;
  /** Resolves once a write was refused, or somebody looked and it was another's. */
  readonly lost: Promise<void>;
  /** Looks whether it is still had. */
  look(): Promise<void>;
}

/** Takes a hold from whoever has it. */
export async function takeHold(database: Queryable, name: string): Promise<Hold> {
  const holder = randomUUID();
  await database.query(TAKE, [name, holder]);
  let lose: (() => void) | undefined;
  const lost = new Promise<void>((resolve) => (lose = resolve));
  return {
    lost,
    async look() {
      if ((await database.query(HELD, [name, holder])).rows.length === 0) lose?.();
    },
    async write<R extends Row>(sql: string, values: readonly unknown[]) {
      const answer = await database.query<R>(sql, [name, holder, ...values]);
      if (answer.count > 0) return answer;
      lose?.();
      throw new HoldLostError();
    },
  };
}
