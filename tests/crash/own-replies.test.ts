/** An operator's reply over a stop after each of its effects: never twice, and what may have arrived is said to be uncertain. */
import { expect, test } from "vitest";
import { OwnReplyBook } from "../../src/domain/people/own-reply.ts";
import type { Channel } from "../../src/channels/channel.ts";
import { Replier } from "../../src/engine/answers/replier.ts";
import type { Reason } from "../../src/domain/reasons/reason.ts";
import { createMemoryAnswers } from "../support/memory-answers.ts";
import { createMemoryOwnReplies } from "../support/memory-own-replies.ts";
import { createScriptedChannel } from "../support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const asked = { id: "1001:7", answer: 1, text: "Yes, from nine.", by: "1001", at: 1 };

interface Stop {
  /** The process dies at its so-many-th effect, before or after it has happened. */
  readonly at: number;
  readonly isAfter: boolean;
}

async function world() {
  const clock = createVirtualClock();
  const answers = createMemoryAnswers();
  const said = { channel: "scripted", account: "one", username: "ali", text: "open?", at: 1, key: "k" };
  await answers.append(said);
  const book = new OwnReplyBook();
  const got: string[] = [];
  const blocked = new Map<string, Reason>();
  let capped = false;
  const run = (stop?: Stop) => {
    let effects = 0;
    const died = new Error("the process died");
    let isDead = false;
    const effect = (happens: () => void): void => {
      if (isDead) throw died;
      effects += 1;
      const isHere = effects === stop?.at;
      if (isHere && !stop?.isAfter) isDead = true;
      if (isDead) throw died;
      happens();
      if (isHere) isDead = true;
      if (isDead) throw died;
    };
    const store = createMemoryOwnReplies(book);
    const dying =
      <Args extends unknown[], T>(act: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        const done: Promise<T>[] = [];
        effect(() => void done.push(act(...args)));
        return Promise.all(done).then(([value]) => value ?? Promise.reject(new Error("it was not done")));
      };
    const channel: Channel = {
      ...createScriptedChannel(),
      async send({ username, text }) {
        effect(() => void got.push(`${username}: ${text}`));
        return { kind: "delivered", messageId: "m1" };
      },
    };
    const replier = new Replier({
      answers,
      replies: {
        ...store,
        ask: dying((reply) => store.ask(reply)),
        claim: dying((id, at) => store.claim(id, at)),
        settle: dying((id, ending, at) => store.settle(id, ending, at)),
      },
      channels: new Map([["scripted", channel]]),
      ledgers: { debitTestSend: async () => (capped ? { cappedUntil: 1 } : "debited") },
      pool: async () => ({ readyAt: () => 0 }),
      addressOf: ({ username }) => username,
      whyNot: async ({ username }) => blocked.get(username),
      clock,
      log: { error: () => undefined },
    });
    return { replier, effects: () => effects };
  };
  return { run, got, book, clock, blocked, cap: (to: boolean) => void (capped = to) };
}

const cases = [1, 2, 3, 4].flatMap((at) => [false, true].map((isAfter) => ({ at, isAfter })));

test.each(cases)(
  "a stop at effect $at (after: $isAfter) loses no reply and sends none twice",
  async (stop) => {
    const { run, got, book, clock } = await world();
    await run(stop)
      .replier.reply(asked)
      .catch(() => undefined);
    const second = run();
    await second.replier.start();
    // Telegram gives the operator's message again.
    await second.replier.reply(asked);
    await clock.advance(20_000);
    await second.replier.stop();
    const reply = book.get(asked.id);
    expect(got.length).toBeLessThanOrEqual(1);
    expect(["sent", "uncertain"]).toContain(reply?.state);
    if (reply?.state === "sent") expect(got).toEqual(["ali: Yes, from nine."]);
  },
);

test("the do-not-send list binds, and what waits for a limit goes out by itself after a restart", async () => {
  const { run, got, book, clock, blocked, cap } = await world();
  cap(true);
  expect(await run().replier.reply(asked)).toMatchObject({ state: "planned" });
  cap(false);
  const { replier } = run();
  const ended: string[] = [];
  replier.watch(({ id, state }) => void ended.push(`${id} ${state}`));
  await replier.start();
  await clock.advance(20_000);
  expect(got).toHaveLength(1);
  expect(ended).toEqual(["1001:7 sent"]);
  blocked.set("ali", "onDoNotSendList");
  expect(await replier.reply({ ...asked, id: "1001:8" })).toMatchObject({
    state: "failed",
    why: "onDoNotSendList",
  });
  await replier.stop();
  expect(got).toHaveLength(1);
  expect(book.all()).toHaveLength(2);
});
