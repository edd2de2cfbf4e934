/** How a campaign and its people stand once what was taken back and mended is counted in. */
import type { ChannelManifest } from "../../channels/channel.ts";
import type { Amendment } from "../../domain/amending/amendment.ts";
import type { AmendedMessage, AmendmentFold } from "../../domain/amending/amendment-fold.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { AmendmentStore } from "../../storage/ports/amendments.ts";
import type { ResultRow as StoredRow } from "../../storage/ports/ledger.ts";
import type { Results as StoredResults } from "../../storage/ports/reads.ts";
import type { AmendedView, AmendingCan, AmendingView } from "./amending.ts";

/** One recipient as the report shows it. */
export interface ResultRow extends StoredRow {
  /** How the message stands now; absent: as it was sent. */
  readonly amended?: AmendedMessage;
  /** When they answered first, ms since the epoch; absent: they did not, as far as answers are kept. */
  readonly answeredAt?: number;
}

export interface Results extends Omit<StoredResults, "rows"> {
  readonly rows: AsyncIterable<ResultRow>;
}

/** The results with every message as it stands now. */
export async function withAmendments(
  amendments: Pick<AmendmentStore, "read">,
  id: CampaignId,
  results: StoredResults | undefined,
): Promise<Results | undefined> {
  if (!results) return undefined;
  const fold = await amendments.read(id);
  return fold.all.length === 0 ? results : { ...results, rows: amendedRows(results.rows, fold) };
}

async function* amendedRows(rows: AsyncIterable<StoredRow>, fold: AmendmentFold): AsyncGenerator<ResultRow> {
  for await (const row of rows) {
    const amended = row.state === "sent" ? fold.of(row.ordinal) : undefined;
    yield amended ? { ...row, amended } : row;
  }
}

/** A view with what amending adds to it. @param manifest Of the campaign's channel, where it is set up */
export async function withAmended<T extends object>(
  view: T | undefined,
  fold: () => Promise<AmendmentFold>,
  manifest?: ChannelManifest,
): Promise<(T & AmendedView) | undefined> {
  return view && { ...view, ...amendedView(await fold(), manifest) };
}

function amendedView(fold: AmendmentFold, manifest: ChannelManifest | undefined): AmendedView {
  const totals = fold.totals();
  const { open } = fold;
  const begun = fold.all.map(({ kind, by, at, count }) => ({ kind, by, at, count }));
  const can = canAmend(manifest);
  return {
    ...(can ? { amends: can } : {}),
    ...(totals.takenBack + totals.mended > 0 ? { amended: totals } : {}),
    ...(open ? { amending: amendingView(fold, open) } : {}),
    ...(begun.length > 0 ? { amendments: begun } : {}),
  };
}

/** How one amendment fares; undefined when there is none of this number. */
export async function amendmentView(
  amendments: Pick<AmendmentStore, "read">,
  id: CampaignId,
  number: number,
): Promise<AmendingView | undefined> {
  const fold = await amendments.read(id);
  const found = fold.get(number);
  return found && amendingView(fold, found);
}

function amendingView(fold: AmendmentFold, { number, kind, status, count, why }: Amendment): AmendingView {
  const { done, kept, uncertain } = fold.counts(number);
  return { kind, status, count, done, kept, uncertain, ...(why === undefined ? {} : { why }) };
}

function canAmend(manifest: ChannelManifest | undefined): AmendingCan | undefined {
  const { takesBack, mends = false } = manifest?.amends ?? {};
  if (!takesBack && !mends) return undefined;
  const { withinMs } = takesBack ?? {};
  return {
    takesBack: takesBack !== undefined,
    mends,
    ...(withinMs === undefined ? {} : { takesBackWithinMs: withinMs }),
  };
}
