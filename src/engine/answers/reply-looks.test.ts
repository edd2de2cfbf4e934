/** An operator's reply of which nobody knows whether it arrived, in front of a channel that can be asked. */
import { expect, test } from "vitest";
import type { ReadBack } from "../../channels/channel.ts";
import { OwnReplyBook } from "../../domain/people/own-reply.ts";
import { createMemoryAnswers } from "../../../tests/support/memory-answers.ts";
import { createMemoryOwnReplies } from "../../../tests/support/memory-own-replies.ts";
import { createScriptedChannel, lostYes } from "../../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { ExternalStoreError } from "../../storage/ports/sync.ts";
import { Replier } from "./replier.ts";

const MINUTE = 60_000;
const asked = { id: "1001:7", answer: 1, text: "Yes.", by: "1001", at: 1 };
const found: ReadBack = { kind: "delivered", messageId: "m9" };
const absent: ReadBack = { kind: "absent" };

const gone = new ExternalStoreError("PostgreSQL: gone (ECONNREFUSED)", {
  isTransient: true,
  reason: "pgUnreachable",
});

/** @param looks What the channel says, one after the other; the last one again and again */
async function bench(...looks: readonly ReadBack[]) {
  const clock = createVirtualClock();
  const answers = createMemoryAnswers();
  const said = { channel: "scripted", account: "one", username: "ali", text: "open?", at: 1 };
  for (const key of ["k", "l"]) await answers.append({ ...said, key });
  const book = new OwnReplyBook();
  const asks: number[] = [];
  const channel = createScriptedChannel({
    manifest: { readsBack: true, absentAfterMs: 5 * MINUTE },
    turn: () => lostYes,
    abilities: {
      async readBack({ claimedAt }) {
        asks.push(claimedAt);
        return looks[Math.min(asks.length, looks.length) - 1] ?? absent;
      },
    },
  });
  const told: string[] = [];
  const store = { isAway: false };
  const replies = createMemoryOwnReplies(book);
  const settle: typeof replies.settle = async (...settled) => {
    if (store.isAway) throw gone;
    return replies.settle(...settled);
  };
  const open = () => {
    const replier = new Replier({
      answers,
      replies: { ...replies, settle },
      channels: new Map([["scripted", channel]]),
      ledgers: { debitTestSend: async () => "debited" },
      pool: async () => ({ readyAt: () => 0 }),
      addressOf: ({ username }) => username,
      whyNot: async () => undefined,
      clock,
      log: { error: (problem) => void told.push(problem) },
    });
    replier.watch(({ state, isLeft = false }) => void told.push(isLeft ? "left" : state));
    return replier;
  };
  return { clock, book, channel, asks, told, open, store, sent: () => channel.calls.length };
}

test("is found, and told as sent, by a look that asks for its own call", async () => {
  const { open, clock, told, asks, sent, book } = await bench(absent, found);
  const replier = open();
  const at = clock.now();
  expect(await replier.reply(asked)).toMatchObject({ state: "uncertain", claimedAt: at });
  await clock.advance(10 * MINUTE);
  expect(told).toEqual(["uncertain", "sent"]);
  expect(book.get(asked.id)).toMatchObject({ state: "sent", messageId: "m9" });
  expect([asks, sent()]).toEqual([[at, at], 1]);
  await replier.stop();
});

test("did surely not arrive when it is absent for as long as a campaign's message would have to be", async () => {
  const { open, clock, told, sent, book } = await bench(absent);
  const replier = open();
  await replier.reply(asked);
  await clock.advance(4 * MINUTE);
  expect(told).toEqual(["uncertain"]);
  await clock.advance(2 * MINUTE);
  expect(book.get(asked.id)).toMatchObject({ state: "failed", why: "didNotArrive" });
  expect([told, sent()]).toEqual([["uncertain", "failed"], 1]);
  await replier.stop();
});

test("is left to the operator when the platform can't say, and is not looked for again after a restart", async () => {
  const { open, clock, told, asks, sent, book } = await bench({ kind: "unknown", why: "xSenderNotHere" });
  const first = open();
  await first.reply(asked);
  await clock.advance(0);
  await first.stop();
  const second = open();
  await second.start();
  await clock.advance(10 * MINUTE);
  expect(book.get(asked.id)).toMatchObject({ state: "uncertain", isLeft: true, why: "xSenderNotHere" });
  await second.stop();
  book.apply({ t: "told", id: asked.id, at: 1 });
  const third = open();
  await third.start();
  await clock.advance(10 * MINUTE);
  await third.stop();
  expect(told).toEqual(["uncertain", "uncertain", "left"]);
  expect([asks.length, sent()]).toEqual([3, 1]);
});

test("is not taken for another reply of the same words to the same person", async () => {
  const { open, clock, book } = await bench(found, absent);
  const replier = open();
  await replier.reply(asked);
  await clock.advance(MINUTE);
  expect(book.get(asked.id)).toMatchObject({ state: "sent", messageId: "m9" });
  const { asks, open: openOther, book: other, clock: time } = await bench(found);
  const next = openOther();
  await next.reply(asked);
  await time.advance(MINUTE);
  await next.reply({ ...asked, id: "1001:8", answer: 2 });
  await time.advance(10 * MINUTE);
  expect(other.get("1001:8")).toMatchObject({ state: "failed", why: "didNotArrive" });
  expect(asks.length).toBeGreaterThan(2);
  await Promise.all([replier.stop(), next.stop()]);
});

test("is looked for once the store is back, whether it went away before the call's answer was kept or the look's", async () => {
  for (const beforeCall of [true, false]) {
    const { open, clock, store, sent, book } = await bench(found);
    const replier = open();
    await replier.start();
    store.isAway = beforeCall;
    await replier.reply(asked).catch(() => undefined);
    store.isAway = true;
    await clock.advance(MINUTE);
    expect(book.get(asked.id)?.state).toBe(beforeCall ? "claimed" : "uncertain");
    store.isAway = false;
    await clock.advance(MINUTE);
    expect(book.get(asked.id)).toMatchObject({ state: "sent", messageId: "m9" });
    expect(sent()).toBe(1);
    await replier.stop();
  }
});
