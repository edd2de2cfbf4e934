import { createAskJson } from "../../src/lib/http/http-json.ts";
import type { TikTokProvider } from "../../src/sources/tiktok/providers.ts";
import { openTikTok } from "../../src/sources/tiktok/tiktok.ts";
import type { ShapeOptions } from "../support/fake-tiktok/answer-shapes.ts";
import { openFakeTikTok } from "../support/fake-tiktok/fake-tiktok.ts";
import type { LoopbackFault } from "../support/loopback-server.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { createNextFault } from "./next-fault.ts";
import type { SourceUnderTest, Way } from "./source.ts";
import { sourceContract } from "./source.ts";

const clock = createVirtualClock();
const key = "a+key/of=ours";

async function open(provider: TikTokProvider, shape: ShapeOptions): Promise<SourceUnderTest> {
  const next = createNextFault();
  const tiktok = await openFakeTikTok({
    key,
    searches: { "coffee shop": { seed: 3, creators: 80, emptyPages: 0.2 } },
    faults: next.faultOf,
    ...shape,
  });
  const access = { provider, baseUrl: tiktok.address, key };
  return {
    source: openTikTok({ access, ask: createAskJson({ clock }), clock }),
    spellings: ["coffee shop", "  Coffee \n shop", "\u200fcoffee shop\u200e"],
    everybody: tiktok.creators("coffee shop").map(({ uid }) => uid),
    nobody: "nothing of the kind",
    secrets: [key, encodeURIComponent(key)],
    breakNext: (way) => next.set(faultFor(way, provider)),
    silenceNext: () => next.silence(),
    spoil: () => "7777777",
    calls: () => tiktok.calls.length,
    close: async () => tiktok[Symbol.asyncDispose](),
  };
}

function faultFor(way: Way, provider: TikTokProvider): LoopbackFault {
  const isEnsemble = provider === "ensembledata";
  const body = { success: false, message: `refused for ${key}` };
  switch (way) {
    case "throttled":
      return { kind: "reply", status: 429, body };
    case "outage":
      return { kind: "reply", status: 503, body: "<html>busy</html>" };
    case "garbled":
      return { kind: "reply", status: 200, body: "<html>hello</html>" };
    case "cut":
      return { kind: "cut" };
    case "creditsGone":
      return { kind: "reply", status: isEnsemble ? 495 : 402, body };
    case "accessLost":
      return { kind: "reply", status: isEnsemble ? 491 : 401, body };
  }
}

function contract(name: string, provider: TikTokProvider, shape: ShapeOptions = {}): void {
  const abilities = { costs: true, needsKey: true, pages: true, declaresTotal: false, refusesCursors: true };
  sourceContract(name, { name: "tiktok", targetKind: "keywords", ...abilities }, () => open(provider, shape));
}

contract("TikTok by ScrapeCreators", "scrapecreators");
contract("TikTok by ScrapeCreators without has_more", "scrapecreators", { hasMore: "absent" });
contract("TikTok by SociaVault", "sociavault", { hasMore: "boolean" });
contract("TikTok by SociaVault with an object for a list", "sociavault", { listAsObject: true });
contract("TikTok by EnsembleData", "ensembledata");
