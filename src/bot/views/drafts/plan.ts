/** The plan of a campaign in the making, with the buttons that change it. */
import type { NamedCount, Plan } from "../../../app/drafts/draft.ts";
import type { DraftState } from "../../conversations/draft-state.ts";
import { exits } from "../../conversations/step.ts";
import { topicsFor } from "../../conversations/steps/options/topics.ts";
import type { Words } from "../../../words/words.ts";
import { channelName } from "../../../words/channel-name.ts";
import { languageLines } from "../../../words/language-lines.ts";
import type { Button, View } from "../view.ts";
import { optionLines } from "./options.ts";

const ACCOUNTS_A_PAGE = 8;
const MOST_ACCOUNT_LINES = 10;
const PRESETS = [4, 25, 100];

interface ShownPlan {
  readonly state: DraftState;
  /** Null while no account is chosen. */
  readonly plan: Plan | null;
  readonly page: number;
  /** The largest daily limit, when something else than one was typed. */
  readonly wrongLimit?: number;
}

/** Shows how many go out through what and until when. */
export function planView({ state, plan, page, wrongLimit }: ShownPlan, words: Words): View {
  const paragraphs = [
    [wrongLimit === undefined ? undefined : words.say("plan-limit-wrong", { most: wrongLimit })],
    [words.say("plan-title", { id: state.id ?? "" }), ...planLines(state, plan, words)],
    plan ? accountLines(plan, words) : [],
    optionLines(state, topicsFor(state), words),
    plan && plan.toSend > 0 ? rules(state, words) : [],
    [words.say("plan-hint")],
  ];
  const text = paragraphs
    .map((lines) => lines.filter((line) => line !== undefined).join("\n"))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
  const canGo = plan !== null && plan.toSend > 0;
  const go = canGo ? [{ label: words.plain("button-continue"), choice: "go" }] : [];
  const more = [{ label: words.plain("button-more-options"), choice: "options" }];
  return {
    text,
    rows: [
      ...accountRows(
        { names: (state.channel?.accounts ?? []).map(({ name }) => name), ...state },
        page,
        words,
      ),
      ...limitRows(state, words),
      latelyRow(state, plan, words),
      more,
      go,
      exits(words, "later"),
    ],
  };
}

/** How many go out, who is left out, until when and for how much. */
export function planLines({ channel }: DraftState, plan: Plan | null, words: Words): string[] {
  if (!plan) return [words.say("plan-no-account")];
  if (plan.toSend === 0)
    return plan.contactedLately > 0
      ? [words.say("plan-nobody-left"), ...countLines(plan, words)]
      : [words.say("plan-nobody")];
  const through = channelName(channel?.name ?? "", words);
  return [
    words.say("plan-to-send", { count: plan.toSend, channel: through }),
    ...countLines(plan, words),
    ...nothingToday(plan, words),
    finish(plan, words),
    ...(plan.cost ? [words.say("plan-cost", { total: plan.cost.dollars, priced: plan.cost.asOf })] : []),
  ];
}

/** What becomes of those who are not simply written to; a line for each kind there is. */
function countLines(plan: Plan, words: Words): string[] {
  const { alreadySent, suppressed, contactedLately, otherCampaign, corrected, tooLong, empty } = plan;
  const counted = (id: string, count: number): string[] => (count > 0 ? [words.say(id, { count })] : []);
  const named = (id: string, { count, names }: NamedCount): string[] =>
    count > 0 ? [words.say(id, { count, names: words.codes(names), more: count - names.length })] : [];
  return [
    ...counted("plan-already-sent", alreadySent),
    ...counted("plan-suppressed", suppressed),
    ...counted("plan-contacted-left-out", contactedLately),
    ...counted("plan-other-campaign", otherCampaign),
    ...contactedLines(plan, words),
    ...counted("plan-corrected", corrected),
    ...named("plan-too-long", tooLong),
    ...named("plan-empty", empty),
    ...languageLines(plan, words),
  ];
}

const MOST_CAMPAIGNS = 3;

/** Whom other campaigns wrote to lately: nobody gets a second message unnoticed. */
function contactedLines({ contacted: { count, days, by } }: Plan, words: Words): string[] {
  if (count === 0) return [];
  const each = by.slice(0, MOST_CAMPAIGNS).map((one) =>
    words.say("plan-contacted-by", {
      id: one.campaignId,
      count: one.count,
      moment: words.moment(one.lastAt),
    }),
  );
  return [words.say("plan-contacted", { count, days }), ...each];
}

