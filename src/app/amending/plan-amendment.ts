/** Whose messages an amendment would be about, and whose must stay: counted by the very rule that it goes by. */
import { amendingStep } from "../../domain/amending/next-amending.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { columnsOf } from "../../domain/campaign.ts";
import { messageOf } from "../../domain/message-at.ts";
import { revisionNumber } from "../../domain/revision.ts";
import type { AmendmentStore } from "../../storage/ports/amendments.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { ResultRow } from "../../storage/ports/ledger.ts";
import type { CampaignReads } from "../../storage/ports/reads.ts";
import type { AppParts } from "../app-parts.ts";
import { checkMessage } from "../drafts/check-message.ts";
import type { MessageProblem, Preview } from "../drafts/draft.ts";
import { createRenderer } from "../drafts/renderer.ts";
import type { AmendmentPlan, AmendmentRequest } from "./amending.ts";

export interface PlanParts extends Pick<AppParts, "channels" | "clock"> {
  readonly amendments: Pick<AmendmentStore, "read">;
  readonly campaigns: Pick<CampaignStore, "get">;
  readonly reads: Pick<CampaignReads, "results">;
}

type Wanted = Pick<AmendmentRequest, "kind" | "scope" | "message">;

/** Undefined for an unknown id. */
export async function planAmendment(
  parts: PlanParts,
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
    ...problemsIn(parts, campaign, { kind, ...(message ? { message } : {}) }),
    ...(message && first ? { preview: previewOf(message, first) } : {}),
  };
}

function previewOf({ text, extras }: NonNullable<Wanted["message"]>, row: ResultRow): Preview {
  const format = extras?.format === undefined ? {} : { extras: { format: extras.format } };
  return { username: row.username, text: createRenderer({ message: text, ...format })(row) };
}

/** What stands in the way of all of it. */
function problemsIn(
  { channels }: PlanParts,
  campaign: Campaign,
  { kind, message }: Omit<Wanted, "scope">,
): Pick<AmendmentPlan, "cannot" | "problems"> {
  const manifest = channels.get(campaign.channel)?.manifest;
  const { takesBack, mends = false } = manifest?.amends ?? {};
  if (kind === "takeBack" ? takesBack === undefined : !mends) return { cannot: true };
  const problems = message ? problemsWith({ channels }, campaign, message) : [];
  return problems.length > 0 ? { problems } : {};
}

function problemsWith(
  { channels }: Pick<PlanParts, "channels">,
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
