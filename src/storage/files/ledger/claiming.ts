/**
 * The claim in files. Whether the campaign may send, what the account has left and whom it may write to are all asked in one
 * synchronous step, so no two callers get the same recipient and nothing changes in between; it is handed out once on disk.
 */
import type { OpenClaim } from "../../../domain/fold-image.ts";
import type { Claim, Entry } from "../../../domain/journal.ts";
import { textLanguage } from "../../../domain/languages/spoken.ts";
import { languagesOf } from "../../../domain/languages/text-in.ts";
import type { KnownPerson, Recipient, Skip } from "../../../domain/recipient.ts";
import { isOtherPerson } from "../../../domain/recipient.ts";
import type { ClaimAnswer, ClaimRequest, LimitWait, LimitedAccount } from "../../ports/ledger.ts";
import { closedNow } from "./closed-now.ts";
import { countOptOuts, holdNow, withNames } from "./hold-now.ts";
import type { FileLedgerParts } from "./ledger-parts.ts";
import { PassedOverNames, closed, noneDue } from "./passed-over.ts";

/** Recipients looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 1000;

interface Taking {
  readonly recipient: Recipient;
  readonly request: ClaimRequest;
  readonly at: number;
}

export class Claiming {
  readonly #parts: FileLedgerParts;

  constructor(parts: FileLedgerParts) {
    this.#parts = parts;
  }

  async claim(request: ClaimRequest): Promise<ClaimAnswer> {
    const { fold, recipients, snapshots, stored, clock, known } = this.#parts;
    const { account, heardWithinMs } = request;
    const heardSince = heardWithinMs === undefined ? undefined : clock.now() - heardWithinMs;
    const reading = heardSince === undefined ? undefined : this.#parts.unheard.ready();
    if (reading) await reading;
    const passed = new PassedOverNames();
    let read: Recipient | undefined;
    let looked = 0;
    for (;;) {
      while (snapshots.pause) await snapshots.pause;
      const at = clock.now();
      const campaign = stored();
      const why = closedNow(this.#parts, at);
      if (why) return passed.answer(closed(why, at));
      if (fold.count("planned") === 0) return passed.answer({ kind: "noneDue" });
      const counting = campaign && countOptOuts(this.#parts, campaign, at);
      if (counting) {
        await counting;
        continue;
      }
      const hold = campaign && holdNow(this.#parts, campaign, request.prices);
      if (hold) return passed.answer({ kind: "held", hold: await withNames(this.#parts, hold) });
      const wait = this.limitWait(request, at);
      if (wait.freeInMs > 0) return passed.answer({ kind: "capped", ...wait });
      const ordinal = fold.due.next(at, account);
      if (ordinal === undefined) return passed.answer(noneDue(fold, account, at));
      const recipient = read?.ordinal === ordinal ? read : recipients.read(ordinal);
      if (recipient instanceof Promise) {
        read = await recipient; // others may claim meanwhile: everything is asked again
        continue;
      }
      const person = known(recipient.username);
      const skip = this.whyNot(recipient, at);
      const out =
        skip || heardSince === undefined
          ? undefined
          : this.#parts.unheard.leftOut(namesOf(recipient, person), heardSince, at);
      if (out) {
        fold.due.postpone(ordinal, out.until);
        passed.leaveOut(out.unread);
      } else if (!skip) {
        const { claim, written } = this.#take({ recipient, request, at });
        await written;
        return passed.answer({ kind: "claimed", claim });
      } else passed.add(recipient, skip, this.pass({ t: "skipped", r: ordinal, ...skip, at }));
      // Whoever passes over thousands lets others have a turn, and comes back at once.
      if (++looked >= PIECE) return passed.answer({ kind: "noneDue", dueInMs: 0 });
    }
  }

  limitWait({ account, caps, rates }: LimitedAccount, at: number): LimitWait {
    const { budget, whole, stored } = this.#parts;
    const accountAt = budget.nextAllowedAt(account, caps, rates, at);
    const paceAt = whole.nextAllowedAt(stored()?.pace, at);
    const freeInMs = Math.max(accountAt, paceAt) - at;
    return { freeInMs, ...(paceAt > accountAt ? { isPaced: true } : {}) };
  }

  /** Why somebody may not be written to; who must not be under one of their names must not be under another. */
  whyNot(recipient: Pick<Recipient, "ordinal" | "username">, at: number): Skip | undefined {
    const { earlier, obstacle, known } = this.#parts;
    const person = known(recipient.username);
    if (earlier.size > 0 && earlier.has(recipient.username)) return { reason: "earlierCheckpoint" };
    for (const name of namesOf(recipient, person)) {
      const skip = obstacle(name, at, person?.personId);
      if (skip) return skip;
    }
    if (isOtherPerson(this.#parts.firstPerson?.(recipient.username), person))
      return { reason: "otherPerson" };
    if (person?.hasLeft) return { reason: "optedOut" };
    if (person?.personId === undefined) return undefined;
    const writtenTo = this.#parts.fold.nameOf(person.personId) ?? recipient.ordinal;
    return writtenTo === recipient.ordinal ? undefined : { reason: "duplicate" };
  }

  /** Nobody else may look at them again, so memory is first here; lost in a crash, they are simply passed over again. */
  pass(entry: Extract<Entry, { t: "skipped" }>): Promise<void> {
    this.#parts.fold.apply(entry);
    return this.#append(entry);
  }

  /** In memory at once; the claim counts when `written` resolves. */
  #take({ recipient, request, at }: Taking): { readonly claim: Claim; readonly written: Promise<void> } {
    const { account, waits } = request;
    const { campaign, fold, contacts, owner, known } = this.#parts;
    const { ordinal, username } = recipient;
    const attempt = fold.attemptsOf(ordinal) + 1;
    const person = known(username);
    const personId = person?.personId;
    const { id: campaignId, revision = 0, extras } = campaign;
    const language = extras?.translations && textLanguage(languagesOf(extras), recipient.variables, person);
    const entry: Entry = {
      t: "claim",
      r: ordinal,
      a: account,
      n: attempt,
      ...(personId === undefined ? undefined : { p: personId }),
      ...(revision > 0 ? { v: revision } : undefined),
      ...(language === undefined ? undefined : { l: language }),
      ...(waits ? { w: true } : undefined),
      at,
    };
    fold.apply(entry);
    const id = idOf(fold.openClaim(ordinal));
    contacts.claimed(username, at, account, personId);
    const claim: Claim = { id, campaignId, recipient, account, attempt, revision, at, owner };
    return { claim: language === undefined ? claim : { ...claim, language }, written: this.#append(entry) };
  }

  /** Writes what is in memory already. */
  #append(entry: Entry): Promise<void> {
    const { journal, snapshots } = this.#parts;
    const written = journal.append(JSON.stringify(entry));
    snapshots.ahead(written);
    return written;
  }
}

/** Nobody's id when there is no such claim. */
export function idOf(open: OpenClaim | undefined): string {
  return open ? String(open.id) : "";
}

function namesOf(
  { username }: Pick<Recipient, "username">,
  person: KnownPerson | undefined,
): readonly string[] {
  return person?.names ?? [username];
}
