import { setImmediate as turn } from "node:timers/promises";
import { openXBench } from "../support/x-bench.ts";
import type { ChannelUnderTest } from "./channel-under-test.ts";
import { channelContract } from "./channel.ts";

async function open(): Promise<ChannelUnderTest> {
  const bench = await openXBench({
    people: [
      ...["ana", "bea", "cem", "late", "lost"].map((name) => ({ name })),
      { name: "shut", state: "noDms" },
    ],
    faults: ({ route, person }) =>
      route === "sendMessage" && (person === "late" || person === "lost")
        ? { kind: "silent", written: person === "late" }
        : undefined,
  });
  const { x } = bench;
  const claimedAt = bench.clock.now();
  await bench.clock.advance(60_000);
  return {
    get channel() {
      return bench.channel;
    },
    known: (username) => bench.known(username),
    reachable: ["ana", "bea", "cem"],
    missing: "nobody",
    refusing: "shut",
    timesOut: { delivered: "late", lost: "lost" },
    claimedAt,
    writeBack: async (username, text) => {
      await bench.clock.advance(1000);
      x.writeBack(username, "news", text);
    },
    whenLeft: async (username) => {
      const path = `/2/dm_conversations/with/${x.idOf(username)}/messages`;
      while (x.pagesAsked(path).length === 0) await turn();
    },
    received: (username) => Promise.resolve(username === "nobody" ? 0 : x.received(username).length),
    run: (promise) => bench.run(promise),
    reopen: () => bench.reopen(),
    close: async () => bench[Symbol.asyncDispose](),
  };
}

const abilities = {
  looksUp: true,
  honoursDedupKey: false,
  readsBack: true,
  readsReplies: true,
  checks: true,
  knows: true,
};

channelContract("X", abilities, open);
