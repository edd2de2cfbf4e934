import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { setImmediate as turn } from "node:timers/promises";
import { createWebhookChannel } from "../../src/channels/webhook/webhook.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { SECRET, StandInGateway } from "../support/stand-in-gateway.ts";
import type { ChannelUnderTest } from "./channel-under-test.ts";
import { channelContract } from "./channel.ts";

/** It hangs up on the first message to `late` after sending it on, and on the first to `lost` before. */
async function open(keepsKeys: boolean): Promise<ChannelUnderTest> {
  const gateway = new StandInGateway();
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { to } = gateway.read(body);
    const isFirst = !gateway.asked.some((one) => one.to === to);
    const answer = gateway.take(flat(request.headers), body, to !== "lost" || !isFirst);
    if ((to === "late" || to === "lost") && isFirst) return request.socket.destroy();
    response.writeHead(answer.status, { "content-type": "application/json" });
    return response.end(JSON.stringify(answer.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  const create = () =>
    createWebhookChannel({
      gateway: {
        url: `http://127.0.0.1:${port}/messages`,
        secrets: [SECRET],
        sender: "peyk",
        keepsKeys,
        longestMessage: 480,
        accounts: [{ name: "sms", caps: {} }],
      },
      clock: createVirtualClock(Date.now()),
    });
  let channel = create();
  return {
    get channel() {
      return channel;
    },
    reachable: ["ali", "sara.b", "nima"],
    missing: "nobody",
    refusing: "off",
    timesOut: { delivered: "late", lost: "lost" },
    async whenLeft(name) {
      while (!gateway.asked.some(({ to }) => to === name)) await turn();
    },
    received: async (name) => gateway.shown.filter(({ to }) => to === name).length,
    run: (promise) => promise,
    async reopen() {
      channel = create();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => void server.close(closed));
    },
  };
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

const abilities = { looksUp: false, readsBack: false };
channelContract("A gateway that keeps keys", { ...abilities, honoursDedupKey: true }, () => open(true));
channelContract("A gateway that keeps none", { ...abilities, honoursDedupKey: false }, () => open(false));
