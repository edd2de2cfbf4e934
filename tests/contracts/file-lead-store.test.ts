import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLeadStore } from "../../src/storage/files/leads/lead-store.ts";
import type { LeadStore } from "../../src/storage/ports/leads.ts";
import type { LeadStoreWorld } from "./lead-store.ts";
import { describeLeadStore } from "./lead-store.ts";

async function createWorld(): Promise<LeadStoreWorld & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-lead-store-"));
  let store: LeadStore | undefined;
  return {
    folder,
    async open() {
      await store?.[Symbol.asyncDispose]();
      return (store = await openLeadStore(folder));
    },
    async [Symbol.asyncDispose]() {
      await store?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

describeLeadStore(createWorld);

test("a torn last line is dropped, a wrong line elsewhere is named", async () => {
  await using world = await createWorld();
  const store = await world.open();
  const ledger = await store.open("one");
  await ledger.join([{ source: "tiktok", query: "tea" }], 1);
  const log = join(world.folder, "one", "leads.jsonl");
  await appendFile(log, '{"t":"target","sour');
  const again = await (await world.open()).open("one");
  expect((await again.state()).targets).toHaveLength(1);
  await writeFile(log, `nonsense\n${await readFile(log, "utf8")}`);
  await expect((await world.open()).open("one")).rejects.toThrow(/leads\.jsonl, line 1/);
});
