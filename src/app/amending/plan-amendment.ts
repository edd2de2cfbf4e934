/** Whose messages an amendment would be about, and whose must stay: counted by the very rule that it goes by. */
import type { AmendmentFold } from "../../domain/amending/amendment-fold.ts";
import { isInScope } from "../../domain/amending/amendment.ts";
import type { TextNow } from "../../domain/amending/message-now.ts";
import { messageNow } from "../../domain/amending/message-now.ts";
import { amendingStep } from "../../domain/amending/next-amending.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { columnsOf } from "../../domain/campaign.ts";
import { withTexts } from "../../domain/languages/text-in.ts";
import { revisionNumber } from "../../domain/revision.ts";
import { createMending } from "../../engine/amending/mending.ts";
import type { AmendmentStore } from "../../storage/ports/amendments.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { ResultRow } from "../../storage/ports/ledger.ts";
import type { SuppressionStore } from "../../storage/ports/people.ts";
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
  readonly suppression: Pick<SuppressionStore, "questions">;
}

type Wanted = Pick<AmendmentRequest, "kind" | "scope" | "message">;

/** Undefined for an unknown id. */
export async function planAmendment(
  parts: PlanParts,
  id: CampaignId,
  wanted: Wanted,
): Promise<AmendmentPlan | undefined> {
  const { campaigns, reads, amendments } = parts;
  const campaign = await campaigns.get(id);
  const results = await reads.results(id);
  if (!campaign || !results) return undefined;
  const problems = problemsIn(parts, campaign, wanted);
  const { message, ...whose } = wanted;
  const made = message && !problems.problems ? { ...whose, message } : whose;
  const fold = await amendments.read(id);
  const about = { campaign, fold, wanted: made };
  const tally = await counted(parts, results.rows, about);
  const revisions = [...tally.byRevision].toSorted(([a], [b]) => a - b);
  return {
    ...tally.stays,
    earlier: fold.all.length,
    count: revisions.reduce((sum, [, { count }]) => sum + count, 0),
    revisions: revisions.map(([revision, { count, text }]) => ({
      revision: revisionNumber(revision),
      count,
      text,
    })),
    ...commonest(tally.texts),
    ...problems,
    ...(grows(campaign, wanted) ? { grows: true } : {}),
    ...(tally.preview ? { preview: tally.preview } : {}),
  };
}

/** What goes out now is of the last revision. */
function grows({ status, revision = 0 }: Campaign, { scope }: Wanted): boolean {
  return status === "running" && scope.kind !== "name" && isInScope(scope, { username: "", revision });
}

interface About {
  readonly campaign: Campaign;
  readonly fold: AmendmentFold;
  readonly wanted: Wanted;
}

async function counted(parts: PlanParts, rows: AsyncIterable<ResultRow>, about: About) {
  const { campaign, fold, wanted } = about;
  const manifest = parts.channels.get(campaign.channel)?.manifest;
  const now = parts.clock.now();
  const stays = { tooOld: 0, unknown: 0, optedOut: 0, unfit: 0, otherLanguage: 0 };
  const byRevision = new Map<number, { count: number; readonly text: string }>();
  const languages = new Map<string, number>();
  const texts = new Map<string, { count: number; readonly now: TextNow }>();
  let preview: Preview | undefined;
  const isOut = wanted.kind === "mend" ? await parts.suppression.questions() : () => undefined;
  const message = manifest && wanted.message;
  const mending =
    message && createMending({ ...about, message, scope: wanted.scope, manifest, renderer: createRenderer });
  for await (const row of rows) {
    const before = { here: undefined, stands: fold.of(row.ordinal), abilities: manifest?.amends ?? {}, now };
    const step = amendingStep({ ...wanted, at: now }, row, before);
    if (step.kind === "pass") continue;
    const mended = step.kind === "call" ? mending?.(row) : undefined;
    if (step.kind === "keep") stays[step.why === "tooOldToTakeBack" ? "tooOld" : "unknown"]++;
    else if (isOut(row.username) !== undefined) stays.optedOut++;
    else if (mended?.unfit === "otherLanguage") {
      stays.otherLanguage++;
      const { language = "" } = row;
      languages.set(language, (languages.get(language) ?? 0) + 1);
    } else if (mended?.unfit) stays.unfit++;
    else {
      if (mended) preview ??= { username: row.username, text: mended.text };
      const has = messageNow(campaign, fold, row);
      add(byRevision, row.revision ?? 0, { text: has.message });
      add(texts, JSON.stringify(has), { now: has });
    }
  }
  const otherLanguages = [...languages].map(([language, count]) => ({ language, count }));
  return {
    stays: { ...stays, ...(languages.size > 0 ? { otherLanguages } : {}) },
    byRevision,
    texts,
    preview,
  };
}

/** Counts one more of them. */
function add<K, V extends object>(counts: Map<K, V & { count: number }>, key: K, first: V): void {
  const known = counts.get(key);
  if (known) known.count++;
  else counts.set(key, { ...first, count: 1 });
}

function commonest(
  texts: ReadonlyMap<string, { readonly count: number; readonly now: TextNow }>,
): Pick<AmendmentPlan, "now"> {
  const [first] = [...texts.values()].toSorted((a, b) => b.count - a.count);
  return first ? { now: first.now } : {};
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
  { text, extras, keepsExtras }: NonNullable<AmendmentRequest["message"]>,
): readonly MessageProblem[] {
  const manifest = channels.get(campaign.channel)?.manifest;
  if (!manifest) return [];
  const { extras: takes, ...room } = manifest;
  const { attachment: _, ...kept } = campaign.extras ?? {};
  const beside = keepsExtras ? withTexts(kept, extras?.translations) : extras;
  const columns = [...new Set(campaign.lists.flatMap(columnsOf))];
  return checkMessage(text, columns, {
    channel: { ...room, ...(takes ? { takes } : {}) },
    ...(beside ? { extras: beside } : {}),
  });
}
