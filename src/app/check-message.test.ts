import { expect, test } from "vitest";
import { checkMessage } from "./check-message.ts";

test("a message that uses known variables has no problem", () => {
  expect(checkMessage("Hi {{Name|friend}} @{{username}}", ["name", "city"], 100)).toEqual([]);
});

test("blanks and invisible marks are no message", () => {
  expect(checkMessage(" \n\u200F\u00AD ", [], 100)).toEqual([{ problem: "empty" }]);
});

test("a broken variable is shown as written", () => {
  expect(checkMessage("Hi {{name", ["name"], 100)).toEqual([{ problem: "brokenVariable", text: "{{name" }]);
});

test("unknown variables and too much text are told together, with what is known", () => {
  expect(checkMessage("Hello {{town}}", ["name"], 5)).toEqual([
    { problem: "unknownVariables", unknown: ["town"], known: ["username", "name"] },
    { problem: "tooLong", length: 6, max: 5 },
  ]);
});

test("variables do not count towards the length", () => {
  expect(checkMessage("Hello{{a_very_long_variable}}", ["a_very_long_variable"], 5)).toEqual([]);
});
