import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../lib/clock.ts";
import { LeaseTakenError } from "../storage/files/folder/lease.ts";
import { openPlaygroundHere } from "./open-playground.ts";

test("of two beside one database, the playground of a folder is one's until that ends", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "peyk-playground-"));
  const settings = { dataDir, store: "postgres", webPort: 0, isWebPortGiven: true } as const;
  const open = () => openPlaygroundHere(settings, { clock: systemClock, key: "k", beside: () => undefined });
  const first = await open();
  await expect(open()).rejects.toThrow(LeaseTakenError);
  await first[Symbol.asyncDispose]();
  await (await open())[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true });
});
