import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pieces } from "../../../../tests/support/file-content.ts";
import type { Campaign } from "../../../domain/campaign.ts";
import { CampaignIdRefusedError } from "../../ports/campaigns.ts";
import { openCampaignStore } from "./campaign-store.ts";
import { openListStore } from "../lists/list-store.ts";
import { systemClock } from "../../../lib/clock.ts";
import type { CampaignStore } from "../../ports/campaigns.ts";

let dataDir: string;
let problems: string[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "campaigns-"));
  problems = [];
});

afterEach(() => rmSync(dataDir, { recursive: true }));

function onProblem(error: Error): void {
  problems.push(error.message);
}

function refuse(): void {
  throw new Error("the lease is lost");
}

async function openStore(beforeWrite?: () => void): Promise<CampaignStore> {
  return openCampaignStore(dataDir, { onProblem, ...(beforeWrite ? { beforeWrite } : {}) });
}

function campaign(id: string, changes: Partial<Campaign> = {}): Campaign {
  return {
    id,
    createdAt: 1000,
    channel: "simulator",
    accounts: [{ name: "courier-1", caps: { perDay: 4 } }],
    message: "سلام {{name|دوست}}",
    lists: [],
    consent: { statement: "they signed up", by: "42", at: 900 },
    status: "running",
    ...changes,
  };
}

function pathOf(...names: string[]): string {
  return join(dataDir, "campaigns", ...names);
}

async function storeList(names: readonly string[], columns: readonly string[] = []): Promise<string> {
  const lists = await openListStore(dataDir, { clock: systemClock });
  await using writer = await lists.create(columns);
  for (const name of names) await writer.add(name, []);
  return (await writer.finish()).listId;
}

describe("the campaign store", () => {
  test("keeps a copy of an attachment in the campaign's folder, each under a new name", async () => {
    const store = await openStore();
    const file = await store.adoptAttachment("spring", pieces("a ", "picture"));
    expect(statSync(pathOf("spring", file)).mode & 0o777).toBe(0o600);
    const extras = { format: "html", attachment: { kind: "photo", file, name: "spring.jpg" } } as const;
    await store.create(campaign("spring", { extras }));
    const again = await openStore();
    expect((await again.get("spring"))?.extras).toEqual(extras);
    expect(readFileSync(pathOf("spring", file), "utf8")).toBe("a picture");
    expect(await again.adoptAttachment("spring", pieces("another"))).not.toBe(file);
    expect(readFileSync(pathOf("spring", file), "utf8")).toBe("a picture");
    expect(await again.attachment("spring", "../spring/campaign.json")).toBeUndefined();
  });

  test("copies no attachment once the lease is lost", async () => {
    const store = await openStore(refuse);
    await expect(store.adoptAttachment("spring", pieces("a picture"))).rejects.toThrow("lease");
    expect(readdirSync(pathOf("spring"))).toEqual([]);
  });

  test("finds every campaign again as it was saved, newest first", async () => {
    const full = campaign("spring-news", {
      createdBy: 42,
      createdAt: 3000,
      lists: [{ file: "list-001.jsonl", count: 2, columns: ["name"], origin: "a.csv", importedAt: 5 }],
      status: "paused",
      pause: { kind: "noAccount", until: 9000 },
      finishedAt: 8000,
    });
    const store = await openStore();
    await store.create(campaign("old"));
    await store.create(full);
    await store.create(campaign("middle", { createdAt: 2000 }));
    const again = await openStore();
    expect((await again.all()).map(({ id }) => id)).toEqual(["spring-news", "middle", "old"]);
    expect(await again.get("spring-news")).toEqual(full);
    expect(await again.get("nobody")).toBeUndefined();
    expect(problems).toEqual([]);
  });

  test.each<Campaign["pause"] & object>([
    { kind: "operator" },
    { kind: "noAccount" },
    { kind: "unavailable", until: 5, why: "serviceDown" },
    { kind: "rejected", why: "messageTooLong" },
    { kind: "storage", why: "diskFull" },
  ])("keeps a pause of kind $kind", async (pause) => {
    await (await openStore()).create(campaign("one", { status: "paused", pause }));
    expect((await (await openStore()).get("one"))?.pause).toEqual(pause);
  });

  test("shows a campaign, or its change, once it is on disk", async () => {
    const store = await openStore();
    const saving = store.create(campaign("one"));
    expect(await store.get("one")).toBeUndefined();
    await saving;
    await store.change("one", (from) => ({ ...from, status: "finished", finishedAt: 2000 }));
    expect((await store.get("one"))?.status).toBe("finished");
    expect(JSON.parse(readFileSync(pathOf("one", "campaign.json"), "utf8"))).toEqual({
      version: 1,
      value: await store.get("one"),
    });
  });

  test("writes nothing when this process may write no more", async () => {
    const store = await openStore(refuse);
    await expect(store.create(campaign("one"))).rejects.toThrow("the lease is lost");
    expect(await store.all()).toEqual([]);
    const listId = await storeList(["ali"]);
    await expect(store.adoptList("one", listId)).rejects.toThrow("the lease is lost");
    expect(await (await openStore()).all()).toEqual([]);
  });

  test("tries again when a campaign could not be saved at first", async () => {
    const store = await openStore();
    writeFileSync(pathOf("one"), "in the way");
    await expect(store.create(campaign("one"))).rejects.toThrow("EEXIST");
    rmSync(pathOf("one"));
    await store.create(campaign("one"));
    expect(await (await openStore()).get("one")).toEqual(campaign("one"));
  });
});

