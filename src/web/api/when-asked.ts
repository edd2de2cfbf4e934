/** When a campaign that a call begins is to start, and the hours in which it sends. */
import type { Draft } from "../../app/drafts/draft.ts";
import { windowProblemText } from "../../words/when-answers.ts";
import type { Words } from "../../words/words.ts";
import type { ApiApp } from "./api-env.ts";
import type { StartBody } from "./bodies.ts";
import { ApiProblem } from "./problem.ts";

/** @throws {ApiProblem} for hours that are not understood */
export function whenOf(
  { when }: Pick<ApiApp, "when">,
  { startAt, window }: Pick<StartBody, "startAt" | "window">,
  words: Words,
): Pick<Draft, "startAt" | "sendWindow" | "atAnyTime"> {
  const moment =
    startAt === undefined ? {} : { startAt: { at: Date.parse(startAt), timeZone: when.timeZone } };
  if (window === undefined) return moment;
  const found = when.readWindow(window);
  switch (found.kind) {
    case "always":
      return { ...moment, atAnyTime: true };
    case "window":
      return { ...moment, sendWindow: found.window };
    case "problem":
      throw new ApiProblem("window", { told: { why: windowProblemText(found, words) } });
  }
}
