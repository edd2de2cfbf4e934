import * as fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import type { FakeTikTok } from "./fake-tiktok.ts";
import { openFakeTikTok, seededTroubles } from "./fake-tiktok.ts";
import { creatorsOf, searchPages } from "./search-pages.ts";

let tiktok: FakeTikTok;
const search = { seed: 7, creators: 40 };
const options = { key: "k", searches: { coffee: search } };
const bodyShape = z.object({
  cursor: z.number().optional(),
  has_more: z.number().optional(),
  search_item_list: z.array(z.object({ author: z.object({ uid: z.string() }) })),
});

afterEach(() => tiktok[Symbol.asyncDispose]());

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(tiktok.address + path, { headers: { "x-api-key": "k" } });
  return { status: response.status, body: await response.json() };
}

test("finds everybody exactly, with duplicates between, and names the end", async () => {
  tiktok = await openFakeTikTok(options);
  const uids: string[] = [];
  let cursor: number | undefined = 0;
  while (cursor !== undefined) {
    const { body } = await get(`/v1/tiktok/search/keyword?query=coffee&trim=true&cursor=${cursor}`);
    const page = bodyShape.parse(body);
    uids.push(...page.search_item_list.map(({ author }) => author.uid));
    cursor = page.has_more === 1 ? page.cursor : undefined;
  }
  expect(uids.length).toBeGreaterThan(40);
  expect([...new Set(uids)]).toEqual(tiktok.creators("coffee").map(({ uid }) => uid));
  expect(tiktok.pagesAsked("coffee")).toHaveLength(tiktok.fewestCalls("coffee", 40));
});

test("refuses a wrong key, a wrong cursor, an unknown parameter and an unknown path, and takes no credit", async () => {
  tiktok = await openFakeTikTok({ ...options, credits: 1 });
  const path = "/v1/tiktok/search/keyword?query=coffee";
  expect((await fetch(tiktok.address + path)).status).toBe(401);
  expect(
    [await get(`${path}&cursor=1`), await get(`${path}&count=5`), await get("/v1")].map((one) => one.status),
  ).toEqual([400, 400, 404]);
  expect((await get(path)).body).toMatchObject({ credits_remaining: 0 });
  expect((await get(path)).status).toBe(402);
  tiktok.addCredits(1);
  expect((await get(path)).status).toBe(200);
});

test("breaks as often as the seed says, and in the same way each time", async () => {
  tiktok = await openFakeTikTok(options);
  const drawn = [1, 1, 2].map((seed) => {
    const faultOf = seededTroubles(seed, 0.5);
    return Array.from({ length: 40 }, (_, index) => faultOf({ number: index, path: "", query: {} })?.kind);
  });
  expect(drawn[0]).toEqual(drawn[1]);
  expect(drawn[0]).not.toEqual(drawn[2]);
  expect(drawn[0]).toContain("cut");
});

test("every search holds everybody once or more, in pages that follow one another", async () => {
  tiktok = await openFakeTikTok(options);
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(300), (seed, creators) => {
      const pages = searchPages({ seed, creators });
      const found = new Set(pages.flatMap(({ videos }) => videos.map(({ creator }) => creator.uid)));
      expect([...found]).toEqual(creatorsOf({ seed, creators }).map(({ uid }) => uid));
      expect(pages.map(({ next }) => next)).toEqual([
        ...pages.slice(1).map(({ cursor }) => cursor),
        undefined,
      ]);
    }),
    { numRuns: 50 },
  );
});
