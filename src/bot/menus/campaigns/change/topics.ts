import type { ChangeTopic } from "./topic.ts";
import { limitTopic } from "./limit.ts";
import { mendTopic } from "./mend.ts";
import { takeBackTopic } from "./take-back.ts";
import { textTopic } from "./text.ts";

/** What the submenu "Change" of a campaign's card has, in the order of its rows. */
export const changeTopics: readonly ChangeTopic[] = [textTopic, limitTopic, takeBackTopic, mendTopic];
