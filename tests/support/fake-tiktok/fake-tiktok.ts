/**
 * A strict, stateful stand-in for the three TikTok data providers on 127.0.0.1, each at its own path and in its own
 * shape; knows nothing of the code that calls it.
 *
 *   await using tiktok = await openFakeTikTok({ key: "k", searches: { coffee: { seed: 1, creators: 1500 } } });
 *   // TIKTOK_PROVIDER, TIKTOK_API_BASE_URL = tiktok.address, TIKTOK_API_KEY = "k"
 *   tiktok.creators("coffee"); // who must be found
 *   tiktok.pagesAsked("coffee"); // the cursors, in order
 *
 * Keywords that no search is given for find nobody. It lives in the process of the test and outlives every kill.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { LoggedCall, LoopbackCall, LoopbackFault, LoopbackReply } from "../loopback-server.ts";
import { openLoopbackServer, seededRandom } from "../loopback-server.ts";
import type { ShapeOptions } from "./answer-shapes.ts";
import { ensembleDataBody, scrapeCreatorsBody, sociaVaultBody } from "./answer-shapes.ts";
import type { Creator, SearchOptions, SearchPage } from "./search-pages.ts";
import { creatorsOf, searchPages } from "./search-pages.ts";

export interface FakeTikTokOptions extends ShapeOptions {
  readonly key: string;
  readonly searches: Readonly<Record<string, SearchOptions>>;
  /** Pages that are paid for; then 402 or 495. Absent: no end of them. */
  readonly credits?: number;
  /** What goes wrong, call by call. */
  readonly faults?: (call: LoopbackCall) => LoopbackFault | undefined;
}

export interface FakeTikTok extends AsyncDisposable {
  readonly address: string;
  readonly calls: readonly LoggedCall[];
  /** Who a search finds in all. */
  creators(keywords: string): readonly Creator[];
  /** The fewest calls in which so many different creators can be had from a search. */
  fewestCalls(keywords: string, creators: number): number;
  /** Cursors asked for, in order, answered or not; 0 is the first page. */
  pagesAsked(keywords: string): readonly number[];
  addCredits(more: number): void;
}

interface State {
  readonly options: FakeTikTokOptions;
  readonly pages: ReadonlyMap<string, readonly SearchPage[]>;
  creditsLeft: number;
}

export async function openFakeTikTok(options: FakeTikTokOptions): Promise<FakeTikTok> {
  const searches = Object.entries(options.searches);
  const pages = new Map(searches.map(([keywords, search]) => [keywords, searchPages(search)]));
  const state: State = { options, pages, creditsLeft: options.credits ?? Infinity };
  const server = await openLoopbackServer({
    answer: (call, headers) => answer(state, call, headers),
    faultOf: options.faults,
  });
  return {
    address: server.address,
    calls: server.calls,
    creators: (keywords) => creatorsOf(options.searches[keywords] ?? { seed: 0, creators: 0 }),
    fewestCalls: (keywords, creators) => fewestCalls(pages.get(keywords) ?? [], creators),
    pagesAsked: (keywords) =>
      server.calls
        .filter(({ query }) => keywords === (query["query"] ?? query["name"]))
        .map(({ query }) => Number(query["cursor"] ?? 0)),
    addCredits(more) {
      state.creditsLeft += more;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Throttling, outages, HTML and cut connections, each with a share of the calls, drawn from a seed. */
export function seededTroubles(
  seed: number,
  share: number,
): (call: LoopbackCall) => LoopbackFault | undefined {
  const random = seededRandom(seed);
  const troubles: readonly LoopbackFault[] = [
    { kind: "reply", status: 429, body: { message: "slow down" }, headers: { "retry-after": "0" } },
    { kind: "reply", status: 503, body: "<html>busy</html>" },
    { kind: "reply", status: 200, body: "<html>not JSON</html>", served: true },
    { kind: "cut" },
    { kind: "cut", served: true },
  ];
  return () => (random() < share ? troubles[Math.floor(random() * troubles.length)] : undefined);
}

function answer(state: State, { path, query }: LoopbackCall, headers: IncomingHttpHeaders): LoopbackReply {
  const { options } = state;
  const { creditsLeft } = state;
  switch (path) {
    case "/v1/tiktok/search/keyword": {
      const isTrimmed = query["trim"] === "true";
      const parts = { known: ["query", "cursor", "trim", "region", "sort_by", "date_posted"], refusal: 402 };
      return pay(state, { ...parts, query, keywords: query["query"], key: headers["x-api-key"] }, (page) =>
        scrapeCreatorsBody(page, { ...options, isTrimmed, creditsLeft: Math.min(creditsLeft - 1, 1e6) }),
      );
    }
    case "/v1/scrape/tiktok/search/keyword": {
      const parts = { known: ["query", "cursor"], refusal: 402 };
      return pay(state, { ...parts, query, keywords: query["query"], key: headers["x-api-key"] }, (page) =>
        sociaVaultBody(page, options),
      );
    }
    case "/apis/tt/keyword/search": {
      const parts = { known: ["name", "period", "cursor", "sorting", "token"], refusal: 495 };
      if (!/^(0|1|7|30|90|180)$/.test(query["period"] ?? ""))
        return { status: 422, body: { detail: "period" } };
      return pay(state, { ...parts, query, keywords: query["name"], key: query["token"] }, ensembleDataBody);
    }
    default:
      return { status: 404, body: { success: false, message: "not found" } };
  }
}

interface Asked {
  readonly query: Readonly<Record<string, string>>;
  readonly known: readonly string[];
  readonly keywords: string | undefined;
  readonly key: unknown;
  /** Status when the credits are gone. */
  readonly refusal: number;
}

/** Checks key, parameters, credits and cursor in that order; a page costs one credit. */
function pay(state: State, asked: Asked, shape: (page: SearchPage) => object): LoopbackReply {
  const { keywords, query } = asked;
  if (asked.key !== state.options.key)
    return { status: asked.refusal === 495 ? 491 : 401, body: { success: false, message: "bad key" } };
  const hasUnknown = Object.keys(query).some((name) => !asked.known.includes(name));
  if (!keywords || hasUnknown) return { status: 400, body: { success: false, message: "bad parameters" } };
  if (state.creditsLeft <= 0)
    return {
      status: asked.refusal,
      body: { success: false, message: "Looks like you're out of credits :(" },
    };
  const pages = state.pages.get(keywords) ?? [{ cursor: 0, videos: [] }];
  const page = pages.find(({ cursor }) => cursor === Number(query["cursor"] ?? 0));
  if (!page) return { status: 400, body: { success: false, message: "bad cursor" } };
  state.creditsLeft -= 1;
  return { status: 200, body: shape(page) };
}

function fewestCalls(pages: readonly SearchPage[], wanted: number): number {
  const seen = new Set<string>();
  for (const [index, page] of pages.entries()) {
    for (const { creator } of page.videos) seen.add(creator.uid);
    if (seen.size >= wanted) return index + 1;
  }
  return pages.length;
}
