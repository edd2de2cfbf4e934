/**
 * Who is claimed of those who are due, for several who ask at the same moment, as if they had asked one after the other: who
 * is due is locked and asked about, passed over or left out, until everybody who asked has somebody or hears why not. What
 * was decided is written with the commit, or before more are looked at.
 */
import { z } from "zod";
import { limitsOf } from "../../../domain/accounts/limits.ts";
import { allFreeAt } from "../../../domain/accounts/window.ts";
import type { Limit } from "../../../domain/accounts/limits.ts";
import type { Claim } from "../../../domain/journal.ts";
import type { ClaimAnswer, ClaimRequest, PassedOver } from "../../ports/ledger.ts";
import type { TakingParts } from "./begun.ts";
import * as sql from "./claim-sql.ts";
import { Decided } from "./decided.ts";
import type { FoundRow, RecipientFacts } from "./facts.ts";
import { dueRows, factsOf } from "./facts.ts";
import type { Fillings } from "./fillings.ts";
import { fillingAfter } from "./fillings.ts";
import { leftOut, whyNot } from "./why-not.ts";

/** Recipients looked at in one transaction at most; whoever passes over more comes back at once. */
const MOST_LOOKED_AT = 1000;

/** Recipients asked about once somebody was passed over. */
const MORE = 100;

/** Somebody else is just claiming whoever is left: how long until it is seen what came of it, in ms. */
const SEEN_SOON_MS = 100;

/** A moment that no clock reaches: until somebody mends something. */
const NEVER = Number.MAX_SAFE_INTEGER;

const waitingSchema = z.object({
  dueAt: z.number().nullable(),
  isFresh: z.boolean(),
  unheard: z.boolean(),
  others: z.array(z.string()),
});

/** What one request passes over on its way. */
interface OnTheWay {
  readonly skipped: PassedOver[];
  readonly unread: Set<string>;
}

export class Taking {
  readonly #its: TakingParts;
  readonly #decided: Decided;
  /** Locked, and not looked at yet. */
  #due: readonly RecipientFacts[];
  #looked: number;
  /** Nobody is due any more, for any of them. */
  #noneDue: ClaimAnswer | undefined;

  constructor(its: TakingParts) {
    this.#its = its;
    this.#decided = new Decided(its);
    this.#due = this.#factsOf(its.due);
    this.#looked = its.due.length;
  }

