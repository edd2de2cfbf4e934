import { expect, test } from "vitest";
import { checkSendOptions, sourceOf } from "./send-request.ts";
import { plainWords } from "../../../tests/support/plain-words.ts";

test("tells the bot's subscribers, all or of one source, from a file", () => {
  expect(sourceOf("subscribers")).toEqual({ kind: "subscribers" });
  expect(sourceOf("subscribers:poster")).toEqual({ kind: "subscribers", source: "poster" });
  expect(sourceOf("./subscribers")).toEqual({ kind: "file", path: "./subscribers", name: "subscribers" });
  expect(sourceOf("lists/subscribers.csv")).toMatchObject({ kind: "file", name: "subscribers.csv" });
});

test("looks for no file where subscribers are meant", async () => {
  const options = { message: "Hi", channel: "telegram" };
  await expect(
    checkSendOptions({ ...options, list: "subscribers:poster" }, plainWords),
  ).resolves.toBeUndefined();
  await expect(checkSendOptions({ ...options, list: "no-such-file" }, plainWords)).rejects.toThrow(
    "there is no such file",
  );
});
