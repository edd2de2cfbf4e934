/**
 * Which of the campaigns that share accounts goes first. The turns of an account go by it (`next-send.ts`): a campaign with
 * a higher priority is served whenever it can be, equal ones take turns. Pure.
 */
import type { Campaign, CampaignId } from "../campaign.ts";

/** Higher ones go first; a campaign without one has 0. */
export const HIGHEST_PRIORITY = 9;

type Contender = Pick<Campaign, "id" | "channel" | "accounts" | "status" | "priority">;

/** The campaigns under way that send through an account of this one. */
export function rivalsOf<C extends Contender>(campaign: Contender, all: readonly C[]): readonly C[] {
  const own = new Set(campaign.accounts.map(({ name }) => name));
  return all.filter(
    (one) =>
      one.id !== campaign.id &&
      one.channel === campaign.channel &&
      (one.status === "running" || one.status === "paused") &&
      one.accounts.some(({ name }) => own.has(name)),
  );
}

/** Those of them that run and go first through the accounts they share. */
export function aheadOf(campaign: Contender, all: readonly Contender[]): readonly CampaignId[] {
  const { priority = 0 } = campaign;
  return rivalsOf(campaign, all)
    .filter((one) => one.status === "running" && (one.priority ?? 0) > priority)
    .map(({ id }) => id);
}

/** The priority with which it goes before all of its rivals; undefined where it does, or has none. */
export function firstPriority(campaign: Contender, all: readonly Contender[]): number | undefined {
  const rivals = rivalsOf(campaign, all).map(({ priority = 0 }) => priority);
  const highest = Math.max(...rivals);
  if (rivals.length === 0 || (campaign.priority ?? 0) > highest) return undefined;
  return Math.min(HIGHEST_PRIORITY, highest + 1);
}
