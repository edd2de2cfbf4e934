/** The log of a campaign as the chat tells it, one line an event. */
import type { CampaignEvent } from "../../../domain/campaign-event.ts";
import type { Verbosity } from "../../documents.ts";
import { unheardBy } from "../../../words/pause-sentence.ts";
import type { Words } from "../../../words/words.ts";

/** Tells whether an operator who wants this much reads of the event. A restart has a message of its own. */
export function isTold(event: CampaignEvent, verbosity: Verbosity): boolean {
  if (verbosity === "off" || event.kind === "restarted") return false;
  return verbosity === "all" || isImportant(event);
}

function isImportant(event: CampaignEvent): boolean {
  switch (event.kind) {
    case "checkpointLoaded":
    case "checkpointRemoved":
    case "alreadySent":
    case "account":
    case "optedOut":
    case "unheard":
    case "looksAgain":
    case "restarted":
      return true;
    // A new campaign is told of already, and of another "fresh" would read as if everybody got it again.
    case "noCheckpoint":
    case "skipped":
    case "checkpointSaved":
    case "changed":
    case "sentBack":
    case "amended":
    // A card of its own tells it.
    case "answered":
      return false;
    case "amending":
      return event.status === "finished" || event.why !== undefined;
    case "settled":
      return event.state === "uncertain";
    case "status":
      // What has stopped is told in a message of its own.
      return false;
  }
}

/** Tells whether the event is one of many alike that are told as their number. */
export function isCounted(event: CampaignEvent, verbosity: Verbosity): boolean {
  return verbosity === "important" && event.kind === "settled" && event.state === "uncertain";
}

/** The event as one line under its campaign's heading; undefined when there is nothing to say about it. */
export function logLine(event: CampaignEvent, words: Words): string | undefined {
  switch (event.kind) {
    case "noCheckpoint":
    case "checkpointRemoved":
      return words.say(`log-${event.kind}`);
    case "checkpointLoaded":
    case "checkpointSaved":
    case "alreadySent":
      return words.say(`log-${event.kind}`, { names: event.names });
    case "skipped":
      return words.say("log-skipped", {
        username: event.username,
        reason: words.plain(`skip-${event.reason}`) + (event.by === undefined ? "" : ` (${event.by})`),
      });
    case "optedOut":
      return words.say("log-optedOut", { username: event.username, account: event.account });
    case "answered":
      return words.say("log-answered", { username: event.username });
    case "looksAgain":
      return words.say("log-looksAgain", { account: event.account, moment: words.moment(event.until) });
    case "unheard":
      return event.until === undefined
        ? words.say("log-unheard-open", unheardBy(event, words))
        : words.say("log-unheard", { ...unheardBy(event, words), moment: words.moment(event.until) });
    case "settled":
      return settledLine(event, words);
    case "account":
      return accountLine(event, words);
    case "status":
      return words.say(`log-status-${event.status}`);
    case "amending":
      return amendingLine(event, words);
    // The card shows it.
    case "changed":
    case "sentBack":
    case "amended":
    case "restarted":
      return undefined;
  }
}

function amendingLine(event: Extract<CampaignEvent, { kind: "amending" }>, words: Words): string {
  const { what, status, why } = event;
  if (why !== undefined) return words.say(`log-${what}-halted`, { why: words.reason(why) });
  return words.say(`log-${what}-${status}`);
}

function settledLine(event: Extract<CampaignEvent, { kind: "settled" }>, words: Words): string | undefined {
  const { username, state } = event;
  switch (state) {
    case "sent":
    case "notFound":
    case "refused":
      return words.say(`log-settled-${state}`, { username });
    case "failed":
    case "uncertain":
    case "planned":
      return words.say(`log-settled-${state}`, { username, why: words.reason(event.why) });
    case "skipped":
      return words.say("log-skipped", { username, reason: words.plain("state-skipped") });
    case "claimed":
      return undefined;
  }
}

function accountLine(event: Extract<CampaignEvent, { kind: "account" }>, words: Words): string {
  const { account, trouble, until } = event;
  const told = trouble === "resting" ? { account, why: words.reason(event.why) } : { account };
  if (until === undefined || (trouble !== "resting" && trouble !== "capped"))
    return words.say(`log-account-${trouble}`, told);
  return words.say(`log-account-${trouble}-until`, { ...told, moment: words.moment(until) });
}