/** One tap leaves those out whom others wrote to lately, and one takes them in again. */
export function latelyRow({ notWithinDays }: DraftState, plan: Plan | null, words: Words): Button[] {
  if (notWithinDays !== undefined)
    return [{ label: words.plain("button-take-in", { days: notWithinDays }), choice: "lately=0" }];
  if (!plan || plan.contacted.count === 0) return [];
  const { count, days } = plan.contacted;
  return [{ label: words.plain("button-leave-out", { count }), choice: `lately=${days}` }];
}

const channelsWithRules = ["x", "telegram"];

/** What the platform's own rules ask of the operator. */
function rules({ channel }: DraftState, words: Words): string[] {
  const name = channel?.name ?? "";
  return channelsWithRules.includes(name) ? [words.say(`plan-rules-${name}`)] : [];
}

function nothingToday({ nothingBefore }: Plan, words: Words): string[] {
  return nothingBefore === undefined
    ? []
    : [words.say("plan-nothing-today", { moment: words.moment(nothingBefore) })];
}

function finish({ finishesAt, days }: Plan, words: Words): string {
  if (finishesAt === undefined) return words.say("plan-finish-unknown");
  return words.say("plan-finish", { moment: words.moment(finishesAt), days });
}

function accountLines({ accounts }: Plan, words: Words): string[] {
  const shown = accounts
    .slice(0, MOST_ACCOUNT_LINES)
    .map(({ name, caps, usedToday }) =>
      caps.perDay === undefined
        ? words.say("plan-account-free", { account: name, used: usedToday })
        : words.say("plan-account-limited", { account: name, limit: caps.perDay, used: usedToday }),
    );
  const more = accounts.length - shown.length;
  return more > 0 ? [...shown, words.say("plan-accounts-more", { count: more })] : shown;
}

interface Choosable {
  readonly names: readonly string[];
  readonly chosen: readonly string[];
}

/** A button for each account, which says whether it is chosen, and one for the next page where there are many. */
export function accountRows({ names, chosen }: Choosable, page: number, words: Words): Button[][] {
  const first = page * ACCOUNTS_A_PAGE;
  const buttons = names.map((account, index) => ({
    label: words.plain(chosen.includes(account) ? "button-account-on" : "button-account-off", { account }),
    choice: `account=${index}`,
  }));
  const shown = buttons.slice(first, first + ACCOUNTS_A_PAGE);
  const rows = shown.flatMap((_, index) => (index % 2 === 0 ? [shown.slice(index, index + 2)] : []));
  return names.length > ACCOUNTS_A_PAGE ? [...rows, [nextPage(names.length, page, words)]] : rows;
}

/** Names the page shown; a press turns to the next one, and from the last to the first. */
function nextPage(total: number, page: number, words: Words): Button {
  const from = page * ACCOUNTS_A_PAGE + 1;
  const to = Math.min(total, from + ACCOUNTS_A_PAGE - 1);
  const next = to === total ? 0 : page + 1;
  return { label: words.plain("button-accounts-page", { from, to, total }), choice: `page${next}` };
}

function limitRows({ channel, limit }: DraftState, words: Words): Button[][] {
  const own = new Set((channel?.accounts ?? []).map((account) => account.caps.perDay));
  const [shared] = own.size === 1 ? own : [];
  const numbers = [...new Set([...PRESETS, ...(typeof limit === "number" ? [limit] : [])])]
    .filter((count) => count !== shared)
    .toSorted((a, b) => a - b);
  const isOwnNone = own.size === 1 && shared === undefined;
  const buttons = [
    ownButton(limit === "own" || limit === shared, own.size === 1, shared, words),
    ...numbers.map((count) => ({
      label: words.plain(limit === count ? "button-limit-chosen" : "button-limit", { count }),
      choice: `limit=${count}`,
    })),
  ];
  const none = {
    label: words.plain(limit === "none" ? "button-limit-none-chosen" : "button-limit-none"),
    choice: "limit=none",
  };
  return [buttons.slice(0, 3), [...buttons.slice(3), ...(isOwnNone ? [] : [none])]];
}

function ownButton(isChosen: boolean, isShared: boolean, count: number | undefined, words: Words): Button {
  const mark = isChosen ? "-chosen" : "";
  const choice = "limit=own";
  if (!isShared) return { label: words.plain(`button-limit-own${mark}`), choice };
  if (count === undefined) return { label: words.plain(`button-limit-none${mark}`), choice };
  return { label: words.plain(`button-limit${mark}`, { count }), choice };
}
