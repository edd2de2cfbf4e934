import { Api } from "grammy";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { sendFile } from "./send-file.ts";

test("a file that no chat can take is not sent, and not made to its end", async () => {
  let made = 0;
  const file = {
    *open() {
      for (; made < 200; made++) yield new Uint8Array(1 << 20);
    },
  };
  const sent = { chatId: 1, file, name: "all.csv", caption: "All" };
  expect(await sendFile(new Api("1:no-token"), createVirtualClock(), sent)).toBe("tooBig");
  expect(made).toBe(50);
});
