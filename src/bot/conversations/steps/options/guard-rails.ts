/** Guard rails: above which share of people who take it badly the campaign pauses by itself. */
import type { GuardRails, RailRule } from "../../../../domain/settings/guard-rails.ts";
import { USUAL_RAILS, railRules, sharesOf } from "../../../../domain/settings/guard-rails.ts";
import { optionLabel } from "../../../views/drafts/options.ts";
import type { View } from "../../../views/view.ts";
import { shareText, sharesText } from "../../../../words/rails-text.ts";
import type { Words } from "../../../../words/words.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk } from "../../step.ts";
import { exitOf, exits } from "../../step.ts";
import { askNumber, percent } from "./ask-number.ts";
import type { Topic } from "./topic.ts";

const OFFERED: Readonly<Record<RailRule, readonly number[]>> = {
  declined: [10, 30, 50],
  failed: [5, 20, 50],
  optedOut: [2, 5, 10],
};

export const guardRailsTopic: Topic = {
  name: "guard-rails",
  value: ({ settings: { guardRails } }, words) =>
    guardRails && !areUsual(guardRails)
      ? sharesText(guardRails, words) || words.plain("rails-none")
      : undefined,
  run: askRails,
};

/** What everybody has needs no room on a button of a phone. */
function areUsual(rails: GuardRails): boolean {
  return railRules.every((rule) => rails[rule] === USUAL_RAILS[rule]);
}

async function askRails(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  for (;;) {
    const rails = state.settings.guardRails ?? USUAL_RAILS;
    await talk.dialogue.show((words) => railsView(rails, words));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const rule = railRules.find((one) => answer.kind === "button" && answer.choice === `rail=${one}`);
    if (rule && (await askShare(talk, state, { rails, rule })) === "cancel") return "cancel";
  }
}

function railsView(rails: GuardRails, words: Words): View {
  const rows = railRules.map((rule) => [
    {
      label: optionLabel(words.plain(`rail-${rule}`), shareText(rails[rule], words)),
      choice: `rail=${rule}`,
    },
  ]);
  return { text: words.say("ask-guard-rails"), rows: [...rows, exits(words, "later")] };
}

async function askShare(
  talk: Talk,
  state: DraftState,
  { rails, rule }: { readonly rails: GuardRails; readonly rule: RailRule },
): Promise<"back" | "cancel"> {
  const share = await askNumber(talk, {
    text: (words) => words.say(`ask-rail-${rule}`),
    offered: OFFERED[rule],
    label: shareText,
    off: (words) => words.plain("rail-off"),
    most: 99,
    reading: { read: percent, wrong: "number-wrong" },
    now: rails[rule],
  });
  if (share === "back" || share === "cancel") return share;
  const { [rule]: _, ...others } = sharesOf(rails);
  const looked = rails.looked ? { looked: rails.looked } : {};
  const guardRails = { ...others, ...(share === "off" ? {} : { [rule]: share }), ...looked };
  state.settings = { ...state.settings, guardRails };
  return "back";
}