  async take(): Promise<readonly ClaimAnswer[]> {
    const answers: ClaimAnswer[] = [];
    for (const request of this.#its.requests) {
      const way = { skipped: [], unread: new Set<string>() };
      answers.push(withWay(await this.#next(request, way), way));
    }
    this.#decided.writeWithCommit();
    return answers;
  }

  async #next(request: ClaimRequest, way: OnTheWay): Promise<ClaimAnswer> {
    if (this.#decided.tally().counts.planned === 0) return { kind: "noneDue" };
    const denied = (await this.#held(request)) ?? this.#capped(this.#decided.claimed) ?? this.#noneDue;
    if (denied) return denied;
    for (;;) {
      const [facts] = this.#due;
      if (!facts) {
        if (this.#looked >= MOST_LOOKED_AT) return { kind: "noneDue", dueInMs: 0 };
        await this.#lookAtMore();
        if (this.#due.length === 0) return (this.#noneDue = await this.#whenDue());
        continue;
      }
      this.#due = this.#due.slice(1);
      const claim = this.#decide(facts, request, way);
      if (claim) return { kind: "claimed", claim };
    }
  }

  /** Claims somebody, or passes over them or leaves them out. */
  #decide(found: RecipientFacts, request: ClaimRequest, { skipped, unread }: OnTheWay): Claim | undefined {
    const { parts, begun } = this.#its;
    const facts = this.#decided.asItIsNow(found);
    const skip = whyNot(facts, parts.campaign, begun.now);
    if (skip) {
      skipped.push(this.#decided.passOver(facts, skip));
      return undefined;
    }
    const { heardWithinMs } = request;
    const out =
      heardWithinMs === undefined ? undefined : leftOut(facts, begun.now - heardWithinMs, begun.now);
    if (!out) return this.#decided.claimFor(request, facts);
    this.#decided.leaveOut(facts, Math.min(out.until, NEVER));
    for (const account of out.unread) unread.add(account);
    return undefined;
  }

  async #held({ prices }: ClaimRequest): Promise<ClaimAnswer | undefined> {
    const { connection, holds, stored, begun } = this.#its;
    const hold = holds.on(stored, { fared: begun.fared, tally: this.#decided.tally(), prices });
    return hold && { kind: "held", hold: await holds.named(connection, stored, hold) };
  }

  /** @param more Claimed at this moment already */
  #capped(more: number): ClaimAnswer | undefined {
    const { parts, begun, requests, stored } = this.#its;
    const [{ caps, rates } = { caps: [], rates: [] }] = requests;
    const at = begun.now;
    const freeAt = (found: Fillings, limits: readonly Limit[]): number =>
      allFreeAt(fillingAfter(found, limits, { more, most: requests.length, at }), limits, at, parts.dayOf);
    const accountAt = Math.max(freeAt(begun.caps, caps), freeAt(begun.rates, rates));
    const paceAt = stored.pace ? freeAt(begun.pace, limitsOf(stored.pace)) : at;
    const freeInMs = Math.max(accountAt, paceAt) - at;
    if (freeInMs <= 0) return undefined;
    return { kind: "capped", freeInMs, ...(paceAt > accountAt ? { isPaced: true } : {}) };
  }

  /** Those whom the rest may still claim, and more once somebody was passed over. */
  async #lookAtMore(): Promise<void> {
    const { connection, parts, begun, requests } = this.#its;
    const rest = requests.length - this.#decided.claimed;
    let most = 1;
    while (most < rest && !this.#capped(this.#decided.claimed + most)) most++;
    if (this.#looked > 0) most = Math.max(most, MORE);
    await this.#decided.write();
    const account = requests[0]?.account ?? "";
    const asked = { rules: parts.campaign, account, at: begun.now, most, asksHeard: asksHeard(requests) };
    const rows = await dueRows(connection, asked);
    this.#due = this.#factsOf(rows);
    this.#looked += rows.length;
  }

  #factsOf(rows: readonly FoundRow[]): readonly RecipientFacts[] {
    const { parts, stored } = this.#its;
    return factsOf(rows, { campaign: stored, revision: parts.campaign.revision ?? 0 });
  }

  async #whenDue(): Promise<ClaimAnswer> {
    const { connection, parts, begun, requests } = this.#its;
    const { rows } = await connection.query(sql.WAITING, [parts.campaign.id, requests[0]?.account]);
    const { dueAt, isFresh, unheard, others } = waitingSchema.parse(rows[0]);
    // Whoever is due and was not found is just being claimed by somebody else.
    const isTaken = isFresh || (dueAt !== null && dueAt <= begun.now);
    const waitsMs = dueAt === null ? undefined : dueAt >= NEVER ? Infinity : dueAt - begun.now;
    const dueInMs = isTaken ? SEEN_SOON_MS : waitsMs;
    return {
      kind: "noneDue",
      ...(dueInMs === undefined ? {} : { dueInMs }),
      ...(unheard ? { unheard: true } : {}),
      ...(others.length > 0 ? { others } : {}),
    };
  }
}

/** Whether one of them asks through which accounts people were written to. */
export function asksHeard(requests: readonly ClaimRequest[]): boolean {
  return requests.some(({ heardWithinMs }) => heardWithinMs !== undefined);
}

function withWay(answer: ClaimAnswer, { skipped, unread }: OnTheWay): ClaimAnswer {
  return {
    ...answer,
    ...(unread.size > 0 ? { unread: [...unread] } : {}),
    ...(skipped.length > 0 ? { skipped } : {}),
  };
}
