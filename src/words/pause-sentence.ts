import type { CampaignView } from "../app/app.ts";
import type { AccountWait, Campaign, PauseReason } from "../domain/campaign.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import type { LookedAt } from "./hold-sentence.ts";
import { holdSentence, newestNames } from "./hold-sentence.ts";
import { windowText } from "./when-words.ts";
import type { Words } from "./words.ts";

type NoAccount = Extract<PauseReason, { kind: "noAccount" }>;

const MOST_ACCOUNTS = 4;

/** Says why a campaign is paused and what makes it go on; undefined when it is not paused. */
export function pauseSentence(view: CampaignView, words: Words): string | undefined {
  const { pause } = view.campaign;
  if (!pause) return undefined;
  switch (pause.kind) {
    case "operator":
      return words.say("pause-operator");
    case "noAccount":
      return noAccountSentence(view, pause, words);
    case "unavailable":
      return words.say("pause-unavailable", {
        why: words.reason(pause.why),
        moment: words.moment(pause.until),
      });
    case "unheard":
      return pause.until === undefined
        ? words.say("pause-unheard-open", unheardBy(pause, words))
        : words.say("pause-unheard", { ...unheardBy(pause, words), moment: words.moment(pause.until) });
    case "window":
      return words.say("pause-window", {
        window: hoursIn(view.campaign, words),
        moment: words.moment(pause.until),
      });
    case "firstPaused":
      return words.say("pause-firstPaused", { id: pause.campaignId });
    case "missedStart":
      return words.say("pause-missed", { moment: words.moment(pause.due) });
    case "rejected":
      return words.say("pause-rejected", { why: words.reason(pause.why) });
    case "storage":
      if (pause.why === "diskFull") return words.say("pause-full");
      return words.say("pause-storage", { why: words.reason(pause.why) });
    case "restored":
      return words.say("pause-restored", { moment: words.exactMoment(pause.madeAt) });
    case "approval":
      return approvalSentence(view.campaign, words);
    case "triedFirst":
    case "guardRail":
    case "spendCap":
      return heldSentence(pause, words);
  }
}

function approvalSentence({ approval }: Campaign, words: Words): string {
  const back = approval?.sentBack;
  return back ? words.say("pause-sent-back", { reason: back.reason }) : words.say("pause-approval");
}

function heldSentence(hold: LookedAt, words: Words): string {
  const names = newestNames(hold);
  const newest = names.length === 0 ? [] : [words.say("pause-rail-newest", { names: words.codes(names) })];
  return [holdSentence(hold, (id, told) => words.say(id, told)), ...newest].join("\n");
}

/** The campaign's send window, with its time zone. */
export function hoursIn({ sendWindow }: Pick<Campaign, "sendWindow">, words: Words): string {
  return sendWindow ? windowText(sendWindow, words) : "";
}

/** Whose answers can't be read, and why, for sentences. */
export function unheardBy(
  { account, why }: { readonly account: string; readonly why?: Reason },
  words: Words,
) {
  return { account, why: words.reason(why) };
}

function noAccountSentence(view: CampaignView, pause: NoAccount, words: Words): string {
  const moment = pause.until === undefined ? undefined : words.moment(pause.until);
  const waits = pause.accounts ?? view.resting.map(waitOf);
  if (moment !== undefined && isAllPaced(waits)) return words.say("pause-paced", { moment });
  const limit = sharedDailyLimit(view, pause);
  if (moment !== undefined && limit !== undefined)
    return words.say("pause-capped", { count: view.campaign.accounts.length, limit, moment });
  const sentence =
    moment === undefined ? words.say("pause-noAccount") : words.say("pause-noAccount-until", { moment });
  return [sentence, ...accountLines(waits, words)].join("\n");
}

/** Whether nothing but the speed that is set for the campaign as a whole is waited for. */
export function isAllPaced(waits: readonly Pick<AccountWait, "trouble">[]): boolean {
  return waits.length > 0 && waits.every(({ trouble }) => trouble === "paced");
}

/** The daily limit that a campaign waits for; undefined where it runs or waits for anything else. */
export function awaitedDailyLimit(view: CampaignView): number | undefined {
  const { pause } = view.campaign;
  return pause?.kind === "noAccount" ? sharedDailyLimit(view, pause) : undefined;
}

/** The daily limit that every account of the campaign has and has reached; undefined when it is anything else. */
function sharedDailyLimit({ campaign, resting }: CampaignView, pause: NoAccount): number | undefined {
  const limits = new Set(campaign.accounts.map((account) => account.caps.perDay));
  const waits = pause.accounts ?? resting.map(waitOf);
  const capped = new Set(waits.filter((one) => one.trouble === "capped").map((one) => one.name));
  const [limit] = limits;
  return limits.size === 1 && campaign.accounts.every(({ name }) => capped.has(name)) ? limit : undefined;
}

function waitOf({ account, ...wait }: CampaignView["resting"][number]): AccountWait {
  return { name: account, ...wait };
}

/**
 * One line for each account that can't send, why and until when; of many, the first few and how many more. Those that only
 * wait for the campaign's own speed are one.
 */
export function accountLines(all: readonly AccountWait[], words: Words): string[] {
  const [paced] = all.filter(({ trouble }) => trouble === "paced");
  const waits = all.filter((one) => one.trouble !== "paced" || one === paced);
  // One more takes no more room than the line that would say so.
  const most = waits.length === MOST_ACCOUNTS + 1 ? waits.length : MOST_ACCOUNTS;
  const lines = waits.slice(0, most).map(({ name: account, trouble, until }) => {
    if (trouble === "paced")
      return until === undefined
        ? words.say("card-paced-open")
        : words.say("card-paced", { moment: words.moment(until) });
    if (trouble === "locked" || trouble === "loggedOut" || trouble === "leftOut")
      return words.say(`card-${trouble}`, { account });
    if (until === undefined) return words.say(`card-${trouble}-open`, { account });
    return words.say(`card-${trouble}`, { account, moment: words.moment(until) });
  });
  const more = waits.length - lines.length;
  return more > 0 ? [...lines, words.say("card-resting-more", { count: more })] : lines;
}
