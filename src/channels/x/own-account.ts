import { z } from "zod";
import type { Fault } from "../../domain/fault.ts";
import type { Clock } from "../../lib/clock.ts";
import type { XClient } from "../../lib/x-api/x-client.ts";
import type { XAccount } from "./accounts-file.ts";
import { faultOfQuestion } from "./faults.ts";
import { xId } from "./answer-shapes.ts";

/** An account as X knows it. */
export interface Me {
  readonly kind: "me";
  readonly id: string;
  readonly username: string;
}

const meSchema = z.object({ data: z.object({ id: xId, username: z.string() }) });

/** Who our accounts are on X: each asks once, because an id never changes. */
export class OwnAccounts {
  readonly #client: XClient;
  readonly #clock: Clock;
  readonly #known = new Map<string, Me>();

  constructor(client: XClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  async whoIs(account: XAccount, signal: AbortSignal): Promise<Me | Fault> {
    return this.#known.get(account.name) ?? this.askAnew(account, signal);
  }

  /** Asks although the answer is known: whether X still accepts the account's keys. */
  async askAnew(account: XAccount, signal: AbortSignal): Promise<Me | Fault> {
    const answer = await this.#client.ask(account.keys, { method: "GET", path: "/2/users/me" }, signal);
    const parsed = answer.kind === "answer" ? meSchema.safeParse(answer.body) : undefined;
    if (!parsed?.success) return faultOfQuestion(answer, this.#clock.now());
    const me: Me = { kind: "me", ...parsed.data.data };
    this.#known.set(account.name, me);
    return me;
  }
}
