import { expect, test } from "vitest";
import { dollarsTyped } from "./dollars-text.ts";

test.each([
  ["20", 20],
  ["12.50", 12.5],
  ["12,5", 12.5],
  ["$12.50", 12.5],
  ["1,250", 1250],
  ["1,250.75", 1250.75],
  ["0.01", 0.01],
  ["۱۲٫۵۰ دلار", 12.5],
  ["۱٬۲۵۰", 1250],
  ["12.50 USD", 12.5],
  ["0", undefined],
  ["0.001", undefined],
  ["1.250", undefined],
  ["-5", undefined],
  ["1001", undefined],
  ["twenty", undefined],
  ["12.50.1", undefined],
  ["", undefined],
])("reads %s", (text, dollars) =>
  expect(dollarsTyped(text, text.includes("1001") ? 1000 : 1_000_000)).toBe(dollars),
);
