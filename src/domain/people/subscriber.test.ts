import fc from "fast-check";
import { expect, test } from "vitest";
import type { Subscriber } from "./subscriber.ts";
import {
  SubscriberBook,
  departed,
  idInName,
  knownAs,
  recipientNameOf,
  sourceOf,
  subscribed,
  subscriberStates,
  withProfile,
} from "./subscriber.ts";
import { parseUsername } from "./username.ts";

const ali = { id: 5_000_000_001, username: "ali", firstName: "Ali", languageCode: "fa" };
const start = (extra: Partial<Subscriber> = {}): Subscriber => ({
  ...subscribed(undefined, ali, { at: 10 }),
  ...extra,
});

test("is called by the username, and by the id where there is none or one that looks like an id", () => {
  expect(recipientNameOf(ali)).toBe("ali");
  expect(recipientNameOf({ id: 77 })).toBe("id77");
  expect(recipientNameOf({ id: 77, username: "id88" })).toBe("id77");
});

test("has a name that lists take as it is, whatever the id", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 52 }), (id) => {
      const name = recipientNameOf({ id });
      expect(parseUsername(name)).toEqual({ ok: true, username: name });
      expect(idInName(name)).toBe(id);
    }),
  );
});

test("keeps the first source unless the person comes back through another link", () => {
  const first = subscribed(undefined, ali, { source: "poster", at: 1 });
  const left = departed(first, "stopped", 2);
  expect(subscribed(left, ali, { at: 3 })).toMatchObject({ source: "poster", state: "active", at: 3 });
  expect(subscribed(left, ali, { source: "shop", at: 3 }).source).toBe("shop");
  expect(subscribed(first, ali, { at: 3 }).at).toBe(1);
});

test("takes as a source only what Telegram lets a link carry", () => {
  expect(sourceOf("spring_2026-A")).toBe("spring_2026-A");
  for (const text of ["", "two words", "ü", "x".repeat(65), "<b>"]) expect(sourceOf(text)).toBeUndefined();
});

test("counts the person's own stop before a block", () => {
  const stopped = departed(start(), "stopped", 20);
  expect(departed(stopped, "blocked", 30)).toBe(stopped);
  expect(departed(departed(start(), "blocked", 20), "stopped", 30).state).toBe("stopped");
  expect(departed(stopped, "deactivated", 30).state).toBe("deactivated");
});

test("notices a changed profile and answers the same person when nothing changed", () => {
  const one = start({ source: "poster" });
  expect(withProfile(one, ali)).toBe(one);
  const { username: _username, ...unnamed } = ali;
  expect(withProfile(one, unnamed)).toEqual({ ...unnamed, source: "poster", state: "active", at: 10 });
});

test("finds people by every name they had, until somebody else takes it", () => {
  const book = new SubscriberBook();
  book.put(start());
  book.put(start({ username: "ali_new" }));
  expect([book.find("ali")?.id, book.find("ali_new")?.id, book.find(`id${ali.id}`)?.id]).toEqual([
    ali.id,
    ali.id,
    ali.id,
  ]);
  book.put(start({ id: 2, username: "ali" }));
  expect(book.find("ali")?.id).toBe(2);
  expect(book.find("ali_new")?.id).toBe(ali.id);
});

test("knows every name that somebody may stand under on the do-not-send list, whoever has it by now", () => {
  const book = new SubscriberBook();
  const names = (): readonly string[] => knownAs(book.get(ali.id)).names ?? [];
  book.put(start());
  expect(names()).toEqual(["ali", `id${ali.id}`, String(ali.id)]);
  book.put(start({ username: "ali_new" }));
  book.put(start({ id: 2, username: "ali_new" }));
  expect(new Set(names())).toEqual(new Set(["ali", "ali_new", `id${ali.id}`, String(ali.id)]));
  book.put({ ...start(), formerly: ["ali"] });
  expect(book.get(ali.id)).toMatchObject({ username: "ali", formerly: ["ali_new"] });
});

test("leaves a name to one person only", () => {
  const person = fc.record({
    id: fc.integer({ min: 1, max: 4 }),
    username: fc.option(fc.constantFrom("ali", "sara", "id2"), { nil: undefined }),
    state: fc.constantFrom(...subscriberStates),
  });
  fc.assert(
    fc.property(fc.array(person), (changes) => {
      const book = new SubscriberBook();
      for (const { id, username, state } of changes)
        book.put({ id, firstName: "P", state, at: 0, ...(username === undefined ? {} : { username }) });
      const all = [...book.all()];
      const names = all.map(recipientNameOf);
      expect(new Set(names).size).toBe(all.length);
      for (const one of all) expect(book.find(recipientNameOf(one))).toBe(one);
    }),
  );
});
