import type { JournalFold } from "../../../domain/journal-fold.ts";
import type { Closed } from "../../../domain/may-send.ts";
import type { Recipient, Skip } from "../../../domain/recipient.ts";
import type { ClaimAnswer, PassedOver } from "../../ports/ledger.ts";

/** Nobody is due now for an account, as far as the fold goes. */
export function noneDue({ due }: Pick<JournalFold, "due">, account: string, at: number): ClaimAnswer {
  const dueAt = due.earliest(account);
  const others = due.awaited.filter((name) => name !== account);
  return {
    kind: "noneDue",
    ...(dueAt === undefined ? {} : { dueInMs: dueAt - at }),
    ...(due.postponed(account) > 0 ? { unheard: true } : {}),
    ...(others.length > 0 ? { others } : {}),
  };
}

export function closed({ why, by, opensAt }: Closed, at: number): ClaimAnswer {
  const held = by === undefined ? {} : { by };
  return { kind: "closed", why, ...held, ...(opensAt === undefined ? {} : { opensInMs: opensAt - at }) };
}

/** Those whom one claim passes over. Most claims pass over nobody, and for them this costs next to nothing. */
export class PassedOverNames {
  #names: PassedOver[] | undefined;
  #written: Promise<void>[] | undefined;
  #unread: Set<string> | undefined;

  get count(): number {
    return this.#names?.length ?? 0;
  }

  add({ ordinal, username }: Recipient, { reason, by }: Skip, written: Promise<void>): void {
    const isOther = reason === "otherCampaign" && by !== undefined;
    const passed = { ordinal, username, reason };
    (this.#names ??= []).push(isOther ? { ...passed, by } : passed);
    (this.#written ??= []).push(written);
  }

  /** Somebody is left out until these accounts' inboxes are read. */
  leaveOut(unread: readonly string[]): void {
    this.#unread ??= new Set();
    for (const account of unread) this.#unread.add(account);
  }

  /** The claim's answer once all are on disk: at once where there is nobody. */
  answer(answer: ClaimAnswer): ClaimAnswer | Promise<ClaimAnswer> {
    const told = this.#unread ? { ...answer, unread: [...this.#unread] } : answer;
    const skipped = this.#names;
    if (!skipped) return told;
    return Promise.all(this.#written ?? []).then(() => ({ ...told, skipped }));
  }
}
