/** What a claiming transaction has decided and not written yet, and how the campaign stands by it. */
import type { CampaignEvent } from "../../../domain/campaign-event.ts";
import { passedOverDetail } from "../../../domain/ending-events.ts";
import { textLanguage } from "../../../domain/languages/spoken.ts";
import { languagesOf } from "../../../domain/languages/text-in.ts";
import type { Claim } from "../../../domain/journal.ts";
import type { Skip } from "../../../domain/recipient.ts";
import type { ClaimRequest, PassedOver } from "../../ports/ledger.ts";
import { jsonOf } from "../json.ts";
import * as sql from "./claim-sql.ts";
import type { RecipientFacts } from "./facts.ts";
import type { Tally } from "./tally.ts";
import type { TakingParts } from "./begun.ts";

/** A claim whose person turned out to be claimed under another name at the same moment: what was read is not true any more. */
export class OutdatedError extends Error {}

interface Taken {
  readonly facts: RecipientFacts;
  readonly waits: boolean;
  readonly language: string | undefined;
}

export class Decided {
  readonly #its: TakingParts;
  readonly #taken: Taken[] = [];
  readonly #claims: Claim[] = [];
  #passed: { readonly facts: RecipientFacts; readonly skip: Skip }[] = [];
  readonly #told: CampaignEvent[] = [];
  #leftOut: { readonly ordinal: number; readonly until: number }[] = [];
  /** Under which ordinal each person is written to since. */
  readonly #people = new Map<string, number>();
  #passedCount = 0;
  #firsts = 0;

  constructor(its: TakingParts) {
    this.#its = its;
  }

  get claimed(): number {
    return this.#taken.length;
  }

  /** What is known of somebody, who may be claimed under another name since it was read. */
  asItIsNow(facts: RecipientFacts): RecipientFacts {
    const writtenTo = this.#people.get(facts.person.personId ?? "");
    return writtenTo === undefined ? facts : { ...facts, writtenTo };
  }

  /** How many stand where by it. */
  tally(): Pick<Tally, "counts" | "charged"> {
    const { counts, charged } = this.#its.begun.tally;
    const [claimed, passed] = [this.claimed, this.#passedCount];
    return {
      counts: {
        ...counts,
        planned: counts.planned - claimed - passed,
        claimed: counts.claimed + claimed,
        skipped: counts.skipped + passed,
      },
      charged: { messages: charged.messages + claimed, lookUps: charged.lookUps + this.#firsts },
    };
  }

  /** Answers as what it is told. */
  passOver(facts: RecipientFacts, skip: Skip): PassedOver {
    const { parts, begun } = this.#its;
    const { ordinal, username } = facts.recipient;
    const by = skip.reason === "otherCampaign" && skip.by !== undefined ? { by: skip.by } : {};
    const passed = { ordinal, username, reason: skip.reason, ...by };
    this.#passed.push({ facts, skip });
    this.#passedCount++;
    this.#told.push({ ...passedOverDetail(passed), campaignId: parts.campaign.id, at: begun.now });
    return passed;
  }

  /** @param until ms since the epoch */
  leaveOut({ recipient: { ordinal } }: RecipientFacts, until: number): void {
    this.#leftOut.push({ ordinal, until });
  }

  /** Answers its place among all that are claimed. */
  claimFor({ waits = false }: ClaimRequest, facts: RecipientFacts): number {
    const { recipient, person, attempts } = facts;
    const { extras } = this.#its.parts.campaign;
    const language = extras?.translations && textLanguage(languagesOf(extras), recipient.variables, person);
    if (person.personId !== undefined) this.#people.set(person.personId, recipient.ordinal);
    if (attempts === 0) this.#firsts++;
    return this.#taken.push({ facts, waits, language }) - 1;
  }

  /** One that is written. */
  claim(nth: number): Claim {
    const claim = this.#claims[nth];
    if (!claim) throw new Error("the claim is not written");
    return claim;
  }

  async write(): Promise<void> {
    await this.#writePassed();
    await this.#writeLeftOut();
    await this.#writeClaims();
  }

  /** Tells of what is written, once nothing more will be. */
  async tell(): Promise<void> {
    if (this.#told.length > 0) await this.#its.connection.query(sql.TELL, [jsonOf(this.#told)]);
  }

  async #writePassed(): Promise<void> {
    const passed = this.#passed;
    if (passed.length === 0) return;
    this.#passed = [];
    const { connection, parts, begun } = this.#its;
    await connection.query(sql.PASS_OVER, [
      parts.campaign.id,
      passed.map(({ facts }) => facts.recipient.ordinal),
      passed.map(({ skip }) => skip.reason),
      passed.map(({ skip }) => skip.by ?? null),
      begun.now,
    ]);
  }

  async #writeLeftOut(): Promise<void> {
    const out = this.#leftOut;
    if (out.length === 0) return;
    this.#leftOut = [];
    const { connection, parts } = this.#its;
    const asked = [out.map(({ ordinal }) => ordinal), out.map(({ until }) => until)];
    await connection.query(sql.LEAVE_OUT, [parts.campaign.id, ...asked]);
  }

  async #writeClaims(): Promise<void> {
    const fresh = this.#taken.slice(this.#claims.length);
    if (fresh.length === 0) return;
    const { connection, parts, begun } = this.#its;
    const { id, channel } = parts.campaign;
    const entries = fresh.map((taken) => this.#entryOf(taken));
    const asked = [id, parts.owner, channel, begun.now, jsonOf(entries)];
    const { rows } = await connection.query<{ ids: readonly number[] | null }>(sql.MAKE_CLAIMS, asked);
    const ids = rows[0]?.ids;
    if (!ids) throw new OutdatedError();
    fresh.forEach((taken, nth) => this.#claims.push(this.#claimOf(taken, String(ids[nth]))));
  }

  #entryOf({ facts: { recipient, attempts, person }, waits, language }: Taken) {
    const { parts, begun, requests } = this.#its;
    const { revision = 0 } = parts.campaign;
    return {
      t: "claim",
      r: recipient.ordinal,
      a: requests[0]?.account,
      n: attempts + 1,
      p: person.personId,
      v: revision > 0 ? revision : undefined,
      l: language,
      w: waits ? true : undefined,
      at: begun.now,
    };
  }

  #claimOf({ facts: { recipient, attempts }, language }: Taken, id: string): Claim {
    const { parts, begun, requests } = this.#its;
    const { campaign, owner } = parts;
    return {
      id,
      campaignId: campaign.id,
      recipient,
      account: requests[0]?.account ?? "",
      attempt: attempts + 1,
      revision: campaign.revision ?? 0,
      ...(language === undefined ? {} : { language }),
      at: begun.now,
      owner,
    };
  }
}