describe("a campaign that can't be used", () => {
  const contents: [string, string, string][] = [
    ["torn", '{"version":1,"val', "it is not JSON"],
    ["of a later version", '{"version":2,"value":{}}', "its version is 2, not 1"],
    [
      "of another campaign",
      JSON.stringify({ version: 1, value: campaign("other") }),
      "it is of the campaign other",
    ],
    [
      "with a field of a later version",
      JSON.stringify({ version: 1, value: { ...campaign("broken"), picture: "x" } }),
      "Unrecognized key",
    ],
    [
      "with a list outside of its folder",
      JSON.stringify({
        version: 1,
        value: campaign("broken", {
          lists: [{ file: "../x.jsonl", count: 1, columns: [], origin: "", importedAt: 0 }],
        }),
      }),
      "lists.0.file",
    ],
  ];

  test.each(contents)(
    "because it is %s is reported, kept, and stops no other",
    async (_, content, problem) => {
      await (await openStore()).create(campaign("good"));
      mkdirSync(pathOf("broken"));
      writeFileSync(pathOf("broken", "campaign.json"), content);
      const store = await openStore();
      expect((await store.all()).map(({ id }) => id)).toEqual(["good"]);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(pathOf("broken", "campaign.json"));
      expect(problems[0]).toContain(problem);
      await expect(store.create(campaign("broken"))).rejects.toThrow(CampaignIdRefusedError);
      await expect(store.adoptList("broken", await storeList(["ali"]))).rejects.toThrow(
        CampaignIdRefusedError,
      );
      expect(readFileSync(pathOf("broken", "campaign.json"), "utf8")).toBe(content);
      expect(readdirSync(pathOf("broken"))).toEqual(["campaign.json"]);
    },
  );

  test("because only its journal is left is not started over", async () => {
    mkdirSync(pathOf("half"), { recursive: true });
    writeFileSync(pathOf("half", "journal.jsonl"), "{}\n");
    const store = await openStore();
    expect(problems).toHaveLength(1);
    await expect(store.create(campaign("half"))).rejects.toThrow(CampaignIdRefusedError);
  });

  test("because its journal is gone is not begun anew, and is one again when that is put back", async () => {
    await (await openStore()).create(campaign("spring"));
    rmSync(pathOf("spring", "journal.jsonl"));
    const store = await openStore();
    expect(await store.all()).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(`${pathOf("spring", "journal.jsonl")} is gone`)]);
    await expect(store.create(campaign("spring"))).rejects.toThrow(CampaignIdRefusedError);
    writeFileSync(pathOf("spring", "journal.jsonl"), "");
    expect(await (await openStore()).all()).toHaveLength(1);
  });
});

