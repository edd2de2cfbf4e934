import { expect, test } from "vitest";
import { isOptOutTitle, optOutTest } from "./opt-out-marks.ts";

const says = (title: string, cell: string): boolean =>
  optOutTest(["username", title], 0)?.(["ali_1", cell]) ?? false;

test.each([
  ["status", "unsubscribed"],
  ["Subscription Status", "Opted-out"],
  ["STATE", "blocked"],
  ["وضعیت", "انصراف داده"],
  ["opted_out", "yes"],
  ["Unsubscribed", "1"],
  ["unsubscribed_at", "2026-05-12 10:00"],
  ["DoNotContact", "TRUE"],
  ["do-not-send", "x"],
  ["لغو اشتراک", "بله"],
  ["subscribed", "no"],
  ["Opt-in", "false"],
  ["consent", "0"],
  ["رضایت", "خیر"],
  ["Подписан", "нет"],
  ["blocked", "spam"],
])("a row says that its person left by %j: %j", (title, cell) => expect(says(title, cell)).toBe(true));

test.each([
  ["status", "subscribed"],
  ["status", "active"],
  ["status", ""],
  ["status", "member"],
  ["opted_out", "no"],
  ["opted_out", "-"],
  ["unsubscribed_at", ""],
  ["unsubscribed_at", "NULL"],
  ["subscribed", "yes"],
  ["consent", "2026-05-12"],
  ["city", "unsubscribed"],
  ["note", "blocked"],
])("nobody left by %j: %j", (title, cell) => expect(says(title, cell)).toBe(false));

test.each([
  "unsubscribed users",
  "Do not contact",
  "blocklist",
  "Opt-outs",
  "excluded accounts",
  "فهرست عدم ارسال",
])("%j is the title of a list that must not be written to", (title) =>
  expect(isOptOutTitle(title)).toBe(true),
);

test.each(["username", "users", "subscribers", "status", "followers"])(
  "%j is not the title of a list that must not be written to",
  (title) => expect(isOptOutTitle(title)).toBe(false),
);
