/** How a campaign stands, for the terminal, in the operator's language. */
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { CampaignView } from "../../app/app.ts";
import { outcomesOf } from "../../domain/report/outcomes.ts";
import { outcomeText } from "../../words/report-picture.ts";
import { recipientStates, settledTotal } from "../../domain/recipient.ts";
import type { AccountWait, CampaignStatus } from "../../domain/campaign.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { channelName } from "../../words/channel-name.ts";
import type { LookedAt } from "../../words/hold-sentence.ts";
import { holdSentence, newestNames } from "../../words/hold-sentence.ts";
import type { StartMoment } from "../../domain/when/schedule.ts";
import { hoursIn, isAllPaced } from "../../words/pause-sentence.ts";
import { momentText } from "../../words/moment-text.ts";
import { fullMoment } from "../../words/when-words.ts";
import type { Words } from "../../words/words.ts";
import { joined } from "../../words/joined.ts";

/**
 * What a status is called here, where nothing runs but what this command does.
 * @param isSent Whether another process sends for it
 */
export function statusText(status: CampaignStatus, words: Words, isSent = false): string {
  return words.plain(status === "running" && !isSent ? "cli-status-running" : `status-${status}`);
}

/** Names every state somebody is in, in the order of the states; nobody is sent whose message is or may be taken back. */
export function countsText(
  { counts, amended }: Pick<CampaignView, "counts" | "amended">,
  words: Words,
): string {
  const outcomes = outcomesOf(counts, amended?.takenBack);
  const each = [...recipientStates, "takenBack" as const].filter((state) => outcomes[state] > 0);
  return joined(
    each.map((state) =>
      words.plain("cli-count", { count: outcomes[state], state: outcomeText(state, words) }),
    ),
    words,
  );
}

const BAR_WIDTH = 20;

