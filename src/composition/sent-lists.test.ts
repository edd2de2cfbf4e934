import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { createInProcessReader } from "../lists/reader/in-process-reader.ts";
import type { ListInput } from "../lists/open-list.ts";
import { readerOf } from "./sent-lists.ts";

const sent = {
  isThere: (path: string) => path.startsWith("upload:"),
  open: async function* (path: string) {
    if (path !== "upload:1") throw new Error("what was sent is gone");
    yield Buffer.from("username\nali_1\nsara_2\n");
  },
};

test("a list that lies on no disk is on one for as long as it is read", async () => {
  const read: ListInput[] = [];
  const plain = createInProcessReader();
  await using reader = readerOf(
    { ...plain, read: (input, options) => (read.push(input), plain.read(input, options)) },
    sent,
  );
  const file = { kind: "file", name: "friends.csv" } as const;
  const isOnDisk = (): boolean => read.some((one) => one.kind === "file" && existsSync(one.path));
  {
    const opened = await reader.read({ ...file, path: "upload:1" });
    if (!("batches" in opened)) throw new Error("it is a list");
    await using reading = opened;
    const names: string[] = [];
    for await (const batch of reading.batches) names.push(...batch.names.map(({ username }) => username));
    expect(names).toEqual(["ali_1", "sara_2"]);
    expect(isOnDisk()).toBe(true);
  }
  expect(isOnDisk()).toBe(false);
  await expect(reader.read({ ...file, path: "upload:2" })).rejects.toThrow("what was sent is gone");
  const own = { ...file, path: "/no/such/list.csv" };
  await reader.read(own).catch(() => undefined);
  expect(read.at(-1)).toEqual(own);
});
