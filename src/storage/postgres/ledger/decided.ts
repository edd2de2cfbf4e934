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

interface Taken {
  readonly claim: Claim;
  readonly personId: string | undefined;
  readonly waits: boolean;
}

export class Decided {
  readonly #its: TakingParts;
  readonly #taken: Taken[] = [];
  /** So many of them are written. */
  #written = 0;
  #passed: { readonly r: number; readonly reason: string; readonly by?: string }[] = [];
  readonly #told: CampaignEvent[] = [];
  #leftOut: { readonly r: number; readonly until: number }[] = [];
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
    this.#passed.push({ r: ordinal, reason: skip.reason, ...(skip.by === undefined ? {} : { by: skip.by }) });
    this.#passedCount++;
    this.#told.push({ ...passedOverDetail(passed), campaignId: parts.campaign.id, at: begun.now });
    return passed;
  }

  /** @param until ms since the epoch */
  leaveOut({ recipient: { ordinal } }: RecipientFacts, until: number): void {
    this.#leftOut.push({ r: ordinal, until });
  }

  claimFor({ waits = false }: ClaimRequest, facts: RecipientFacts): Claim {
    const { recipient, person, attempts } = facts;
    const { personId } = person;
    const { extras } = this.#its.parts.campaign;
    const language = extras?.translations && textLanguage(languagesOf(extras), recipient.variables, person);
    if (personId !== undefined) this.#people.set(personId, recipient.ordinal);
    if (attempts === 0) this.#firsts++;
    const claim = this.#claimOf(facts, language);
    this.#taken.push({ claim, personId, waits });
    return claim;
  }

  /** Writes before more is asked; what is told of it waits. */
  async write(): Promise<void> {
    if (this.#isWritten) return;
    await this.#its.connection.query(sql.WRITE_DECIDED, this.#values([]));
  }

  /** Has the rest written with the commit, and all of it told. */
  writeWithCommit(): void {
    if (this.#isWritten && this.#told.length === 0) return;
    this.#its.connection.withCommit(sql.WRITE_DECIDED, this.#values(this.#told));
  }

  get #isWritten(): boolean {
    return this.#written === this.#taken.length && this.#passed.length + this.#leftOut.length === 0;
  }

  #values(told: readonly CampaignEvent[]): readonly unknown[] {
    const { parts, begun } = this.#its;
    const { id, channel } = parts.campaign;
    const fresh = this.#taken.slice(this.#written);
    const decided = [jsonOf(this.#passed), jsonOf(this.#leftOut)];
    this.#written = this.#taken.length;
    [this.#passed, this.#leftOut] = [[], []];
    const ids = fresh.map(({ claim }) => claim.id);
    const entries = fresh.map((taken) => this.#entryOf(taken));
    return [id, parts.owner, channel, begun.now, ...decided, ids, jsonOf(entries), jsonOf(told)];
  }

  #entryOf({ claim, personId, waits }: Taken) {
    const { recipient, account, attempt, revision = 0, language, at } = claim;
    return {
      t: "claim",
      r: recipient.ordinal,
      a: account,
      n: attempt,
      p: personId,
      v: revision > 0 ? revision : undefined,
      l: language,
      w: waits ? true : undefined,
      at,
    };
  }

  #claimOf({ recipient, attempts }: RecipientFacts, language: string | undefined): Claim {
    const { parts, begun, requests } = this.#its;
    const { campaign, owner } = parts;
    const id = begun.ids[this.claimed];
    if (id === undefined) throw new Error("more are claimed than were asked for");
    return {
      id: String(id),
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