describe("a task id", () => {
  test("is free when a crash came between its journal and its campaign", async () => {
    mkdirSync(pathOf("task_1"), { recursive: true });
    writeFileSync(pathOf("task_1", "journal.jsonl"), "");
    expect(await (await openStore()).create(campaign("task_1"))).toBe(true);
    expect(problems).toEqual([]);
  });

  test("is free when its folder holds but a checkpoint of an older tool", async () => {
    mkdirSync(pathOf("task_1"), { recursive: true });
    writeFileSync(pathOf("task_1", "task_checkpoint_task_1.json"), "{}");
    const store = await openStore();
    await store.create(campaign("task_1"));
    expect(existsSync(pathOf("task_1", "task_checkpoint_task_1.json"))).toBe(true);
    expect(problems).toEqual([]);
  });

  test("is refused when it differs from another only in case, before and after a restart", async () => {
    const store = await openStore();
    await store.create(campaign("Spring"));
    const listId = await storeList(["ali"]);
    for (const opened of [store, await openStore()]) {
      await expect(opened.create(campaign("spring"))).rejects.toThrow("only in upper and lower case");
      await expect(opened.adoptList("SPRING", listId)).rejects.toThrow(CampaignIdRefusedError);
    }
    await store.change("Spring", (from) => ({ ...from, status: "finished" }));
    expect(readdirSync(pathOf())).toEqual(["Spring"]);
  });

  test.each(["../out", "", "a/b", ".hidden", "a..b"])("can't be %j", async (id) => {
    const store = await openStore();
    await expect(store.create(campaign(id))).rejects.toThrow(CampaignIdRefusedError);
    await expect(store.adoptList(id, await storeList(["ali"]))).rejects.toThrow(CampaignIdRefusedError);
    expect(readdirSync(pathOf())).toEqual([]);
  });
});

async function adopted(store: CampaignStore, name: string): Promise<string> {
  return (await store.adoptList("spring", await storeList([name])))?.file ?? "none";
}

describe("adopting a list", () => {
  test("keeps it with the campaign, whatever becomes of it where it was stored", async () => {
    const listId = await storeList(["ali", "sara"], ["city"]);
    const store = await openStore();
    const list = await store.adoptList("spring", listId);
    expect(list).toEqual({ file: "list-001.jsonl", count: 2, columns: ["city"] });
    await (await openListStore(dataDir, { clock: systemClock })).discard(listId);
    expect(readFileSync(pathOf("spring", "list-001.jsonl"), "utf8")).toBe('["ali"]\n["sara"]\n');
    expect(await store.adoptList("spring", listId)).toBeUndefined();
  });

  test("gives each list of a campaign a name of its own, saved or not yet", async () => {
    const store = await openStore();
    const files: string[] = [];
    for (const name of ["a1", "b2"]) {
      files.push(await adopted(store, name));
    }
    const lists = files.map((file) => ({ file, count: 1, columns: [], origin: "x", importedAt: 0 }));
    await store.create(campaign("spring", { lists }));
    const again = await openStore();
    files.push(await adopted(again, "c3"));
    expect(files).toEqual(["list-001.jsonl", "list-002.jsonl", "list-003.jsonl"]);
    expect(readFileSync(pathOf("spring", "list-001.jsonl"), "utf8")).toBe('["a1"]\n');
  });

  test("replaces what a crash left before the campaign was saved", async () => {
    await adopted(await openStore(), "lost");
    const file = await adopted(await openStore(), "found");
    expect(file).toBe("list-001.jsonl");
    expect(readFileSync(pathOf("spring", file), "utf8")).toBe('["found"]\n');
  });
});
