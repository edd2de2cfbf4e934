/** Suites that run once more with everything in PostgreSQL: some of them each day, and all in `--mode long`. */
import { oneOfToday } from "../every-moment.ts";

/** Those that say most of the whole, every day. */
const always = ["tests/model/start-again.test.ts", "tests/cli/do-not-send.test.ts"];

/** One of these a day. */
const inTurn = [
  "tests/browser/campaign-story.test.ts",
  "tests/browser/leads-story.test.ts",
  "tests/bot/corrected-list.test.ts",
  "tests/cli/add-names.test.ts",
  "tests/cli/amending.test.ts",
  "tests/cli/answering.test.ts",
  "tests/cli/between-front-ends.test.ts",
  "tests/cli/corrected-list.test.ts",
  "tests/cli/list-options.test.ts",
  "tests/cli/other-campaigns.test.ts",
  "tests/cli/posts.test.ts",
  "tests/cli/same-campaign.test.ts",
  "tests/cli/send.test.ts",
  "tests/cli/task-ids.test.ts",
  "tests/model/approval.test.ts",
  "tests/model/preview-is-sent.test.ts",
  "tests/web/api.test.ts",
];

export const onPostgres: string[] = [...always, ...oneOfToday(inTurn)];
