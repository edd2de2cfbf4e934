/** The plan: which accounts, how many a day from each, and what that means; figured out anew at every press. */
import type { Plan } from "../../../app/drafts/draft.ts";
import type { Words } from "../../../words/words.ts";
import { planView } from "../../views/drafts/plan.ts";
import type { View } from "../../views/view.ts";
import { MOST_A_DAY, dailyLimitTyped } from "../daily-limit.ts";
import { draftFrom, isAsked, pressLately } from "../draft-state.ts";
import type { DraftState } from "../draft-state.ts";
import type { Step, Talk, Turn } from "../step.ts";
import { exitOf } from "../step.ts";
import { askOptions } from "./options/options.ts";

/** Shows the plan and lets accounts and the daily limit be changed until it is right. */
export const planStep: Step = { name: "plan", isFor: (state) => isAsked(state, "accounts"), run: askPlan };

async function askPlan(talk: Talk, state: DraftState): Promise<Turn> {
  let [page, isLimitWrong, isNew] = [0, false, true];
  for (;;) {
    const plan = await figureOut(talk, state);
    const shown = { state, plan, page, ...(isLimitWrong ? { wrongLimit: MOST_A_DAY } : {}) };
    const showing = (words: Words): View => planView(shown, words);
    await (isNew ? talk.dialogue.ask(showing) : talk.dialogue.show(showing));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    [isNew, isLimitWrong] = [false, false];
    if (answer.kind === "button") {
      if (answer.choice === "go" && plan && plan.toSend > 0) return "next";
      if (answer.choice === "options" && (await askOptions(talk, state)) === "cancel") return "cancel";
      page = pageAfter(answer.choice, page);
      press(state, answer.choice);
    } else {
      const limit = answer.kind === "text" ? dailyLimitTyped(answer.text) : undefined;
      if (limit === undefined) isLimitWrong = true;
      else state.limit = limit;
    }
  }
}

/** Null while no account is chosen. */
async function figureOut({ dialogue, parts }: Talk, state: DraftState): Promise<Plan | null> {
  const draft = draftFrom(state);
  return draft.accounts.length === 0 ? null : dialogue.perform(() => parts.app.plan(draft));
}

function pageAfter(choice: string, page: number): number {
  return /^page\d+$/.test(choice) ? Number(choice.slice(4)) : page;
}

function press(state: DraftState, choice: string): void {
  if (pressLately(state, choice)) return;
  const [kind, value = ""] = choice.split("=");
  if (kind === "limit") state.limit = value === "own" || value === "none" ? value : Number(value);
  const account = kind === "account" ? state.channel?.accounts[Number(value)] : undefined;
  if (!account) return;
  const without = state.chosen.filter((name) => name !== account.name);
  state.chosen = without.length < state.chosen.length ? without : [...state.chosen, account.name];
}
