/** Who is claimed of those who are due: they are locked and asked about, passed over or left out, until one may be written to. */
import { z } from "zod";
import type { Campaign } from "../../../domain/campaign.ts";
import type { Claim } from "../../../domain/journal.ts";
import { textLanguage } from "../../../domain/languages/spoken.ts";
import { languagesOf } from "../../../domain/languages/text-in.ts";
import type { Skip } from "../../../domain/recipient.ts";
import type { ClaimAnswer, ClaimRequest, PassedOver } from "../../ports/ledger.ts";
import type { Queryable } from "../database.ts";
import { jsonOf } from "../json.ts";
import * as sql from "./claim-sql.ts";
import type { RecipientFacts } from "./facts.ts";
import { dueFacts } from "./facts.ts";
import type { LedgerParts } from "./ledger-parts.ts";
import { leftOut, whyNot } from "./why-not.ts";

/** Recipients looked at in one claim at most; whoever passes over more comes back at once. */
const MOST_LOOKED_AT = 1000;

/** Recipients asked about at first; more once somebody was passed over. */
const FIRST = 1;
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

/** A claim whose person turned out to be claimed under another name at the same moment: what was read is not true any more. */
export class OutdatedError extends Error {}

interface TakingParts {
  readonly connection: Queryable;
  readonly parts: LedgerParts;
  readonly stored: Campaign;
  readonly opened: Campaign;
  readonly request: ClaimRequest;
  readonly account: string;
  readonly at: number;
}

/** Going through those who are due until somebody is claimed. */
export class Taking {
  readonly #its: TakingParts;
  readonly #skipped: PassedOver[] = [];
  readonly #unread = new Set<string>();

  constructor(its: TakingParts) {
    this.#its = its;
  }

  async take(): Promise<ClaimAnswer> {
    let most = FIRST;
    for (let looked = 0; looked < MOST_LOOKED_AT; most = MORE) {
      const due = await this.#due(most);
      if (due.length === 0) return this.#answer(await this.#noneDue());
      looked += due.length;
      const claim = await this.#firstOf(due);
      if (claim) return this.#answer({ kind: "claimed", claim });
    }
    return this.#answer({ kind: "noneDue", dueInMs: 0 });
  }

  #due(most: number): Promise<readonly RecipientFacts[]> {
    const { connection, opened, stored, account, at, request } = this.#its;
    const asked = {
      rules: opened,
      campaign: stored,
      revision: opened.revision ?? 0,
      asksHeard: request.heardWithinMs !== undefined,
    };
    return dueFacts(connection, asked, { account, at, most });
  }

  /** Claims the first of them who may be written to; those before are passed over or left out. */
  async #firstOf(due: readonly RecipientFacts[]): Promise<Claim | undefined> {
    const { opened, at, request, connection } = this.#its;
    const passed: { readonly facts: RecipientFacts; readonly skip: Skip }[] = [];
    let first: RecipientFacts | undefined;
    for (const facts of due) {
      const skip = whyNot(facts, opened, at);
      const { heardWithinMs } = request;
      const out = skip || heardWithinMs === undefined ? undefined : leftOut(facts, at - heardWithinMs, at);
      if (skip) passed.push({ facts, skip });
      else if (out) {
        const until = Math.min(out.until, NEVER);
        await connection.query(sql.LEAVE_OUT, [opened.id, facts.recipient.ordinal, until]);
        for (const account of out.unread) this.#unread.add(account);
      } else {
        first = facts;
        break;
      }
    }
    await this.#passOver(passed);
    return first && this.#claim(first);
  }

  async #passOver(passed: readonly { readonly facts: RecipientFacts; readonly skip: Skip }[]): Promise<void> {
    if (passed.length === 0) return;
    const { connection, opened, at } = this.#its;
    await connection.query(sql.PASS_OVER, [
      opened.id,
      passed.map(({ facts }) => facts.recipient.ordinal),
      passed.map(({ skip }) => skip.reason),
      passed.map(({ skip }) => skip.by ?? null),
      at,
    ]);
    for (const { facts, skip } of passed) {
      const { ordinal, username } = facts.recipient;
      const { reason, by } = skip;
      const isOther = reason === "otherCampaign" && by !== undefined;
      this.#skipped.push({ ordinal, username, reason, ...(isOther ? { by } : {}) });
    }
  }

  async #claim({ recipient, attempts, person }: RecipientFacts): Promise<Claim> {
    const { connection, opened, parts, account, request, at } = this.#its;
    const { id: campaignId, channel, revision = 0, extras } = opened;
    const language = extras?.translations && textLanguage(languagesOf(extras), recipient.variables, person);
    const attempt = attempts + 1;
    const entry = {
      t: "claim",
      r: recipient.ordinal,
      a: account,
      n: attempt,
      p: person.personId,
      v: revision > 0 ? revision : undefined,
      l: language,
      w: request.waits ? true : undefined,
      at,
    };
    const asked = [campaignId, recipient.ordinal, parts.owner, channel, at, jsonOf(entry)];
    const { rows } = await connection.query<{ id: number | null }>(sql.MAKE_CLAIM, asked);
    const id = rows[0]?.id;
    if (typeof id !== "number") throw new OutdatedError();
    const made = {
      id: String(id),
      campaignId,
      recipient,
      account,
      attempt,
      revision,
      at,
      owner: parts.owner,
    };
    return language === undefined ? made : { ...made, language };
  }

  async #noneDue(): Promise<ClaimAnswer> {
    const { connection, opened, account, at } = this.#its;
    const { rows } = await connection.query(sql.WAITING, [opened.id, account]);
    const { dueAt, isFresh, unheard, others } = waitingSchema.parse(rows[0]);
    // Whoever is due and was not found is just being claimed by somebody else.
    const isTaken = isFresh || (dueAt !== null && dueAt <= at);
    const waitsMs = dueAt === null ? undefined : dueAt >= NEVER ? Infinity : dueAt - at;
    const dueInMs = isTaken ? SEEN_SOON_MS : waitsMs;
    return {
      kind: "noneDue",
      ...(dueInMs === undefined ? {} : { dueInMs }),
      ...(unheard ? { unheard: true } : {}),
      ...(others.length > 0 ? { others } : {}),
    };
  }

  #answer(answer: ClaimAnswer): ClaimAnswer {
    return {
      ...answer,
      ...(this.#unread.size > 0 ? { unread: [...this.#unread] } : {}),
      ...(this.#skipped.length > 0 ? { skipped: this.#skipped } : {}),
    };
  }
}
