import { expect, test } from "vitest";
import type { KeptPerson } from "./person.ts";
import { namesToSeek, sortedByPerson } from "./person.ts";
import { soughtIn } from "./sought.ts";

const named = (id: string, names: readonly string[], more: Partial<KeptPerson> = {}): KeptPerson => ({
  channel: "x",
  id,
  names: names.map((name, index) => ({ name, at: index })),
  passedOn: [],
  ...more,
});

test("whoever changed the name is one person, called as they are now", () => {
  const rows = [{ username: "ali" }, { username: "ali_new", personId: "42" }];
  expect(sortedByPerson("x", [named("42", ["ali", "ali_new"])], rows)).toEqual([
    { channel: "x", id: "42", name: "ali_new", formerly: ["ali"], rows },
  ]);
});

test("a name that passed on means two: each has what was done under their own id, the rest is the one's who has it", () => {
  const before = named("42", ["ali"], { passedOn: ["ali"] });
  const rows = [{ username: "ali", personId: "42" }, { username: "ali" }];
  const found = sortedByPerson("x", [before, named("77", ["ali"])], rows);
  expect(found.map(({ id, name, rows: of }) => [id, name, of])).toEqual([
    ["42", "ali", [rows[0]]],
    ["77", "ali", [rows[1]]],
  ]);
});

test("a name nobody looked up is a person of its own, and an attempt alone makes its person known", () => {
  const rows = [{ username: "ali" }, { username: "ali", personId: "9" }];
  expect(sortedByPerson("scripted", [], rows)).toEqual([
    { channel: "scripted", id: "9", name: "ali", formerly: [], rows: [rows[1]] },
    { channel: "scripted", name: "ali", formerly: [], rows: [rows[0]] },
  ]);
});

test("a subscriber is sought by the id too, and called by it where there is no name", () => {
  const subscriber = { id: 7, firstName: "Ali", state: "active", at: 1 } as const;
  const person = named("7", ["ali"], { channel: "telegram", passedOn: ["ali"], subscriber });
  expect(namesToSeek(["ali"], [person])).toEqual(["ali", "id7"]);
  expect(sortedByPerson("telegram", [person], [{ username: "id7" }])).toMatchObject([
    { name: "id7", formerly: ["ali"], rows: [{ username: "id7" }] },
  ]);
});

test.each([
  ["@Ali_1", { text: "ali_1", names: ["ali_1"], ids: [] }],
  ["https://x.com/Ali", { text: "ali", names: ["ali"], ids: [] }],
  ["123456", { text: "123456", names: ["123456"], ids: ["123456"] }],
  [
    "1234567890123456789",
    { text: "1234567890123456789", names: ["1234567890123456789"], ids: ["1234567890123456789"] },
  ],
  ["123456789012", { text: "123456789012", names: [], ids: ["123456789012"] }],
  ["tg://user?id=77", { text: "77", names: [], ids: ["77"] }],
  ["https://x.com/intent/user?user_id=42", { text: "42", names: [], ids: ["42"] }],
])("%s asks for a person", (text, asked) => {
  expect(soughtIn(text)).toEqual({ ok: true, ...asked });
});

test("what is no name says why", () => {
  expect(soughtIn("ali reza")).toEqual({ ok: false, reason: "spaces" });
  expect(soughtIn(" ")).toEqual({ ok: false, reason: "empty" });
});
