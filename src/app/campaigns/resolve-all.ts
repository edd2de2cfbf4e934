import type { CampaignId } from "../../domain/campaign.ts";
import type { Decision } from "../../engine/decision.ts";
import type { AppParts } from "../app-parts.ts";

/** Decided in one go: they share the disk's syncs. */
const TOGETHER = 500;

/** What became of many who were decided on together. */
export interface ResolvedAll {
  readonly decided: number;
  /** Settled by somebody else meanwhile, or not uncertain any more: left as they are. */
  readonly left: number;
}

/** Decides on those of the names that are still uncertain, and on nobody else, who may have become so meanwhile. */
export async function resolveAll(
  parts: Pick<AppParts, "engine">,
  id: CampaignId,
  { decision, names }: { readonly decision: Decision; readonly names: readonly string[] },
): Promise<ResolvedAll> {
  const open = await parts.engine.find(id);
  const meant = new Set(names);
  if (!open) return { decided: 0, left: meant.size };
  const claims = (await open.ledger.uncertain()).filter(({ recipient }) => meant.has(recipient.username));
  let decided = 0;
  for (let start = 0; start < claims.length; start += TOGETHER) {
    const answers = await Promise.all(
      claims.slice(start, start + TOGETHER).map((claim) => open.decide(claim, decision)),
    );
    decided += answers.filter(Boolean).length;
  }
  return { decided, left: meant.size - decided };
}
