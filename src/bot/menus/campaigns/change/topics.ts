import { guardRailsTopic } from "../../../conversations/steps/options/guard-rails.ts";
import { priorityTopic } from "../../../conversations/steps/options/priority.ts";
import { speedTopic } from "../../../conversations/steps/options/speed.ts";
import { sendWindowTopic } from "../../../conversations/steps/options/send-window.ts";
import { spendCapTopic } from "../../../conversations/steps/options/spend-cap.ts";
import { tryFirstTopic } from "../../../conversations/steps/options/try-first.ts";
import { accountsTopic } from "./accounts.ts";
import type { ChangeTopic } from "./topic.ts";
import { languagesChange } from "./languages.ts";
import { limitTopic } from "./limit.ts";
import { mendTopic } from "./mend.ts";
import { namesTopic } from "./names.ts";
import { settingTopic } from "./setting.ts";
import { startTopic } from "./start.ts";
import { takeBackTopic } from "./take-back.ts";
import { textTopic } from "./text.ts";

/** What the submenu "Change" of a campaign's card has, in the order of its rows. */
export const changeTopics: readonly ChangeTopic[] = [
  textTopic,
  languagesChange,
  namesTopic,
  accountsTopic,
  limitTopic,
  startTopic,
  settingTopic("sendWindow", "sendWindow", sendWindowTopic),
  settingTopic("tryFirst", "tryFirst", tryFirstTopic),
  settingTopic("guardRails", "guardRails", guardRailsTopic),
  settingTopic("speed", "pace", speedTopic),
  settingTopic("priority", "priority", priorityTopic),
  settingTopic("spendCap", "spendCap", spendCapTopic, ({ spent }) => spent !== undefined),
  takeBackTopic,
  mendTopic,
];
