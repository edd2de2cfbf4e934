import { expect, test } from "vitest";
import { checkedSource } from "./checked-source.ts";
import type { Page, Source, SourceFault } from "./source.ts";

function bringing(answer: Page | SourceFault): Source {
  return checkedSource({
    manifest: { name: "test", targetKind: "keywords", pageSize: 10 },
    parseTarget: (query) => ({ ok: true, query }),
    page: async () => answer,
    [Symbol.asyncDispose]: async () => undefined,
  });
}

const ask = (answer: Page | SourceFault) =>
  bringing(answer).page({ query: "x" }, new AbortController().signal);

test("leads are shortened to what can be kept, and those that nobody can be are left out", async () => {
  const page: Page = {
    kind: "page",
    rows: 5,
    next: "30",
    leads: [
      { id: "1", username: "ali", displayName: "x".repeat(100_000), details: { bio: "y".repeat(1_000_000) } },
      { id: "2", username: "z".repeat(300) },
      { id: "3".repeat(3000), username: "sara" },
      { id: "4", username: "a\u001b[2J" },
      { id: "", username: "nobody" },
    ],
  };
  const checked = await ask(page);
  expect(checked).toMatchObject({
    kind: "page",
    rows: 5,
    next: "30",
    leads: [{ id: "1", username: "ali" }],
    unreadable: 4,
  });
  expect(JSON.stringify(checked).length).toBeLessThan(3000);
});

test("what fits is handed on as it is, faults too", async () => {
  const page: Page = {
    kind: "page",
    rows: 1,
    leads: [
      { id: "did:plc:abc", username: "sara.example", displayName: "سارا", details: { followers: "7" } },
    ],
  };
  expect(await ask(page)).toEqual(page);
  const fault: SourceFault = { kind: "targetGone", why: "noSuchName" };
  expect(await ask(fault)).toEqual(fault);
});

test("a next page whose cursor is a book is asked for again, and not kept", async () => {
  const answer = await ask({ kind: "page", rows: 0, leads: [], next: "c".repeat(10_000) });
  expect(answer).toMatchObject({ kind: "unavailable" });
});

test("signs that no list can be read with become others; lines and whole emoji stay", async () => {
  const post = "one\u0007\u0000two\r\nthree \ud83d four 👩‍👩‍👧";
  const page = await ask({
    kind: "page",
    rows: 1,
    leads: [{ id: "1", username: "ali", displayName: "A\tli", details: { post } }],
  });
  expect(page).toMatchObject({
    leads: [{ displayName: "A li", details: { post: "one  two \nthree ? four 👩‍👩‍👧" } }],
  });
});

test("an emoji on the border is cut out whole", async () => {
  const page = await ask({
    kind: "page",
    rows: 1,
    leads: [{ id: "1", username: "ali", displayName: `${"x".repeat(199)}😀` }],
  });
  expect(JSON.stringify(page)).not.toMatch(/\\ud83d/);
});

const untyped = (json: string): Page | SourceFault => JSON.parse(json);

test("an answer of no kind is the source's own mistake, and asked for again", async () => {
  for (const json of ["{}", '{ "kind": "posts" }'])
    expect(await ask(untyped(json))).toEqual({ kind: "unavailable", why: "sourceFailed" });
});
