/** A campaign that names are about to be added to: what stays, and the buttons that change it. */
import type { MessageProblem, Plan, ExistingCampaign } from "../../../app/drafts/draft.ts";
import { channelName } from "../../../words/channel-name.ts";
import { seenContent } from "../../../words/content-name.ts";
import { quoted, shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import type { Changeable, DraftState } from "../../conversations/draft-state.ts";
import { exits, lines, paragraphs } from "../../conversations/step.ts";
import { problemText } from "./message-problem.ts";
import { latelyRow, planLines } from "./plan.ts";
import type { Button, View } from "../view.ts";

const LONGEST_SHOWN = 600;
const MOST_ACCOUNTS = 5;

interface ShownAddition {
  readonly state: DraftState;
  readonly plan: Plan;
  /** Why the campaign's own text can't be sent to the new names. */
  readonly problems: readonly MessageProblem[];
}

/** Shows whom a Start adds, and all that stays as it is unless it is tapped. */
export function additionView({ state, plan, problems }: ShownAddition, words: Words): View {
  const { id = "", existing, changes } = state;
  if (!existing) return { text: "", rows: [] };
  const isUnfit = problems.length > 0 && !changes.includes("message");
  const text = paragraphs(
    lines(words.say("addition-title", { id, count: plan.added }), ...planLines(state, plan, words)),
    existing.pausedBy === undefined ? undefined : words.say("addition-paused"),
    whatStays(existing, words),
    isUnfit ? problems.map((one) => problemText(one, words)).join("\n") : undefined,
    words.say("addition-hint", { left: existing.left, sent: existing.sent }),
  );
  const go = [{ label: words.plain("button-continue"), choice: "go" }];
  const buttons = (["message", "accounts", "consent"] as const).map((part) => [
    changeButton(part, changes.includes(part), words),
  ]);
  return {
    text,
    rows: [...buttons, latelyRow(state, plan, words), isUnfit ? [] : go, exits(words, "later")],
  };
}

/** A campaign's text, way, accounts and consent, each on its line. */
export function whatStays(
  { message, extras, channel, accounts, consent }: ExistingCampaign,
  words: Words,
): string {
  const shown = accounts.slice(0, MOST_ACCOUNTS).map(({ name }) => name);
  const more = accounts.length - shown.length;
  return [
    words.say("addition-message"),
    quoted(shorten(seenContent(extras ? { message, extras } : { message }, words), LONGEST_SHOWN)),
    words.say("addition-through", { channel: channelName(channel, words), accounts: words.codes(shown) }) +
      (more > 0 ? ` ${words.say("plan-accounts-more", { count: more })}` : ""),
    words.say("addition-consent", { consent: shorten(consent.statement, LONGEST_SHOWN) }),
  ].join("\n");
}

function changeButton(part: Changeable, isChanged: boolean, words: Words): Button {
  return { label: words.plain(`button-change-${part}${isChanged ? "-chosen" : ""}`), choice: part };
}
