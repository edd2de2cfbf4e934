/**
 * Takes back and mends what a campaign sent. Promises that whatever can't be done any more is said with its number before
 * anything begins, and that a text which could not be sent is not put in the place of one either.
 */
import type { AmendmentScope } from "../../domain/amending/amendment.ts";
import { amendingStep } from "../../domain/amending/next-amending.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { columnsOf } from "../../domain/campaign.ts";
import { messageOf } from "../../domain/message-at.ts";
import { revisionNumber } from "../../domain/revision.ts";
import type { ResultRow } from "../../storage/ports/ledger.ts";
import type { AppParts } from "../app-parts.ts";
import { idMeant } from "../campaigns/campaign-id.ts";
import { checkMessage } from "../drafts/check-message.ts";
import type { MessageProblem, Preview } from "../drafts/draft.ts";
import { createRenderer } from "../drafts/renderer.ts";
import type { AmendResult, Amending, AmendmentPlan, AmendmentRequest } from "./amending.ts";

type AmendingParts = Pick<AppParts, "amender" | "amendments" | "campaigns" | "reads" | "channels" | "clock">;

export function createAmending(parts: AmendingParts): Amending {
  const meant = (id: string): Promise<CampaignId> => idMeant(parts.campaigns, id);
  return {
    planAmendment: async (id, wanted) => planAmendment(parts, await meant(id), wanted),
    amend: async (id, request) => amend(parts, await meant(id), request),
    steerAmending: async (id, deed) => {
      const named = await meant(id);
      return (await parts.campaigns.get(named)) ? parts.amender[deed](named) : false;
    },
  };
}

type Wanted = Omit<AmendmentRequest, "by">;

async function planAmendment(
  parts: AmendingParts,
  id: CampaignId,
  { kind, scope, message }: Wanted,
): Promise<AmendmentPlan | undefined> {
  const { campaigns, reads, channels, amendments, clock } = parts;
  const campaign = await campaigns.get(id);
  const results = await reads.results(id);
  if (!campaign || !results) return undefined;
  const fold = await amendments.read(id);
  const now = clock.now();
  const abilities = channels.get(campaign.channel)?.manifest.amends ?? {};
  const counts = { tooOld: 0, unknown: 0 };
  const byRevision = new Map<number, number>();
  let first: ResultRow | undefined;
  for await (const row of results.rows) {
    const before = { here: undefined, stands: fold.of(row.ordinal), abilities, now };
    const step = amendingStep({ kind, scope, at: now }, row, before);
    if (step.kind === "call") first ??= row;
    if (step.kind === "call") byRevision.set(row.revision ?? 0, (byRevision.get(row.revision ?? 0) ?? 0) + 1);
    if (step.kind === "keep") counts[step.why === "tooOldToTakeBack" ? "tooOld" : "unknown"]++;
  }
  const revisions = [...byRevision].toSorted(([a], [b]) => a - b);
  return {
    ...counts,
    count: revisions.reduce((sum, [, count]) => sum + count, 0),
    revisions: revisions.map(([revision, count]) => ({
      revision: revisionNumber(revision),
      count,
      text: messageOf(campaign, { at: now, revision }).message,
    })),
    ...(message && first ? { preview: previewOf(message, first) } : {}),
  };
}

function previewOf({ text, extras }: NonNullable<Wanted["message"]>, row: ResultRow): Preview {
  const format = extras?.format === undefined ? {} : { extras: { format: extras.format } };
  return { username: row.username, text: createRenderer({ message: text, ...format })(row) };
}

async function amend(parts: AmendingParts, id: CampaignId, request: AmendmentRequest): Promise<AmendResult> {
  const { campaigns, channels, amender } = parts;
  const campaign = await campaigns.get(id);
  if (!campaign) return { ok: false, problem: "unknownCampaign" };
  const { kind, scope, message, by } = request;
  const abilities = channels.get(campaign.channel)?.manifest.amends;
  const isAble = kind === "takeBack" ? abilities?.takesBack !== undefined : abilities?.mends === true;
  if (!isAble || (kind === "mend") !== (message !== undefined)) return { ok: false, problem: "cannot" };
  const problems = message ? problemsWith(parts, campaign, message) : [];
  if (problems.length > 0) return { ok: false, problem: "message", problems };
  const plan = await planAmendment(parts, id, { kind, scope });
  const count = (plan?.count ?? 0) + (plan?.tooOld ?? 0) + (plan?.unknown ?? 0);
  if (!plan || plan.count === 0) return { ok: false, problem: "nobody" };
  const begun = await amender.begin(id, { kind, scope, count, by, ...(message ? { message } : {}) });
  return begun === "busy" ? { ok: false, problem: "busy" } : { ok: true, count: plan.count };
}

function problemsWith(
  { channels }: AmendingParts,
  campaign: Campaign,
  { text, extras }: NonNullable<AmendmentRequest["message"]>,
): readonly MessageProblem[] {
  const manifest = channels.get(campaign.channel)?.manifest;
  if (!manifest) return [];
  const { extras: takes, ...room } = manifest;
  const columns = [...new Set(campaign.lists.flatMap(columnsOf))];
  return checkMessage(text, columns, {
    channel: { ...room, ...(takes ? { takes } : {}) },
    ...(extras ? { extras } : {}),
  });
}

/** The scope that a revision as people count it, a name, or nothing means. */
export function scopeOf({
  revision,
  username,
}: {
  readonly revision?: number | undefined;
  readonly username?: string | undefined;
}): AmendmentScope {
  if (username !== undefined) return { kind: "name", username };
  return revision === undefined ? { kind: "all" } : { kind: "revision", revision: revision - 1 };
}
