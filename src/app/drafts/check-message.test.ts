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

const telegramLike = {
  maxMessageLength: 10,
  maxCaptionLength: 4,
  takes: { formatting: true, attachments: true, buttons: false },
};
const photo = { kind: "photo", path: "/p", name: "p.jpg" } as const;

test("what counts of formatted text is what a reader sees", () => {
  const extras = { format: "html" } as const;
  expect(
    checkMessage('<a href="https://a.example/{{name}}">12345</a>&amp;', ["name"], {
      channel: telegramLike,
      extras,
    }),
  ).toEqual([]);
  expect(checkMessage("<b>12345678901</b>", [], { channel: telegramLike, extras })).toEqual([
    { problem: "tooLong", length: 11, max: 10 },
  ]);
  expect(checkMessage("<b> </b>", [], { channel: telegramLike, extras })).toEqual([{ problem: "empty" }]);
});

test("beside an attachment the text may be missing, and the shorter limit holds", () => {
  const form = { channel: telegramLike, extras: { attachment: photo } };
  expect(checkMessage("", [], form)).toEqual([]);
  expect(checkMessage("12345", [], form)).toEqual([{ problem: "tooLong", length: 5, max: 4 }]);
  const { maxCaptionLength: _, ...channel } = telegramLike;
  expect(checkMessage("12345", [], { ...form, channel })).toEqual([]);
});

test("names everything that the channel can't send", () => {
  const buttons = [{ label: "Shop", url: "https://shop.example" }];
  const extras = { format: "html", attachment: photo, buttons } as const;
  const refused = checkMessage("hi", [], { channel: { maxMessageLength: 10 }, extras });
  expect(refused).toEqual([
    { problem: "notTaken", extra: "formatting" },
    { problem: "notTaken", extra: "attachments" },
    { problem: "notTaken", extra: "buttons" },
  ]);
  expect(checkMessage("hi", [], { channel: telegramLike, extras })).toEqual([
    { problem: "notTaken", extra: "buttons" },
  ]);
  expect(checkMessage("hi", [], { channel: { maxMessageLength: 10 }, extras: { buttons: [] } })).toEqual([]);
});
