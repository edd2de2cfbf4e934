/** A new campaign where data was put back from a backup: one that goes by what may have changed since waits for a word. */
import type { Campaign } from "../../domain/campaign.ts";
import { audienceOfOrigin } from "../../domain/list-origin.ts";
import type { Conditions } from "../../domain/people/audience.ts";
import { groundsOf } from "../../domain/restored-grounds.ts";
import { waitingForWord } from "../../domain/restored.ts";
import type { AppParts } from "../app-parts.ts";

type Parts = Pick<AppParts, "campaigns" | "audiences" | "putBack" | "clock">;

export async function asItMayBegin(parts: Parts, campaign: Campaign): Promise<Campaign> {
  const { putBack: folder, campaigns, clock } = parts;
  if (!folder) return campaign;
  const conditions = await conditionsOf(parts, campaign);
  const beginning = { campaign, folder, all: await campaigns.all(), ...(conditions ? { conditions } : {}) };
  return groundsOf(beginning).length > 0 ? waitingForWord(campaign, folder, clock.now()) : campaign;
}

async function conditionsOf({ audiences }: Parts, { lists }: Campaign): Promise<Conditions | undefined> {
  for (const { origin } of lists) {
    const name = audienceOfOrigin(origin);
    const audience = name === undefined ? undefined : await audiences.find(name);
    if (audience?.kind === "conditions") return audience.conditions;
  }
  return undefined;
}
