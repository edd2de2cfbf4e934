import type { CampaignId } from "../../domain/campaign.ts";
import { PeykError } from "../../domain/errors.ts";
import { HOUR_MS } from "../../domain/accounts/limits.ts";
import type { Clock } from "../../lib/clock.ts";
import { passingAtWork } from "../../storage/ports/away.ts";
import type { App, CampaignView } from "../app.ts";

export interface FollowOptions {
  readonly clock: Clock;
  /** Firing it pauses the campaign; what is in flight still settles. */
  readonly signal: AbortSignal;
  /** Who pauses it then; as in {@link App.pause}. */
  readonly by?: string;
  /** Told how the campaign stands, every `everyMs`, at each change of status and at the end. */
  readonly onProgress?: (view: CampaignView) => void;
  /** Told the same while a pause is waited for. */
  readonly onWait?: (view: CampaignView) => void;
  /** ms; default 200. */
  readonly everyMs?: number;
  /** A pause that ends by itself within this time is waited for; a longer one is the end. In ms, default an hour. */
  readonly longestWaitMs?: number;
}

export interface Followed {
  /** `interrupted`: by the signal. `paused`: nobody may send for longer than anyone waits, or somebody paused it. */
  readonly end: "finished" | "cancelled" | "paused" | "interrupted";
  readonly view: CampaignView;
}

/** The windows of platforms and hourly limits pass within this; what is longer is tomorrow's. */
const LONGEST_WAIT_MS = HOUR_MS;
const EVERY_MS = 200;
/** How long an interrupted campaign may take to settle what is in flight. */
const SETTLE_MS = 10_000;

/**
 * Follows a started campaign until it stops, for whoever waits for one: the command line and the library. While what is kept
 * can't be reached it waits, as whoever sends does; once interrupted, no longer than for what is in flight.
 */
export async function followCampaign(app: App, id: CampaignId, options: FollowOptions): Promise<Followed> {
  const { clock, signal, everyMs = EVERY_MS } = options;
  let nap = new AbortController();
  const wake = (): void => nap.abort(new Error("something changed"));
  const unwatch = app.watch((event) => event.campaignId === id && event.kind === "status" && wake());
  signal.addEventListener("abort", wake);
  const look = lookerAt(app, id, options);
  let interruptedAt: number | undefined;
  try {
    for (;;) {
      if (signal.aborted) interruptedAt ??= clock.now();
      nap = new AbortController();
      try {
        const followed = await look(interruptedAt);
        if (followed) return followed;
      } catch (error) {
        const isWaitedFor = interruptedAt === undefined || clock.now() - interruptedAt <= SETTLE_MS;
        if (passingAtWork(error) === undefined || !isWaitedFor) throw error;
      }
      await clock.sleep(everyMs, nap.signal).catch(() => undefined);
    }
  } finally {
    void unwatch();
    signal.removeEventListener("abort", wake);
  }
}

/** Looks how it stands, and pauses it first where it was interrupted; undefined while it goes on. */
function lookerAt(app: App, id: CampaignId, options: FollowOptions) {
  let isPauseAsked = false;
  return async (interruptedAt: number | undefined): Promise<Followed | undefined> => {
    if (interruptedAt !== undefined && !isPauseAsked) {
      await app.pause(id, options.by);
      isPauseAsked = true;
    }
    const view = await app.view(id);
    if (!view) throw new PeykError(`The campaign ${id} is gone.`);
    options.onProgress?.(view);
    const moment = { ...options, now: options.clock.now(), interruptedAt };
    if (isAwaited(view, moment)) options.onWait?.(view);
    const end = endOf(view, moment);
    return end && { end, view };
  };
}

interface Moment {
  readonly now: number;
  readonly interruptedAt: number | undefined;
  readonly longestWaitMs?: number;
}

/** Undefined while it goes on. */
function endOf(view: CampaignView, moment: Moment): Followed["end"] | undefined {
  const { campaign, counts, checking = 0 } = view;
  const { now, interruptedAt } = moment;
  if (campaign.status === "finished") return "finished";
  if (interruptedAt !== undefined && now - interruptedAt > SETTLE_MS) return "interrupted";
  if (counts.claimed > 0 || campaign.status === "running") return undefined;
  if (campaign.status === "cancelled") return counts.planned > 0 ? undefined : "cancelled";
  if (interruptedAt !== undefined) return "interrupted";
  if (checking > 0) return undefined; // the channel is asked before long, and nobody else would ask it
  return isAwaited(view, moment) ? undefined : "paused";
}

/** The campaign is paused, and goes on by itself before long. */
function isAwaited({ campaign: { status, pause } }: CampaignView, moment: Moment): boolean {
  const { now, interruptedAt, longestWaitMs = LONGEST_WAIT_MS } = moment;
  // It was asked for: whoever sets a moment or hours waits for them.
  if (status === "scheduled" || pause?.kind === "window") return interruptedAt === undefined;
  const until = pause && "until" in pause ? pause.until : undefined;
  return interruptedAt === undefined && until !== undefined && until - now <= longestWaitMs;
}
