/** What X's documents say of recent search, and what is made of its answers. Facts: see docs/posts.md. */
import { afterEach, expect, test } from "vitest";
import type { DocumentVersion } from "../../../tests/support/fake-x/documents.ts";
import type { FakeX } from "../../../tests/support/fake-x/fake-x.ts";
import { openFakeX } from "../../../tests/support/fake-x/fake-x.ts";
import type { FakeXOptions } from "../../../tests/support/fake-x/options.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { createXClient } from "../../lib/x-api/x-client.ts";
import type { Page, Source } from "../source.ts";
import { openXPosts, searchFor } from "./posts.ts";
import { textOfReason } from "../../domain/reasons/stored-reason.ts";

const clock = createVirtualClock();
const never = new AbortController().signal;
let x: FakeX;

async function open(options: Partial<FakeXOptions> = {}): Promise<Source> {
  x = await openFakeX({ now: () => clock.now(), accounts: [{ name: "peyk_one" }], ...options });
  const { name: _, ...keys } = x.accountKeys[0]!;
  let nonce = 0;
  const client = createXClient({ baseUrl: x.address, clock, nonce: () => String((nonce += 1)) });
  return openXPosts({ client, keys, clock });
}
afterEach(() => x[Symbol.asyncDispose]());

async function page(source: Source, query: string, wanted?: number): Promise<Page> {
  const answer = await source.page({ query, ...(wanted === undefined ? {} : { wanted }) }, never);
  if (answer.kind !== "page") throw new Error(textOfReason(answer.why));
  return answer;
}

test.each(["2.166", "2.168"] as const)(
  "reads the whole of a post by document %s, which name its fields differently",
  async (document: DocumentVersion) => {
    const source = await open({ document });
    const long = `#coffee ${"and so on ".repeat(60)}`;
    const id = x.post("Ana", long);
    x.post("bo", "قهوه #coffee");
    const { leads } = await page(source, "#coffee");
    expect(leads[1]).toMatchObject({
      id,
      username: "ana",
      details: {
        post: long,
        post_url: `https://x.com/ana/status/${id}`,
        post_time: new Date(clock.now()).toISOString(),
        post_language: "en",
        author_id: x.idOf("ana"),
        likes: "0",
        replies: "0",
        reposts: "0",
        quotes: "0",
        views: "0",
      },
    });
    expect(leads[0]?.details).toMatchObject({ post_language: "fa", likes: "1", views: "10" });
    await page(source, "#coffee");
    expect(x.calls.length).toBe(document === "2.166" ? 3 : 2);
  },
);

test.each([
  [1, "10"],
  [37, "37"],
  [500, "100"],
])("asks for no more rows than are wanted, within what X allows: %i", async (wanted, rows) => {
  const source = await open();
  await page(source, "#coffee", wanted);
  expect(x.calls[0]?.query["max_results"]).toBe(rows);
});

test.each([
  ["#coffee", "#coffee -is:retweet"],
  ['flat white "to go"', '"flat" "white" "to go" -is:retweet'],
  ["from:mira or and", '"from:mira" "or" "and" -is:retweet'],
])("asks for %s without letting a word be an operator", (query, asked) => {
  expect(searchFor(query)).toBe(asked);
});

test("fits every search that it reads into the 512 signs of self-serve access", async () => {
  const source = await open();
  const parsed = source.parseTarget(Array.from({ length: 100 }, (_, index) => index % 10).join(" "));
  const longest = source.parseTarget("é ".repeat(100));
  for (const target of [parsed, longest])
    expect(target.ok && searchFor(target.query).length).toBeLessThan(513);
});

test("waits where the spend cap is reached", async () => {
  const source = await open({ faults: () => ({ kind: "answer", refusal: "spendCap" }) });
  expect(await source.page({ query: "#coffee" }, never)).toEqual({
    kind: "creditsGone",
    why: "xSpendCap",
  });
});
