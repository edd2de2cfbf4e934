/** How a campaign stands, in English, for the terminal. The chat has its own words, in the operator's language. */
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { CampaignView } from "../../app/app.ts";
import type { Counts, RecipientState, SkipReason } from "../../domain/recipient.ts";
import { recipientStates, settledTotal } from "../../domain/recipient.ts";
import type { AccountWait, CampaignStatus } from "../../domain/campaign.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { Words } from "../../words/words.ts";

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
  suppressed: "onDoNotSendList",
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
export function momentText(at: number, words: Words): string {
  return words.timestamp(at).slice(0, "2026-03-21 09:30".length);
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
export function pauseText({ campaign, resting }: CampaignView, words: Words): string | undefined {
  const { pause, accounts } = campaign;
  if (!pause) return undefined;
  switch (pause.kind) {
    case "operator":
      return "It was paused.";
    case "rejected":
      return `Every message would be refused: ${words.reason(pause.why)}. Put that right, then send again.`;
    case "storage":
      if (pause.why === "diskFull")
        return "The disk is full, so nothing more is sent. Make room, then send again.";
      return `It could not be recorded what happens, so nothing more is sent: ${words.reason(pause.why)}.`;
    case "unheard":
      return `${unheardText(pause, words)} All who are left were written to before and may have said stop.`;
    case "unavailable":
      return `Nothing can be sent for now: ${words.reason(pause.why)}. It is tried again at ${momentText(pause.until, words)}.`;
    case "noAccount": {
      if (pause.until === undefined)
        return `No account may send any more: ${troublesText(pause.accounts, words) || "all have left"}. Mend one, then send again.`;
      const when = momentText(pause.until, words);
      const isCapped = accounts.every(({ name }) =>
        resting.some(({ account, trouble }) => account === name && trouble === "capped"),
      );
      if (isCapped && accounts.length === 1) return `The account has reached its limit until ${when}.`;
      if (isCapped) return `All ${accounts.length} accounts have reached their limit until ${when}.`;
      const troubles = troublesText(pause.accounts, words);
      return `No account may send before ${when}${troubles ? ` (${troubles})` : ""}.`;
    }
  }
}

/** What each account in trouble said. */
function troublesText(accounts: readonly AccountWait[] | undefined, words: Words): string {
  const each = accounts?.flatMap(({ name, why }) => (why ? [`${name}: ${words.reason(why)}`] : [])) ?? [];
  return each.join("; ");
}

function unheardText(
  { account, until, why }: { readonly account: string; readonly until?: number; readonly why?: Reason },
  words: Words,
): string {
  const when = until === undefined ? "" : ` before ${momentText(until, words)}`;
  return `What people answered to ${account} can't be read${when}${why ? ` (${words.reason(why)})` : ""}.`;
}

/** The line for an event; undefined for those that the progress tells well enough. */
export function eventText(event: CampaignEvent, words: Words, isVerbose: boolean): string | undefined {
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
      return `Whether uncertain messages of ${event.account} arrived can be looked up again at ${momentText(event.until, words)}.`;
    case "unheard":
      return `${unheardText(event, words)} Whoever was written to before waits for it, for they may have said stop.`;
    case "settled":
      return isVerbose ? settledText(event, words) : undefined;
    case "account":
      return accountText(event, words);
    case "restarted":
    case "status":
      return undefined;
  }
}

function settledText(
  { username, account, state, why }: Extract<CampaignEvent, { kind: "settled" }>,
  words: Words,
): string {
  const reason = why === undefined ? "" : ` (${words.reason(why)})`;
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

function accountText(event: Extract<CampaignEvent, { kind: "account" }>, words: Words): string {
  const until = event.until === undefined ? "" : ` until ${momentText(event.until, words)}`;
  return `${event.account} ${troubleWords[event.trouble]}${until}${event.why ? `: ${words.reason(event.why)}` : ""}.`;
}

function byText(campaignId: string | undefined): string {
  return campaignId === undefined ? "" : ` (${campaignId})`;
}
