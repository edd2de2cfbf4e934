/** How a campaign stands, in English, for the terminal. The chat has its own words, in the operator's language. */
import { saysFull } from "../../lib/files/full-disk.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { CampaignView } from "../../app/app.ts";
import type { CampaignStatus } from "../../domain/campaign.ts";
import type { Counts, RecipientState, SkipReason } from "../../domain/recipient.ts";
import { recipientStates, settledTotal } from "../../domain/recipient.ts";

export const stateWords: Readonly<Record<RecipientState, string>> = {
  planned: "planned",
  claimed: "in progress",
  sent: "sent",
  notFound: "not found",
  refused: "declined",
  failed: "failed",
  uncertain: "uncertain",
  skipped: "skipped",
};

export const skipWords: Readonly<Record<SkipReason, string>> = {
  duplicate: "repeated in the list",
  optedOut: "opted out",
  suppressed: "on the do-not-send list",
  contactedLately: "written to lately",
  otherCampaign: "written to by a campaign that is left out",
  earlierCheckpoint: "sent before, by an earlier checkpoint",
  cancelled: "the campaign was cancelled",
  leftInDoubt: "left uncertain",
};

export const statusWords: Readonly<Record<CampaignStatus, string>> = {
  running: "unfinished",
  paused: "paused",
  finished: "finished",
  cancelled: "cancelled",
};

/** Writes a moment as `2026-03-21 09:30`, in the time zone given. */
export function momentText(at: number, timeZone: string): string {
  const format = { dateStyle: "short", timeStyle: "short", timeZone, hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat("sv-SE", format).format(at);
}

/** Names every state somebody is in, in the order of the states. */
export function countsText(counts: Counts): string {
  const each = recipientStates.filter((state) => counts[state] > 0);
  return each.map((state) => `${counts[state].toLocaleString("en")} ${stateWords[state]}`).join(", ");
}

const BAR_WIDTH = 20;

/** One line: a bar, how many of how many, the states, the rate and the expected end. */
export function progressLine({ counts, imported, ratePerSecond, finishesAt }: CampaignView, now: number) {
  const settled = settledTotal(counts);
  const filled = imported === 0 ? BAR_WIDTH : Math.floor((settled / imported) * BAR_WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  const rate = ratePerSecond > 0 ? ` · ${ratePerSecond.toFixed(1)}/s` : "";
  const left = finishesAt === undefined ? "" : ` · ${durationText(finishesAt - now)} left`;
  return `${bar} ${settled.toLocaleString("en")}/${imported.toLocaleString("en")} · ${countsText(counts)}${rate}${left}`;
}

function durationText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 2) return `${Math.max(1, Math.round(ms / 1000))} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** Says why a campaign is paused and what makes it go on; undefined when it is not paused. */
export function pauseText({ campaign, resting }: CampaignView, timeZone: string): string | undefined {
  const { pause, accounts } = campaign;
  if (!pause) return undefined;
  switch (pause.kind) {
    case "operator":
      return "It was paused.";
    case "rejected":
      return `Every message would be refused: ${pause.why}. Put that right, then send again.`;
    case "storage":
      if (saysFull(pause.why))
        return "The disk is full, so nothing more is sent. Make room, then send again.";
      return `It could not be recorded what happens, so nothing more is sent: ${pause.why}.`;
    case "unheard":
      return `${unheardText(pause, timeZone)} All who are left were written to before and may have said stop.`;
    case "unavailable":
      return `Nothing can be sent for now: ${pause.why}. It is tried again at ${momentText(pause.until, timeZone)}.`;
    case "noAccount": {
      if (pause.until === undefined)
        return `No account may send any more: ${pause.why || "all have left"}. Mend one, then send again.`;
      const when = momentText(pause.until, timeZone);
      const isCapped = accounts.every(({ name }) =>
        resting.some(({ account, trouble }) => account === name && trouble === "capped"),
      );
      if (isCapped && accounts.length === 1) return `The account has reached its limit until ${when}.`;
      if (isCapped) return `All ${accounts.length} accounts have reached their limit until ${when}.`;
      return `No account may send before ${when}${pause.why ? ` (${pause.why})` : ""}.`;
    }
  }
}

function unheardText(
  { account, until, why }: { readonly account: string; readonly until?: number; readonly why: string },
  timeZone: string,
): string {
  const when = until === undefined ? "" : ` before ${momentText(until, timeZone)}`;
  return `What people answered to ${account} can't be read${when}${why ? ` (${why})` : ""}.`;
}

/** The line for an event; undefined for those that the progress tells well enough. */
export function eventText(event: CampaignEvent, timeZone: string, isVerbose: boolean): string | undefined {
  switch (event.kind) {
    case "noCheckpoint":
      return "No checkpoint: starting fresh.";
    case "checkpointLoaded":
      return `Checkpoint loaded: ${event.names} already sent.`;
    case "alreadySent":
      return `${event.names} already sent: skipping them.`;
    case "checkpointRemoved":
      return "Checkpoint removed.";
    case "checkpointSaved":
      return isVerbose ? `Checkpoint saved with ${event.names} names.` : undefined;
    case "skipped":
      return isVerbose
        ? `${event.username}: skipped, ${skipWords[event.reason]}${byText(event.by)}.`
        : undefined;
    case "optedOut":
      return `${event.username} asked ${event.account} for no more messages and is on the do-not-send list.`;
    case "looksAgain":
      return `Whether uncertain messages of ${event.account} arrived can be looked up again at ${momentText(event.until, timeZone)}.`;
    case "unheard":
      return `${unheardText(event, timeZone)} Whoever was written to before waits for it, for they may have said stop.`;
    case "settled":
      return isVerbose ? settledText(event) : undefined;
    case "account":
      return accountText(event, timeZone);
    case "restarted":
    case "status":
      return undefined;
  }
}

function settledText({ username, account, state, why }: Extract<CampaignEvent, { kind: "settled" }>): string {
  const reason = why === undefined ? "" : ` (${why})`;
  if (state === "planned") return `${username}: not sent through ${account}, tried again${reason}.`;
  return `${username}: ${state === "sent" ? "marked as sent" : stateWords[state]} through ${account}${reason}.`;
}

const troubleWords = {
  capped: "has reached its limit",
  resting: "rests",
  locked: "is locked",
  loggedOut: "is logged out",
  back: "is back",
} as const;

function accountText(event: Extract<CampaignEvent, { kind: "account" }>, timeZone: string): string {
  const until = event.until === undefined ? "" : ` until ${momentText(event.until, timeZone)}`;
  return `${event.account} ${troubleWords[event.trouble]}${until}${event.why ? `: ${event.why}` : ""}.`;
}

function byText(campaignId: string | undefined): string {
  return campaignId === undefined ? "" : ` (${campaignId})`;
}
