import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Campaign } from "../../src/domain/campaign.ts";
import { FileContactHistory } from "../../src/storage/files/people/contact-history.ts";
import { contactsContract } from "./contacts.ts";

const lines = (values: readonly unknown[]): string =>
  values.map((one) => `${JSON.stringify(one)}\n`).join("");

contactsContract("files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-contacts-"));
  const campaigns: Campaign[] = [];
  return {
    contacts: new FileContactHistory({ folder, campaigns: async () => campaigns }),
    async put(id, names, entries, channel = "simulator") {
      const file = "list-001.jsonl";
      campaigns.push({
        id,
        createdAt: 0,
        channel,
        accounts: [],
        message: "hello",
        lists: [{ file, count: names.length, columns: [], origin: "test", importedAt: 0 }],
        consent: { statement: "test", by: "test", at: 0 },
        status: "running",
      });
      await mkdir(join(folder, id));
      await writeFile(join(folder, id, file), lines(names.map((name) => [name])));
      await writeFile(join(folder, id, "journal.jsonl"), lines(entries));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
});
