import { expect, test } from "vitest";
import { createLexicon } from "../../../words/words.ts";
import { forEachState } from "../../../domain/recipient.ts";
import { resultWords } from "../../../words/file-words.ts";
import { restartView, summaryView } from "./campaign-end.ts";

const lexicon = createLexicon({
  timeZone: "Asia/Tehran",
  clock: { now: () => 0, sleep: () => Promise.resolve() },
});

test("reasons in the results file are in the reader's language, unknown ones as they came", () => {
  const words = resultWords(lexicon.fa);
  expect(words.reason("noSuchName")).toBe(lexicon.fa.plain("reason-noSuchName"));
  expect(words.reason({ code: "foreign", text: "a fault nobody named" })).toBe("a fault nobody named");
});

const view = {
  campaign: {
    id: "spring",
    createdAt: 0,
    finishedAt: 1,
    channel: "simulator",
    accounts: [],
    message: "Hi",
    lists: [],
    consent: { statement: "", by: "", at: 0 },
    status: "finished" as const,
  },
  counts: { ...forEachState(() => 0), sent: 5 },
  imported: 5,
  ratePerSecond: 0,
  resting: [],
};

test.each(["en", "fa"] as const)("says to no one twice only where it is known, in %s", (locale) => {
  const words = lexicon[locale];
  const clause = words.say("summary-sent", { sent: 5, total: 5 });
  expect(summaryView(view, words)?.text).toContain(clause);
  const again = summaryView({ ...view, sentAgain: 2 }, words)?.text;
  expect(again).not.toContain(clause);
  expect(again).toContain(words.say("sent-again", { count: 2 }));
  const running = { ...view, campaign: { ...view.campaign, status: "running" as const } };
  const restarted = words.say("restarted", { id: "spring", sent: 5, total: 5 });
  expect(restartView(running, words)?.text).toBe(restarted);
  expect(restartView({ ...running, sentAgain: 1 }, words)?.text).not.toContain(restarted);
});
