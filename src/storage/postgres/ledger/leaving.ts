/**
 * Whether the call of a claim may leave now, asked of everything anew, for all that ask at the same moment in one statement:
 * an opt-out, a pause and a lost lease bind from the moment they are stored. Where the claim waited, that it leaves is
 * written before it does.
 *
 * What is stored between that statement and the call comes too late to keep it back, and doubles nobody: whoever leaves is
 * claimed, and stays so for as long as the lease lasts, which is {@link CALL_MS} from the statement on and so
 * `CALL_MS - ANSWER_MS` from the call on. Until then nobody sweeps the claim; an opt-out or a pause ends none, so the person
 * gets the one message that is under way. Once swept it is uncertain, and sent again only on the word of a channel or of the
 * operator: a channel that is read back says for itself how long a message may take to show, a dedup key makes it one.
 */
import type { Campaign } from "../../../domain/campaign.ts";
import type { Claim } from "../../../domain/journal.ts";
import { Groups } from "../../../lib/groups.ts";
import { isOfOne } from "../database-error.ts";
import { askedOf, settled } from "./asked.ts";
import { LEAVE } from "./claim-sql.ts";
import type { ClaimStands } from "./facts.ts";
import { standingOf } from "./facts.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import type { LateCalls } from "./late-calls.ts";
import { LATE_MS } from "./late-calls.ts";
import { CALL_MS, LeaseLostError } from "./owner.ts";
import { StoredCampaigns, closedBy } from "./stored-campaigns.ts";
import { whyNot } from "./why-not.ts";

/** Asked about in one statement at most. */
const MOST_AT_ONCE = 500;

/**
 * An answer that was longer on its way says nothing of now, in ms: this process may have been frozen with it in hand, and
 * others have settled its claims. Less than {@link CALL_MS}, so that some of the lease is left by any answer that counts.
 */
const ANSWER_MS = 15_000;

/** A database that answers slowly, as ever, is not asked more often than this for a fresher answer. */
const MOST_TRIES = 3;

/** How a claim stands at a moment of the database's, and its campaign. */
interface StandsNow extends ClaimStands {
  readonly now: number;
  readonly campaign: Campaign;
}

export class Leaving {
  readonly #parts: LedgerParts;
  readonly #stored = new StoredCampaigns();
  readonly #asked: Groups<Claim, StandsNow | undefined>;
  readonly #written: Groups<Claim, boolean>;
  readonly #late: LateCalls;

  constructor(parts: LedgerParts, late: LateCalls) {
    this.#parts = parts;
    this.#late = late;
    this.#asked = new Groups({ carryOut: (claims) => this.#stand(claims), most: MOST_AT_ONCE });
    this.#written = new Groups({ carryOut: (claims) => this.#write(claims), most: MOST_AT_ONCE, isOfOne });
  }

  /** Whatever is written on the way, and however long that takes: who it is for and how it counts is asked once more after it. */
  async leave(claim: Claim): Promise<boolean> {
    let countedAt = claim.at;
    for (let tries = 0; ; tries++) {
      const stands = await this.#standsNow(claim);
      if (stands?.state !== "claimed") return false;
      if (tries < MOST_TRIES && this.#isLate(claim, stands, countedAt)) {
        const at = await this.#late.countsAnew(claim, stands.campaign);
        if (at === undefined) return false;
        countedAt = at;
      } else if (stands.waits) {
        if (!(await this.#written.ask(claim))) return false;
      } else return true;
    }
  }

  /** Only where it counts at all; the others leave whenever they may. */
  #isLate(claim: Claim, { now, campaign }: StandsNow, countedAt: number): boolean {
    return now - countedAt > LATE_MS && this.#late.isLimited(claim, campaign);
  }

  async mayRepeat(claim: Claim): Promise<boolean> {
    return (await this.#standsNow(claim)) !== undefined;
  }

  async #standsNow(claim: Claim): Promise<StandsNow | undefined> {
    const { clock } = this.#parts;
    for (let tries = 1; ; tries++) {
      const askedAt = clock.now();
      const stands = await this.#asked.ask(claim);
      const tookMs = clock.now() - askedAt;
      if (tookMs < 0) continue; // this clock was set back, and how long it took nobody knows
      // On its way it got older: how late a call is counts to where it is in hand.
      if (tookMs <= LATE_MS || (tookMs <= ANSWER_MS && tries >= MOST_TRIES))
        return stands && { ...stands, now: stands.now + tookMs };
    }
  }

  /** Undefined when a claim is not open any more, or its call must not be made by all that is asked. */
  async #stand(claims: readonly Claim[]): Promise<readonly (StandsNow | undefined)[]> {
    const { database, campaign, owner, windows } = this.#parts;
    const ordinals = claims.map(({ recipient }) => recipient.ordinal);
    const asked = { ordinals, owner, leaseMs: CALL_MS };
    const { now, isOwner, campaigns, ...found } = await standingOf(database, campaign, asked);
    if (!isOwner) throw new LeaseLostError();
    const stored = this.#stored.take(campaigns);
    const as = stored();
    if (!as || closedBy(stored, now, windows)) return claims.map(() => undefined);
    return claims.map(({ id, recipient }) => {
      const stands = found.claims.get(recipient.ordinal);
      const facts = found.people.get(recipient.ordinal);
      const mayCall = String(stands?.claimId) === id && !(facts && whyNot(facts, campaign, now));
      return mayCall && stands ? { ...stands, now, campaign: as } : undefined;
    });
  }

  async #write(claims: readonly Claim[]): Promise<readonly boolean[]> {
    const { database, campaign, owner } = this.#parts;
    const { rows } = await database.query(LEAVE, [campaign.id, owner, JSON.stringify(claims.map(askedOf))]);
    return settled(rows);
  }
}
