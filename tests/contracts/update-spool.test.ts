import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openUpdateSpool } from "../../src/bot/intake/spool-file.ts";
import { updateSpoolContract } from "./update-spool.ts";

updateSpoolContract("a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-spool-"));
  let isFull = false;
  const beforeWrite = (): void => {
    if (isFull) throw new Error("no space left");
  };
  return {
    open: (alreadyHandled = []) =>
      openUpdateSpool(join(folder, "updates.jsonl"), { beforeWrite, alreadyHandled }),
    setFull: (is) => (isFull = is),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});
