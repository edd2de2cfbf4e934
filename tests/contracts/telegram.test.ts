import { setImmediate as turn } from "node:timers/promises";
import type { Channel } from "../../src/channels/channel.ts";
import { knownAs } from "../../src/domain/people/subscriber.ts";
import type { TelegramBench } from "../telegram/telegram-bench.ts";
import { idOf, openTelegramBench } from "../telegram/telegram-bench.ts";
import type { ChannelUnderTest } from "./channel-under-test.ts";
import { channelContract } from "./channel.ts";

const abilities = {
  readsBack: false,
  honoursDedupKey: false,
  looksUp: false,
  extras: { formatting: true, attachments: true, buttons: true },
  checks: true,
  knows: true,
  amends: { takesBack: { withinMs: 48 * 3_600_000 }, mends: true as const },
};

async function open(): Promise<ChannelUnderTest> {
  const bench = await openTelegramBench();
  const { world } = bench;
  world.block(idOf("blocker"), true);
  const names = {
    ali: "ali",
    sara: "sara",
    nima: "nima",
    blocker: "blocker",
    late: "late",
    lost: "lost",
  } as const;
  const idNamed = (name: string): number | undefined => {
    const known = Object.values(names).find((one) => one === name);
    return known && idOf(known);
  };
  return {
    channel: losingAnswers(bench),
    known: (username) => knownAs(bench.subscribers.stored(username)),
    reachable: ["ali", "sara", "nima"],
    missing: "nobody",
    refusing: "blocker",
    timesOut: { delivered: "late", lost: "lost" },
    async whenLeft(username) {
      while (!world.calls().some(({ payload }) => payload["chat_id"] === idNamed(username))) await turn();
    },
    async received(username) {
      const id = idNamed(username);
      return id === undefined ? 0 : world.messages(id).filter(({ from }) => from?.is_bot).length;
    },
    async leave(username) {
      const person = await bench.subscribers.find(username);
      if (person) await bench.subscribers.change(person.id, () => ({ ...person, state: "stopped" }));
    },
    amending: {
      now: () => bench.clock.now(),
      pass: async (ms) => bench.age(ms),
      async inboxOf(username) {
        const id = idNamed(username) ?? 0;
        return world.messages(id).flatMap(({ from, text = "" }) => (from?.is_bot ? [text] : []));
      },
      seen: (text) => text,
    },
    run: (promise) => promise,
    reopen: () => Promise.resolve(),
    close: async () => bench[Symbol.asyncDispose](),
  };
}

/** The channel itself; the connection is cut for two names, after the message arrived and before. */
function losingAnswers({ channel, world }: TelegramBench): Channel {
  return {
    ...channel,
    send(request, signal, leave) {
      if (request.username === "late") world.failNext("sendMessage", { hangUp: "after" });
      if (request.username === "lost") world.failNext("sendMessage", { hangUp: "before" });
      return channel.send(request, signal, leave);
    },
  };
}

channelContract("Telegram", abilities, open);
