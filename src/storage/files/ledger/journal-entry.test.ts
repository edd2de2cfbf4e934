import { expect, test } from "vitest";
import { parseEntry } from "./journal-entry.ts";

test("a line of an earlier version, with a sentence for a reason, means what the code means now", () => {
  expect(parseEntry('{"t":"refused","r":3,"why":"takes no messages","at":5}')).toEqual({
    t: "refused",
    r: 3,
    why: "takesNoMessages",
    at: 5,
  });
  const again = '{"t":"planned","r":1,"due":9,"free":true,"why":"the operator sends again","at":8}';
  expect(parseEntry(again)).toMatchObject({ why: "sentAgain" });
});

test("a reason that nobody knows spoils no line, and a line without one is none", () => {
  expect(parseEntry('{"t":"failed","r":0,"why":"moon in the way","at":5}')).toMatchObject({
    why: { code: "foreign", text: "moon in the way" },
  });
  expect(parseEntry('{"t":"failed","r":0,"why":{"code":"systemError","system":"EIO"},"at":5}')).toMatchObject(
    {
      why: { code: "systemError", system: "EIO" },
    },
  );
  expect(() => parseEntry('{"t":"failed","r":0,"at":5}')).toThrow("no journal entry");
});
