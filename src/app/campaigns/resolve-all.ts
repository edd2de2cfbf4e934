import type { CampaignId } from "../../domain/campaign.ts";
import type { Decision } from "../../engine/uncertain/decision.ts";
import type { AppParts } from "../app-parts.ts";

/** Decided in one go: they share the disk's syncs. */
const TOGETHER = 500;

/** What became of many who were decided on together. */
export interface ResolvedAll {
  readonly decided: number;
  /** Settled by somebody else meanwhile, or not uncertain any more: left as they are. */
  readonly left: number;
}

/** What is decided on uncertain recipients. */
export interface DecisionOnAll {
  readonly decision: Decision;
  /** Ids of the claims that are meant: told twice, it still decides on no later uncertainty of the same people. */
  readonly claims: readonly string[];
}

/** Decides on those claims that are still uncertain, and on nobody else, who may have become so meanwhile. */
export async function resolveAll(
  parts: Pick<AppParts, "engine">,
  id: CampaignId,
  { decision, claims }: DecisionOnAll,
): Promise<ResolvedAll> {
  const meant = new Set(claims);
  const open = meant.size === 0 ? undefined : await parts.engine.find(id);
  if (!open) return { decided: 0, left: meant.size };
  const uncertain = (await open.ledger.uncertain()).filter((claim) => meant.has(claim.id));
  let decided = 0;
  for (let start = 0; start < uncertain.length; start += TOGETHER) {
    const answers = await Promise.all(
      uncertain.slice(start, start + TOGETHER).map((claim) => open.decide(claim, decision)),
    );
    decided += answers.filter(Boolean).length;
  }
  return { decided, left: meant.size - decided };
}
