import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Budgets } from "../../src/domain/accounts/budgets.ts";
import { createDayOf } from "../../src/domain/accounts/calendar-day.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { KnownPerson } from "../../src/domain/recipient.ts";
import { FileContactHistory } from "../../src/storage/files/people/contact-history.ts";
import { createFileLedgerStore } from "../../src/storage/files/ledger/ledger-store.ts";
import { LeaseLostError } from "../../src/storage/files/folder/lease.ts";
import { openCampaignStore } from "../../src/storage/files/campaigns/campaign-store.ts";
import { openListStore } from "../../src/storage/files/lists/list-store.ts";
import { putList } from "../support/put-list.ts";
import { StoredAnswers } from "../../src/storage/files/answers/stored-answers.ts";
import { answerBy } from "../support/memory-answers.ts";
import { createInboxes } from "../../src/storage/files/people/inboxes.ts";
import { openSuppressionStore } from "../../src/storage/files/people/suppression-store.ts";
import type { Ledger, LedgerStore } from "../../src/storage/ports/ledger.ts";
import { putCampaign } from "../support/engine-bench.ts";
import { atEveryTurn } from "../support/file-stores.ts";
import { createMemoryDisk } from "../support/memory-stores.ts";
import { asApproved, ledgerContract } from "./ledger.ts";

ledgerContract("files", async (names) => {
  const dataDir = await mkdtemp(join(tmpdir(), "peyk-ledger-"));
  const folder = join(dataDir, "campaigns");
  const lists = [
    { file: "list-001.jsonl", count: names.length, columns: ["city"], origin: "test", importedAt: 0 },
  ];
  const campaign: Campaign = { ...putCampaign(createMemoryDisk(), { names: 0 }), lists };
  await mkdir(join(folder, campaign.id), { recursive: true });
  const campaigns = await openCampaignStore(dataDir);
  const stored = (): Campaign => campaigns.stored(campaign.id) ?? campaign;
  const lines = names.map((name) => `${JSON.stringify([name, "Shiraz"])}\n`);
  await writeFile(join(folder, campaign.id, "list-001.jsonl"), lines.join(""));
  const time = { at: 0 };
  const opened: Ledger[] = [];
  let store: LedgerStore | undefined;
  const others: Campaign[] = [];
  await campaigns.create(campaign);
  const suppression = await openSuppressionStore(join(folder, "suppression.jsonl"), {
    clock: { now: () => time.at },
  });
  const inboxes = createInboxes({ now: () => time.at });
  const given = await openListStore(dataDir, { clock: { now: () => time.at } });
  let processes = 0;
  let owner = 0;
  const answers = new StoredAnswers();
  const known = new Map<string, KnownPerson>();
  const newStore = (): LedgerStore => {
    const process = ++processes;
    return createFileLedgerStore({
      folder,
      budgets: new Budgets(createDayOf("UTC")),
      clock: { now: () => time.at },
      owner: `process ${process}`,
      beforeWrite: () => {
        if (process !== owner) throw new LeaseLostError("another process has the folder");
      },
      testSends: {
        debit: () => Promise.resolve("debited"),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      inboxOf: (channel, account) => inboxes.inboxOf(channel, account),
      joining: { lists: given, campaigns },
      campaign: (id) => campaigns.stored(id) ?? stored(),
      known: (_, username) => known.get(username),
      snapshots: atEveryTurn,
      answers: answers.book,
      suppression: suppression.binding,
      contacts: new FileContactHistory({ folder, campaigns: async () => [campaign, ...others] }),
    });
  };
  return {
    time,
    inboxes,
    openBeside: () => newStore().open(stored()),
    async open(rule = {}) {
      store = newStore();
      owner = processes;
      const opening = await store.open({ ...stored(), ...rule });
      opened.push(opening.ledger);
      return opening;
    },
    async store(change, id = campaign.id) {
      const other = others.find((one) => one.id === id);
      if (other) await campaigns.create(other);
      await campaigns.change(id, ({ pause, ...from }) => ({
        ...from,
        ...(pause && change.status === "paused" ? { pause } : {}),
        ...change,
      }));
    },
    approve: async () => void (await campaigns.change(campaign.id, asApproved)),
    list: (more) => putList(given, more),
    honour: async (sent) => (await store?.honour(campaign.id, new Set(sent))) ?? 0,
    identify: async (username, person) => void known.set(username, person),
    answer: async (username, at) => answers.book.put(answerBy(username, at)),
    async suppress(username, reason) {
      await suppression.add([username], { reason, at: 0 });
    },
    async putSent(username, at, personId) {
      const other = {
        ...campaign,
        id: `other-${others.length}`,
        lists: [{ ...lists[0]!, count: 1, columns: [] }],
      };
      others.push(other);
      await mkdir(join(folder, other.id));
      await writeFile(join(folder, other.id, "list-001.jsonl"), `${JSON.stringify([username])}\n`);
      const entries = [
        { t: "claim", r: 0, a: "one", n: 1, ...(personId === undefined ? {} : { p: personId }), at },
        { t: "sent", r: 0, id: "m", at },
      ];
      const journal = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
      await writeFile(join(folder, other.id, "journal.jsonl"), journal);
      return other.id;
    },
    putCheckpoint: (sent) =>
      writeFile(
        join(folder, campaign.id, "task_checkpoint_spring.json"),
        JSON.stringify({
          task_id: "spring",
          sent_usernames: sent,
          total_sent: 3,
          total_failed: 0,
          timestamp: "",
        }),
      ),
    async [Symbol.asyncDispose]() {
      for (const ledger of opened) await ledger[Symbol.asyncDispose]();
      await suppression[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true });
    },
  };
});
