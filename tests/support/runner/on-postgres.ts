/** Suites that run once more with everything in PostgreSQL: some of them each day, and all in `--mode long`. */
import { shareDay, withinADay } from "../every-moment.ts";
import { onBoth } from "./store-suites.ts";

/** Those that say most of the whole, every day. */
const always = ["tests/model/start-again.test.ts", "tests/cli/do-not-send.test.ts"];

/** How long those take that take longer than most, in seconds of CPU. */
const SLOW: Readonly<Record<string, number>> = {
  "tests/bot/corrected-list.test.ts": 30,
  "tests/bot/new-campaign.test.ts": 10,
  "tests/bot/progress.test.ts": 10,
  "tests/browser/campaign-story.test.ts": 40,
  "tests/browser/leads-story.test.ts": 40,
  "tests/cli/campaign-commands.test.ts": 30,
  "tests/cli/collect.test.ts": 30,
  "tests/cli/persian-walk.test.ts": 20,
  "tests/crash/real-kills.test.ts": 10,
  "tests/strain/strain.test.ts": 30,
  "tests/telegram/subscriber-campaign.test.ts": 20,
  "tests/x/chat-posts.test.ts": 10,
  "tests/x/chat-stops.test.ts": 30,
  "tests/x/chat-x-campaign.test.ts": 15,
  "tests/x/kill-x-campaign.test.ts": 15,
  "tests/x/silent-names.test.ts": 10,
  "tests/x/stops-campaign.test.ts": 25,
};
const USUAL_S = 4;

/** What a day may take beside those of every day, in seconds of CPU. */
const A_DAY_S = 60;

/** @param mode Of the run: vitest tells it to whoever makes its settings before it tells anybody else */
export function onPostgres(mode: string, day = shareDay): string[] {
  const others = onBoth.filter((one) => !always.includes(one));
  if (mode === "long") return [...always, ...others];
  const costs = Object.fromEntries(others.map((one) => [one, SLOW[one] ?? USUAL_S]));
  return [...always, ...withinADay(costs, A_DAY_S, day)];
}
