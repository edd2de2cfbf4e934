/** Who may not be claimed yet because what they may have answered an account is not read, by the journals and the inboxes. */
import type { ContactedThrough } from "../../../domain/people/contacts.ts";
import type { Inbox } from "../../../domain/people/hearing.ts";
import { isHeard, unheardUntil } from "../../../domain/people/hearing.ts";

export interface UnheardParts {
  /** Through which accounts people were written to. */
  readonly contacted: () => Promise<ContactedThrough>;
  /** How far what people wrote to an account is read. */
  readonly inboxOf: (account: string) => Inbox;
}

export interface LeftOut {
  /** When to look again, ms since the epoch. */
  readonly until: number;
  /** Whose inboxes must be read first. */
  readonly unread: readonly string[];
}

export class Unheard {
  readonly #parts: UnheardParts;
  #contacted: ContactedThrough | undefined;

  constructor(parts: UnheardParts) {
    this.#parts = parts;
  }

  /** Resolves when {@link leftOut} can be asked; undefined: it can. */
  ready(): Promise<void> | undefined {
    if (this.#contacted) return undefined;
    return this.#parts.contacted().then((contacted) => void (this.#contacted = contacted));
  }

  /**
   * Undefined when somebody of these names may be written to.
   * @param since What was written before then must be known, ms since the epoch
   */
  leftOut(names: readonly string[], since: number, now: number): LeftOut | undefined {
    const unread: string[] = [];
    const inboxes: Inbox[] = [];
    for (const name of names)
      for (const account of this.#contacted?.accountsOf(name) ?? []) {
        const inbox = this.#parts.inboxOf(account);
        if (isHeard(inbox, since, now)) continue;
        inboxes.push(inbox);
        unread.push(account);
      }
    const until = unheardUntil(inboxes, since, now);
    return until === undefined || until <= now ? undefined : { until, unread };
  }
}
