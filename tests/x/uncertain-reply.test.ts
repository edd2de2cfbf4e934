/** An operator's reply on X whose answer was lost, read back from the conversation as a campaign's message is. */
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import { OwnReplyBook } from "../../src/domain/people/own-reply.ts";
import { Replier } from "../../src/engine/answers/replier.ts";
import { createMemoryAnswers } from "../support/memory-answers.ts";
import { createMemoryOwnReplies } from "../support/memory-own-replies.ts";
import { openXBench } from "../support/x-bench.ts";

const MINUTE = 60_000;

test.each([
  { written: true, ends: "sent", got: ["Yes, from nine."] },
  { written: false, ends: "failed", got: [] },
])("a reply that was lost on the way (arrived: $written) is $ends, and never sent again", async (lost) => {
  await using bench = await openXBench({
    accounts: [{ name: "news" }],
    people: [{ name: "ali" }],
    faults: ({ route, ofRoute }) =>
      route === "sendMessage" && ofRoute === 1 ? { kind: "cut", written: lost.written } : undefined,
  });
  const { x, channel, clock } = bench;
  let asking = 0;
  const readBack: Channel["readBack"] = async (...question) => {
    asking++;
    const found = await channel.readBack?.(...question);
    asking--;
    return found ?? { kind: "unknown", why: "unsaid" };
  };
  const answers = createMemoryAnswers();
  const said = { username: "ali_of_old", personId: x.idOf("ali"), text: "open?", at: 1, key: "1" };
  await answers.append({ channel: "x", account: "news", ...said });
  const book = new OwnReplyBook();
  const replier = new Replier({
    answers,
    replies: createMemoryOwnReplies(book),
    channels: new Map([["x", { ...channel, readBack }]]),
    ledgers: { debitTestSend: async () => "debited" },
    pool: async () => ({ readyAt: () => 0 }),
    addressOf: ({ username }) => username,
    whyNot: async () => undefined,
    clock,
    log: { error: (problem) => expect(problem).toBe("") },
  });
  const asked = { id: "1001:9", answer: 1, text: "Yes, from nine.", by: "1001", at: clock.now() };
  expect(await bench.run(replier.reply(asked))).toMatchObject({ state: "uncertain" });
  // Time passes while X is asked nothing.
  const state = (): string | undefined => book.get(asked.id)?.state;
  for (const until = clock.now() + 10 * MINUTE; state() === "uncertain" && clock.now() < until; await turn())
    if (asking === 0) await clock.advance(1000);
  expect(state()).toBe(lost.ends);
  expect(x.received("ali").map(({ text }) => text)).toEqual(lost.got);
  expect(x.calls.filter(({ route }) => route === "sendMessage")).toHaveLength(1);
  await replier.stop();
});
