import { HIGHEST_PRIORITY } from "../../../../domain/settings/priority.ts";
import { numberTopic } from "./number-topic.ts";

/** Which campaign goes first through accounts that several share. */
export const priorityTopic = numberTopic({
  name: "priority",
  setting: "priority",
  offered: [1, 5, HIGHEST_PRIORITY],
  most: HIGHEST_PRIORITY,
  numberOf: (priority) => priority,
  valueOf: (priority) => priority,
});
