/** `--at` and `--window` of `peyk send`: when a campaign starts, and the hours in which it sends. */
import type { Planner } from "../../app/drafts/planner.ts";
import type { Draft } from "../../app/drafts/draft.ts";
import { momentChoiceText, momentProblemText, windowProblemText } from "../../words/when-answers.ts";
import { SaidError } from "../../words/said-error.ts";
import { fullMoment } from "../../words/when-words.ts";
import type { Words } from "../../words/words.ts";
import type { SendOptions } from "./send-request.ts";

/**
 * Reads both options. `now` starts what waits for its start, and is nothing to say of a new campaign.
 * @throws {SaidError} for what is not understood, over, or could be meant in two ways
 */
export function whenOf(
  { at, window }: Pick<SendOptions, "at" | "window">,
  app: Planner,
  { isNew, words }: { readonly isNew: boolean; readonly words: Words },
): Pick<Draft, "startAt" | "sendWindow" | "atAnyTime"> {
  return {
    ...(at === undefined ? {} : startOf(at, app, { isNew, words })),
    ...(window === undefined ? {} : hoursOf(window, app, words)),
  };
}

function startOf(
  text: string,
  { when }: Planner,
  { isNew, words }: { readonly isNew: boolean; readonly words: Words },
): Pick<Draft, "startAt"> {
  const found = when.readMoment(text);
  switch (found.kind) {
    case "now":
      return isNew ? {} : { startAt: { at: found.at, timeZone: found.timeZone } };
    case "moment":
      return { startAt: { at: found.at, timeZone: found.timeZone } };
    case "choices": {
      const each = found.moments.map((moment) => `\n  ${fullMoment(moment, found.timeZone, words)}`);
      const why = momentChoiceText(found, words) + each.join("");
      throw new SaidError(words.plain("cli-at-problem", { text, why }));
    }
    case "problem":
      throw new SaidError(words.plain("cli-at-problem", { text, why: momentProblemText(found, words) }));
  }
}

function hoursOf(text: string, { when }: Planner, words: Words): Pick<Draft, "sendWindow" | "atAnyTime"> {
  const found = when.readWindow(text);
  switch (found.kind) {
    case "always":
      return { atAnyTime: true };
    case "window":
      return { sendWindow: found.window };
    case "problem":
      throw new SaidError(words.plain("cli-window-problem", { text, why: windowProblemText(found, words) }));
  }
}
