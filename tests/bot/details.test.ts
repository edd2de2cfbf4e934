/** What a campaign was set up with and who did what to it, on its card. */
import { expect, test } from "vitest";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, arrived, textOf } from "./chat.ts";

test.each(["en", "fa"] as const)(
  "the details say who stated, changed and stopped what, in %s",
  async (locale) => {
    await using bench = await openBench({ locale });
    const label = (id: string): string => bench.words.plain(id);
    const chat = new Chat(bench);
    const colleague = new Chat(bench, SECOND_OPERATOR);
    bench.app.put(
      "spring",
      { planned: 3 },
      {
        createdBy: OPERATOR,
        message: "Hello <{{username}}> & co",
        consent: { statement: "They ticked the box in May", by: String(OPERATOR), at: 1000 },
        notWithinDays: 30,
        accounts: [{ name: "sim-1", caps: { perDay: 4, perMinute: 20 } }],
        deeds: [{ what: "resumed", by: String(SECOND_OPERATOR), at: 2000 }],
        revisions: [{ number: 2, at: 3000, by: "cron-job", what: ["message", "tryFirst"] }],
        lists: [{ file: "list-001.jsonl", count: 3, columns: [], origin: "people.csv", importedAt: 900 }],
      },
    );
    bench.app.extend("spring", {
      amendments: [{ kind: "takeBack", by: String(SECOND_OPERATOR), at: 2500, count: 40 }],
    });
    await colleague.say("/help", "");
    await chat.say("/status", arrived(bench.words.say("card-running", { id: "spring" })));
    await chat.press(label("button-details"));
    const text = textOf(await chat.sees(arrived(bench.words.say("details-title", { id: "spring" }))));
    const moment = bench.words.moment(2000);
    const what = [label("changed-message"), label("changed-settings")].join(locale === "fa" ? "، " : ", ");
    for (const line of [
      "They ticked the box in May",
      bench.words.say("details-consent", { who: "Sara", moment }),
      bench.words.say("details-list", { file: "people.csv", count: 3, moment }),
      bench.words.say("details-not-within", { count: 30 }),
      bench.words.say("details-account", { account: "sim-1", limit: 4 }),
      bench.words.say("speed-eachMinute-value", { count: 20 }),
      bench.words.say("history-resumed", { who: "Reza", moment }),
      bench.words.say("history-takeBack", { who: "Reza", moment, count: 40 }),
      bench.words.say("history-changed", { who: "cron-job", moment, what }),
    ])
      expect(text).toContain(arrived(line));
    expect(text).toContain("Hello <{{username}}> & co");
  },
);