/** One line: a bar, how many of how many, the states, the rate and the expected end. */
export function progressLine(view: CampaignView, now: number, words: Words): string {
  const { counts, imported, ratePerSecond, finishesAt } = view;
  const settled = settledTotal(counts);
  const filled = imported === 0 ? BAR_WIDTH : Math.floor((settled / imported) * BAR_WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
  const told = { bar, done: settled, total: imported, counts: countsText(view, words) };
  return [
    words.plain("cli-progress", told),
    ...(ratePerSecond > 0 ? [words.plain("cli-progress-rate", { rate: oneDecimal(ratePerSecond) })] : []),
    ...(finishesAt === undefined
      ? []
      : [words.plain("cli-progress-left", { left: words.duration(finishesAt - now) })]),
  ].join(" · ");
}

function oneDecimal(rate: number): number {
  return Math.round(rate * 10) / 10;
}

/** Says when a campaign starts by itself. @param now ms since the epoch */
export function startText({ at, timeZone }: StartMoment, now: number, words: Words): string {
  const moment = fullMoment(at, timeZone, words);
  return words.plain("cli-starts", { moment, left: words.duration(Math.max(0, at - now)) });
}

/** Says why a campaign is paused and what makes it go on; undefined when it is not paused. */
export function pauseText({ campaign, resting }: CampaignView, words: Words): string | undefined {
  const { pause, accounts } = campaign;
  if (!pause) return undefined;
  switch (pause.kind) {
    case "operator":
      return words.plain("cli-paused-operator");
    case "rejected":
      return words.plain("cli-paused-rejected", { why: words.reason(pause.why) });
    case "storage":
      if (pause.why === "diskFull") return words.plain("cli-paused-full");
      return words.plain("cli-paused-storage", { why: words.reason(pause.why) });
    case "restored":
      return words.plain("cli-paused-restored", { id: campaign.id, moment: momentText(pause.madeAt, words) });
    case "approval": {
      const back = campaign.approval?.sentBack;
      return back
        ? words.plain("cli-paused-sent-back", { reason: back.reason })
        : words.plain("cli-paused-approval");
    }
    case "triedFirst":
      return words.plain("cli-paused-tried-first", { count: pause.upTo });
    case "guardRail":
    case "spendCap":
      return heldText(pause, words);
    case "unheard":
      return words.plain("cli-paused-unheard", { unheard: unheardText(pause, words) });
    case "unavailable": {
      const when = { moment: momentText(pause.until, words) };
      return words.plain("cli-paused-unavailable", { why: words.reason(pause.why), ...when });
    }
    case "window":
      return words.plain("cli-paused-window", {
        window: hoursIn(campaign, words),
        moment: momentText(pause.until, words),
      });
    case "firstPaused":
      return words.plain("cli-paused-first", { id: pause.campaignId });
    case "missedStart":
      return words.plain("cli-paused-missed", { moment: momentText(pause.due, words) });
    case "noAccount": {
      const why = troublesText(pause.accounts, words);
      if (pause.until === undefined)
        return why === "" ? words.plain("cli-paused-all-left") : words.plain("cli-paused-left", { why });
      const moment = momentText(pause.until, words);
      // The pause keeps what each waited for when it began; an older version's does not.
      const waits = pause.accounts ?? resting.map(({ account: name, trouble }) => ({ name, trouble }));
      if (isAllPaced(waits)) return words.plain("cli-paused-paced", { moment });
      const isCapped = accounts.every(({ name }) =>
        waits.some((one) => one.name === name && one.trouble === "capped"),
      );
      if (isCapped && accounts.length === 1) return words.plain("cli-paused-one-capped", { moment });
      if (isCapped) return words.plain("cli-paused-capped", { count: accounts.length, moment });
      if (why === "") return words.plain("cli-paused-until", { moment });
      return words.plain("cli-paused-until-why", { moment, why });
    }
  }
}

/** Says what it cost so far, where the platform charges. */
export function spentLines({ spent, campaign: { spendCap: cap } }: CampaignView, words: Words): string[] {
  if (!spent) return [];
  const told = { spent: spent.dollars, priced: spent.asOf };
  return [cap === undefined ? words.plain("cli-spent", told) : words.plain("cli-spent-of", { ...told, cap })];
}

function heldText(hold: LookedAt, words: Words): string {
  const names = newestNames(hold);
  const newest =
    names.length === 0 ? [] : [words.plain("pause-rail-newest", { names: joined(names, words, ", ") })];
  return [holdSentence(hold, (id, told) => words.plain(id, told)), ...newest].join(" ");
}

/** What each account in trouble said. */
function troublesText(accounts: readonly AccountWait[] | undefined, words: Words): string {
  const each = (accounts ?? []).flatMap(({ name: account, why, trouble }) => {
    if (trouble === "leftOut") return [words.plain("cli-account-left-out", { account })];
    return why ? [words.plain("cli-account-why", { account, why: words.reason(why) })] : [];
  });
  return joined(each, words, "; ");
}

function unheardText(
  { account, until, why }: { readonly account: string; readonly until?: number; readonly why?: Reason },
  words: Words,
): string {
  const told = { account, why: words.reason(why) };
  if (until === undefined) return words.plain("cli-unheard", told);
  return words.plain("cli-unheard-until", { ...told, moment: momentText(until, words) });
}

/** The line for an event; undefined for those that the progress tells well enough. */
export function eventText(event: CampaignEvent, words: Words, isVerbose: boolean): string | undefined {
  switch (event.kind) {
    case "noCheckpoint":
    case "checkpointRemoved":
      return words.plain(`cli-event-${event.kind}`);
    case "checkpointLoaded":
    case "alreadySent":
      return words.plain(`cli-event-${event.kind}`, { count: event.names });
    case "checkpointSaved":
      return isVerbose ? words.plain("cli-event-checkpointSaved", { count: event.names }) : undefined;
    case "skipped":
      return isVerbose ? skippedText(event, words) : undefined;
    case "optedOut":
      return words.plain("cli-event-optedOut", { username: event.username, account: event.account });
    case "looksAgain":
      return words.plain("cli-event-looksAgain", {
        account: event.account,
        moment: momentText(event.until, words),
      });
    case "unheard":
      return words.plain("cli-event-unheard", { unheard: unheardText(event, words) });
    case "settled":
      return isVerbose ? settledText(event, words) : undefined;
    case "account":
      return accountText(event, words);
    case "answered":
      return isVerbose ? words.plain("cli-event-answered", { username: event.username }) : undefined;
    case "changed":
    case "sentBack":
    case "amending":
    case "amended":
    case "restarted":
    case "status":
      return undefined;
  }
}

function skippedText(
  { username, reason, by }: Extract<CampaignEvent, { kind: "skipped" }>,
  words: Words,
): string {
  const told = { username, reason: words.plain(`skip-${reason}`) };
  return by === undefined
    ? words.plain("cli-event-skipped", told)
    : words.plain("cli-event-skipped-by", { ...told, by });
}

function settledText(
  { username, account, state, why }: Extract<CampaignEvent, { kind: "settled" }>,
  words: Words,
): string {
  const told = { username, account };
  if (state === "sent") return words.plain("cli-event-sent", told);
  if (state === "planned") return words.plain("cli-event-again", { ...told, why: words.reason(why) });
  const full = { ...told, state: words.plain(`state-${state}`) };
  if (why === undefined) return words.plain("cli-event-settled", full);
  return words.plain("cli-event-settled-why", { ...full, why: words.reason(why) });
}

function accountText(event: Extract<CampaignEvent, { kind: "account" }>, words: Words): string {
  const { account, trouble, until, why } = event;
  const when =
    until === undefined ? "" : words.plain("cli-trouble-until", { moment: momentText(until, words) });
  const said = why === undefined ? "" : `: ${words.reason(why)}`;
  return `${words.plain(`cli-trouble-${trouble}`, { account })}${when}${said}.`;
}

/** What a campaign goes out through, as the terminal's option calls it in English and people do in Persian. */
export function channelText(name: string, words: Words): string {
  return words.locale === "en" ? name : channelName(name, words);
}
