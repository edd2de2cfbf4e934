/** What "More options" offers, in the order in which it stands there. A topic is a file beside this one and its line here. */
import type { DraftState } from "../../draft-state.ts";
import { excludesTopic } from "./excludes.ts";
import { followUpTopic } from "./follow-up.ts";
import { guardRailsTopic } from "./guard-rails.ts";
import { languagesTopic } from "./languages.ts";
import { priorityTopic } from "./priority.ts";
import { savedTextTopic } from "./saved-text.ts";
import { sendWindowTopic } from "./send-window.ts";
import { startTopic } from "./start.ts";
import { spendCapTopic } from "./spend-cap.ts";
import { speedTopic } from "./speed.ts";
import type { Topic } from "./topic.ts";
import { tryFirstTopic } from "./try-first.ts";

/** All of them. */
export const topics: readonly Topic[] = [
  languagesTopic,
  startTopic,
  sendWindowTopic,
  tryFirstTopic,
  guardRailsTopic,
  speedTopic,
  priorityTopic,
  spendCapTopic,
  followUpTopic,
  excludesTopic,
  savedTextTopic,
];

/** The topics that there are for a campaign in the making. */
export function topicsFor(state: DraftState): readonly Topic[] {
  return topics.filter((topic) => topic.isFor?.(state) !== false);
}
