/** The report of one campaign: where everybody stands, and how the messages went out. Looking opens nothing. */
import type { CampaignId } from "../../domain/campaign.ts";
import type { CampaignReads } from "../../storage/ports/reads.ts";
import type { CampaignReport, CampaignView, ReportWords } from "../app.ts";
import type { DrawReport } from "./report-picture.ts";

export interface ReportParts {
  readonly view: (id: CampaignId) => Promise<CampaignView | undefined>;
  readonly reads: Pick<CampaignReads, "deliveries">;
  readonly draw: DrawReport;
}

/** The report of a campaign; undefined for an unknown id. */
export async function campaignReport(
  { view: viewOf, reads }: Omit<ReportParts, "draw">,
  id: CampaignId,
): Promise<CampaignReport | undefined> {
  const [view, deliveries] = await Promise.all([viewOf(id), reads.deliveries(id)]);
  return view && deliveries && { view, deliveries };
}

/** The same as a picture, PNG. */
export async function drawnReport(
  parts: ReportParts,
  id: CampaignId,
  words: ReportWords,
): Promise<Uint8Array | undefined> {
  const report = await campaignReport(parts, id);
  return report && parts.draw(words(report));
}
