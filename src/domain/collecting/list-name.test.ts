import fc from "fast-check";
import { expect, test } from "vitest";
import { isListName } from "./collection.ts";
import { listNameOf } from "./list-name.ts";

const tiktok = (query: string) => ({ source: "tiktok", query });

test("one plain target gives a name one can type", () => {
  expect(listNameOf([tiktok("coffee")])).toBe("tiktok-coffee");
  expect(listNameOf([tiktok("coffee shop")])).toBe("tiktok-coffee-shop");
  expect(listNameOf([{ source: "x-followers", query: "mira_b" }])).toBe("x-followers-mira_b");
});

test("targets that would look alike are kept apart", () => {
  const names = ["coffee-shop!", "coffee shop", "coffee-shop", "قهوه", "چای", "coffee/shop"].map((query) =>
    listNameOf([tiktok(query)]),
  );
  expect(new Set(names).size).toBe(6);
});

test("the order of targets makes no other list", () => {
  const [a, b] = [tiktok("coffee"), tiktok("tea")];
  expect(listNameOf([a, b])).toBe(listNameOf([b, a]));
  expect(listNameOf([a, b])).not.toBe(listNameOf([a]));
});

test("whatever the targets, the name is one", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (queries) =>
      isListName(listNameOf(queries.map((query) => tiktok(query)))),
    ),
  );
});
