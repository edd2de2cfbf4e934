import { expect, test, vi } from "vitest";
import { FullDisk } from "../lib/files/full-disk.ts";
import { openLog } from "./log.ts";

test("a log on a disk that is full stops nobody, and says so once", () => {
  const told: string[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
  try {
    const { log } = openLog("/dev/full", { level: "info", disk: new FullDisk() });
    for (let nth = 0; nth < 5; nth += 1) log.info("all is well");
    for (let nth = 0; nth < 5; nth += 1) log.error(`cards.json can't be written: ENOSPC, ${nth}`);
    log.warn("something else");
  } finally {
    write.mockRestore();
  }
  expect(told).toEqual([expect.stringContaining("The disk is full"), "something else\n"]);
});
