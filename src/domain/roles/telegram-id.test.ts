import { expect, test } from "vitest";
import { telegramIdIn } from "./telegram-id.ts";

test("a Telegram id is read from digits alone, and never as another number than was written", () => {
  expect(["1001", "0012", String(2 ** 52 - 1)].map(telegramIdIn)).toEqual([1001, 12, 2 ** 52 - 1]);
  const none = ["0", "-5", "1e3", "12.0", "", "ali", String(2 ** 52), "9007199254740993", "9".repeat(16)];
  expect(none.map(telegramIdIn)).toEqual(none.map(() => undefined));
});
