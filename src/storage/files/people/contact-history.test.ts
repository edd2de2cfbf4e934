import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Campaign } from "../../../domain/campaign.ts";
import type { Entry } from "../../../domain/journal.ts";
import { FileContactHistory } from "./contact-history.ts";

let folder: string;
let campaigns: Campaign[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-contacts-"));
  campaigns = [];
});
afterEach(() => rm(folder, { recursive: true }));

const by = (a: string, r: number): Entry => ({ t: "claim", r, a, n: 1, at: 10 });
const claim = (r: number, at: number): Entry => ({ t: "claim", r, a: "one", n: 1, at });
const known = (r: number, p: string): Entry => ({ t: "claim", r, a: "one", n: 1, p, at: 10 });

async function put(id: string, names: readonly string[], journal: readonly Entry[], extra = {}) {
  const list = { file: "list-001.jsonl", count: names.length, columns: [], origin: "test", importedAt: 0 };
  const consent = { statement: "test", by: "test", at: 0 };
  const campaign: Campaign = {
    id,
    createdAt: 0,
    channel: "simulator",
    accounts: [],
    message: "hello",
    lists: [list],
    consent,
    status: "running",
    ...extra,
  };
  campaigns.push(campaign);
  await mkdir(join(folder, id));
  await writeFile(join(folder, id, list.file), names.map((name) => `${JSON.stringify([name])}\n`).join(""));
  const lines = journal.map((entry) => `${JSON.stringify(entry)}\n`);
  await writeFile(join(folder, id, "journal.jsonl"), lines.join(""));
  return campaign;
}

const history = () => new FileContactHistory({ folder, campaigns: async () => campaigns });

describe("what journals say", () => {
  test("rather fails than misses somebody, and reads all again the next time", async () => {
    const { id } = await put("a", ["ali"], [claim(0, 10), { t: "sent", r: 0, id: "m", at: 11 }]);
    const path = join(folder, id, "journal.jsonl");
    await writeFile(path, "{}\n");
    const contacts = history();
    await expect(contacts.since("simulator", 0)).rejects.toThrow(/journal\.jsonl, line 1/);
    await writeFile(
      path,
      [claim(0, 10), { t: "sent", r: 0, id: "m", at: 11 }].map((one) => `${JSON.stringify(one)}\n`).join(""),
    );
    expect((await contacts.since("simulator", 0)).latest("ali", "c")).toBe(11);
  });
});

describe("through which accounts people were written to", () => {
  test("tells every one that sent or may have sent something, whenever it was, and none that surely did not", async () => {
    await put("a", ["ali", "sara"], [by("one", 0), { t: "sent", r: 0, id: "m", at: 11 }, by("two", 1)]);
    await put("b", ["ali", "sara"], [by("three", 0), { t: "failed", r: 0, why: "serviceDown", at: 11 }]);
    const contacts = history();
    const contacted = await contacts.contacted("simulator");
    const teller = contacts.teller({ id: "b", channel: "simulator" });
    teller.claimed("sara", 20, "four");
    teller.sent("ali", 20, "five");
    const accountsOf = (name: string) => [...contacted.accountsOf(name)].toSorted();
    expect(accountsOf("ali")).toEqual(["five", "one"]);
    expect(accountsOf("sara")).toEqual(["four", "two"]);
    expect(accountsOf("nima")).toEqual([]);
  });
});

describe("what open ledgers tell", () => {
  test("knows who was behind a name at its last claim, whether it is on disk or just being made", async () => {
    await put("a", ["ali", "sara", "nima", "mina"], [known(0, "1"), known(1, "2"), claim(2, 10)]);
    const contacts = history();
    const teller = contacts.teller({ id: "a", channel: "simulator" });
    teller.claimed("mina", 20, "one", "4");
    const personOf = await contacts.claimedPeople("a");
    teller.claimed("sara", 20, "one", "22");
    const names = ["ali", "sara", "nima", "mina", "omid"];
    expect(names.map((name) => personOf(name))).toEqual(["1", "22", undefined, "4", undefined]);
  });

  test("counts somebody from the claim on, and the sent one for good", async () => {
    const contacts = history();
    const recent = await contacts.since("simulator", 0);
    const teller = contacts.teller({ id: "a", channel: "simulator" });
    teller.claimed("ali", 10, "one");
    teller.claimed("sara", 10, "one");
    expect(recent.latest("ali", "c")).toBe(10);
    teller.sent("ali", 11, "one");
    teller.notReached("sara");
    expect([recent.latest("ali", "c"), recent.latest("sara", "c")]).toEqual([11, undefined]);
  });

  test("believes the ledger, not its journal, on who is uncertain", async () => {
    await put("a", ["ali"], [claim(0, 10)]);
    const contacts = history();
    const teller = contacts.teller({ id: "a", channel: "simulator" });
    teller.claimed("ali", 10, "one");
    teller.notReached("ali");
    expect((await contacts.since("simulator", 0)).latest("ali", "c")).toBeUndefined();
  });
});
