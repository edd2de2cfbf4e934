import type { CampaignId } from "../../domain/campaign.ts";
import { finishEstimate } from "../../domain/accounts/finish-estimate.ts";
import { limitsOf } from "../../domain/accounts/limits.ts";
import { importedTotal } from "../../domain/recipient.ts";
import type { OpenCampaign } from "../../engine/open-campaign.ts";
import type { OthersLimits } from "../../engine/turns/others-limits.ts";
import { ratesOf } from "../../engine/accounts/rates-of.ts";
import type { AppParts } from "../app-parts.ts";
import type { CampaignView } from "../app.ts";
import type { StandingParts } from "../look.ts";
import { spentSoFar, standingView } from "../look.ts";
import { placeAmongRivals } from "./go-first.ts";

/** Tells how a campaign stands: the one source of the numbers that every front end shows. Looking opens nothing. */
export async function campaignView(parts: AppParts, id: CampaignId): Promise<CampaignView | undefined> {
  const open = await parts.engine.opened(id);
  if (!open) return standingView(standingParts(parts), id);
  if (!open.isBroken) return openView(parts, open);
  // Memory may be ahead of the disk; only its status may not have got there.
  const standing = await standingView(standingParts(parts), id).catch(() => undefined);
  return standing ? { ...standing, campaign: open.campaign } : openView(parts, open);
}

function standingParts({ reads, channels }: AppParts): StandingParts {
  return { reads, pricesOf: (channel) => channels.get(channel)?.manifest.prices };
}

async function openView(parts: AppParts, open: OpenCampaign): Promise<CampaignView> {
  const now = parts.clock.now();
  const { campaign, ledger, lately } = open;
  const { meter, lastError } = lately;
  const { counts, oldestUncertainAt, sentAgain, tally } = await ledger.standing();
  const isRunning = campaign.status === "running";
  const ratePerSecond = isRunning ? meter.perSecond(now) : 0;
  const left = counts.planned + counts.claimed;
  const finishesAt =
    isRunning && left > 0
      ? await expectedEnd(parts, open, { left, planned: counts.planned, ratePerSecond, now })
      : undefined;
  return {
    campaign,
    counts,
    imported: importedTotal(counts),
    ratePerSecond,
    resting: restingAccounts(open, now, await open.othersLimits()),
    ...(finishesAt === undefined ? {} : { finishesAt }),
    ...(lastError ? { lastError } : {}),
    ...(oldestUncertainAt === undefined ? {} : { oldestUncertainAt }),
    ...(sentAgain > 0 ? { sentAgain } : {}),
    ...(open.checking > 0 ? { checking: open.checking } : {}),
    ...spentSoFar(open.channel.manifest.prices, tally.charged),
    ...(await placeAmongRivals(parts, campaign.id)),
  };
}

interface Pace {
  /** Recipients not settled yet. */
  readonly left: number;
  /** Those of them whom no account's budget was debited for yet. */
  readonly planned: number;
  readonly ratePerSecond: number;
  readonly now: number;
}

/** The later of what the limits allow and what the pace so far promises. */
async function expectedEnd(
  parts: AppParts,
  open: OpenCampaign,
  { left, planned, ratePerSecond, now }: Pace,
): Promise<number | undefined> {
  const able = open.campaign.accounts.filter(({ name }) => open.pool.health(name).kind !== "left");
  const accounts = await Promise.all(
    able.map(async ({ name, caps }) => ({
      limits: [...limitsOf(caps), ...ratesOf(open.channel, name)],
      usedToday: await parts.ledgers.usedToday(open.campaign.channel, name),
    })),
  );
  const { sendWindow } = open.campaign;
  const { finishesAt } = finishEstimate(planned, accounts, now, {
    dayOf: parts.dayOf,
    windowAt: sendWindow && ((at) => parts.windows(sendWindow, at)),
    pace: limitsOf(open.campaign.pace ?? {}),
    usedToday: await open.ledger.usedToday(),
  });
  const byPace = ratePerSecond > 0 ? now + (left / ratePerSecond) * 1000 : undefined;
  if (!Number.isFinite(finishesAt)) return undefined;
  if (byPace === undefined) return finishesAt > now ? finishesAt : undefined;
  return Math.max(finishesAt, byPace);
}

function restingAccounts(open: OpenCampaign, now: number, others: OthersLimits): CampaignView["resting"] {
  const { campaign, pool } = open;
  return campaign.accounts.flatMap(({ name }): CampaignView["resting"] => {
    const health = pool.health(name);
    if (health.kind === "left") return [{ account: name, trouble: health.trouble }];
    if (health.kind === "resting" && health.until > now)
      return [{ account: name, trouble: "resting", until: health.until }];
    const { until, isPaced } = others.get(name) ?? {
      until: open.cappedUntil(name),
      isPaced: open.isPaced(name),
    };
    return until - now > SHORT_WAIT_MS
      ? [{ account: name, trouble: isPaced ? "paced" : "capped", until }]
      : [];
  });
}

/** A wait for the next slot of a short window is the ordinary pace and nothing to tell. */
const SHORT_WAIT_MS = 60_000;
