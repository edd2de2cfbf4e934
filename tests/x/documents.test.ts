/** Everything that is asked of X, in front of an X that holds each question to its OpenAPI document, the old and the new. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createXClient } from "../../src/lib/x-api/x-client.ts";
import { openXFollowers } from "../../src/sources/x/followers.ts";
import { openXRepliers } from "../../src/sources/x/repliers.ts";
import type { DocumentVersion } from "../support/fake-x/documents.ts";
import { documents } from "../support/fake-x/documents.ts";
import { openXBench } from "../support/x-bench.ts";

const never = new AbortController().signal;
const MINUTE = 60_000;
const versions: DocumentVersion[] = ["2.166", "2.168"];

test("the two documents differ in what they call a post's fields and a message's sender", () => {
  expect(documents["2.166"].postParameter).not.toBe(documents["2.168"].postParameter);
  expect(documents["2.168"].eventFields).not.toContain("sender_id");
  expect(documents["2.168"].postFields).not.toContain("author_id");
});

test.each(versions)("takes every question of the channel (%s)", async (document) => {
  await using bench = await openXBench({ document, people: [{ name: "ana" }] });
  const { channel, x, clock } = bench;
  const request = { account: "news", username: "ana", text: "Hello", dedupKey: "test:ana" };
  await bench.run(channel.lookUp!(["ana"], never));
  const claimedAt = clock.now();
  expect(await bench.run(channel.send(request, never))).toMatchObject({ kind: "delivered" });
  x.writeBack("ana", "news", "stop");
  await clock.advance(MINUTE);
  const found = await bench.run(channel.readBack!({ ...request, claimedAt }, never));
  expect(found.kind).toBe("delivered");
  const heard = await bench.run(channel.replies!({ account: "news", since: 0 }, never));
  expect(heard).toMatchObject({ replies: [{ username: "ana", text: "stop" }] });
  expect(await bench.run(channel.check!("news", never))).toMatchObject({ kind: "well" });
  expect(x.calls.filter(({ status }) => status >= 400)).toEqual([]);
});

test.each(versions)(
  "finds followers and repliers, and learns once how posts are asked for (%s)",
  async (document) => {
    await using bench = await openXBench({ document, people: [{ name: "star", followers: ["ana"] }] });
    const { x, clock } = bench;
    const root = x.post("star", "What now?");
    x.post("ana", "this", root);
    const client = createXClient({ baseUrl: x.address, clock, nonce: randomUUID });
    const parts = { client, keys: x.accountKeys[0]!, clock };
    const followers = await openXFollowers(parts).page({ query: "star" }, never);
    expect(followers).toMatchObject({ kind: "page", leads: [{ username: "ana" }] });
    const repliers = openXRepliers(parts);
    for (const _ of [1, 2]) {
      const page = await repliers.page({ query: root }, never);
      expect(page).toMatchObject({ kind: "page", leads: [{ username: "ana" }] });
    }
    const refused = x.calls.filter(({ status }) => status === 400);
    expect(refused).toHaveLength(document === "2.166" ? 1 : 0);
  },
);
