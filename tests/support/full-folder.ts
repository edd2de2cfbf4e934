/** A data folder with something of everything that moves, as its own stores write it. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { Entry } from "../../src/domain/journal.ts";
import type { LeadEntry } from "../../src/domain/collecting/lead-entry.ts";
import { openAccountStore } from "../../src/storage/files/accounts/account-store.ts";
import { openAnswerStore } from "../../src/storage/files/answers/answer-store.ts";
import { openOwnReplyStore } from "../../src/storage/files/answers/own-reply-store.ts";
import { openAudienceStore } from "../../src/storage/files/audiences/audience-store.ts";
import { openTagStore } from "../../src/storage/files/audiences/tag-store.ts";
import { openErasedStore } from "../../src/storage/files/erasing/erased-store.ts";
import { openEventLog } from "../../src/storage/files/events/event-log.ts";
import { openHistoryStore } from "../../src/storage/files/history/history-store.ts";
import { openListStore } from "../../src/storage/files/lists/list-store.ts";
import { openIdentityStore } from "../../src/storage/files/people/identity-store.ts";
import { openReplyCursorStore } from "../../src/storage/files/people/reply-cursor-store.ts";
import { openSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";
import { openSuppressionStore } from "../../src/storage/files/people/suppression-store.ts";
import type { Clock } from "../../src/lib/clock.ts";
import { putList } from "./put-list.ts";

const onProblem = (error: Error): never => {
  throw error;
};

const text = (values: readonly unknown[]): string => values.map((one) => `${JSON.stringify(one)}\n`).join("");

/** @param journals By the id of a campaign to `p0`, `p1`, …; values of theirs were corrected, and the first of them has an attachment */
export async function fillFolder(
  dataDir: string,
  journals: Readonly<Record<string, readonly Entry[]>>,
  clock: Clock,
): Promise<void> {
  const at = clock.now();
  for (const [id, entries] of Object.entries(journals)) await putCampaignFolder(dataDir, { id, entries, at });
  await mkdir(join(dataDir, "campaigns/to-come"), { recursive: true });
  await writeFile(
    join(dataDir, "campaigns/to-come/task_checkpoint_to-come.json"),
    JSON.stringify({ sent_usernames: ["ali", "sara"] }),
  );
  await putPeople(dataDir, at);
  await putDocuments(dataDir, clock);
  await putLeads(dataDir, at);
}

interface CampaignFolder {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly at: number;
}

async function putCampaignFolder(dataDir: string, { id, entries, at }: CampaignFolder): Promise<void> {
  const folder = join(dataDir, "campaigns", id);
  await mkdir(folder, { recursive: true });
  const names = Array.from({ length: 3 }, (_, nth) => `p${nth}`);
  await writeFile(
    join(folder, "list-001.jsonl"),
    text(names.map((name, nth) => [name, ...(nth === 1 ? [] : ["Rasht"])])),
  );
  await writeFile(join(folder, "list-001-r1.jsonl"), text(names.map((name) => [name, "Yazd", "۲"])));
  await writeFile(join(folder, "list-002.jsonl"), text([["p3"], ["p4"], ["who does not count yet"]]));
  await writeFile(join(folder, "attachment-1"), Buffer.from([0, 255, 10, 13]));
  await writeFile(
    join(folder, "earlier_checkpoint.json"),
    JSON.stringify({ sent_usernames: ["p4", "nobody"] }),
  );
  const checkpoint = `${JSON.stringify({ sent_usernames: [], total_sent: 0, timestamp: new Date(at).toISOString() })}\n`;
  await writeFile(join(folder, `task_checkpoint_${id}.json`), checkpoint);
  const noted = { t: "checkpoint", names: 0, crc: crc32(checkpoint), at };
  await writeFile(join(folder, "journal.jsonl"), text([...entries, noted]));
  const begun = { t: "begin", n: 1, kind: "takeBack", scope: { kind: "all" }, count: 0, by: "7", at };
  await writeFile(join(folder, "amendments.jsonl"), text([begun]));
  const correction = { revision: 1, file: "list-001-r1.jsonl", columns: ["city", "nth"], origin: "test", at };
  const campaign: Campaign = {
    id,
    createdAt: at,
    channel: "scripted",
    accounts: [{ name: "one", caps: {} }],
    message: "سلام {{city}}",
    consent: { statement: "they asked for it", by: "test", at },
    status: "paused",
    pause: { kind: "operator" },
    lists: [
      {
        file: "list-001.jsonl",
        count: 3,
        columns: ["city"],
        origin: "test",
        importedAt: at,
        corrections: [correction],
      },
      {
        file: "list-002.jsonl",
        count: 2,
        columns: [],
        origin: "test",
        importedAt: at,
        grows: true,
        through: "two",
      },
    ],
  };
  await writeFile(join(folder, "campaign.json"), JSON.stringify({ version: 1, value: campaign }));
}

async function putPeople(dataDir: string, at: number): Promise<void> {
  const path = (name: string): string => join(dataDir, name);
  await using suppression = await openSuppressionStore(path("suppression.jsonl"), {
    clock: { now: () => at },
  });
  await suppression.add(["ali", "sara"], { reason: "optedOut", note: "by mail", at });
  await suppression.add(["nima"], { reason: "blocked", at: at + 1 });
  await suppression.remove(["sara"], at + 2);
  await using subscribers = await openSubscriberStore(path("subscribers.jsonl"));
  const put = (id: number, username: string, state: "active" | "stopped", when: number) =>
    subscribers.change(id, () => ({ id, username, firstName: "N", source: "poster", state, at: when }));
  await put(7, "ali", "active", at);
  await put(7, "ali_new", "stopped", at + 5);
  await put(8, "reza", "active", at + 6);
  await put(9, "reza", "active", at + 7);
  await using tags = await openTagStore(path("tags.jsonl"));
  await tags.add("vip", ["ali", "id8"], at);
  await tags.add("new", ["ali"], at + 1);
  await tags.remove("vip", ["ali"], at + 2);
  await using people = await openIdentityStore(path("x-people.jsonl"));
  await people.found(
    new Map([
      ["ali", "42"],
      ["sara", "43"],
    ]),
    at,
  );
  await people.found(new Map([["ali", "77"]]), at + 1);
  await people.askAnew("sara");
  await using answers = await openAnswerStore(path("answers.jsonl"));
  await answers.keep("x", true);
  const answer = { channel: "x", account: "one", username: "ali", text: "بله", at, key: "m1" };
  await answers.append(answer);
  await answers.append({ ...answer, personId: "42", key: "m2", campaignId: "spring" });
  await using replies = await openOwnReplyStore(path("own-replies.jsonl"));
  for (const id of ["a", "b", "c"]) await replies.ask({ id, answer: 1, text: "thanks", by: "7", at });
  await replies.claim("a", at + 1);
  await replies.settle("a", { state: "sent", messageId: "m9" }, at + 2);
  await replies.told("a", at + 2);
  await replies.claim("b", at + 1);
  const erased = await openErasedStore(dataDir);
  await erased.record({ names: ["gone"], ids: ["5"], by: "7", at, chatId: 3 });
}

async function putDocuments(dataDir: string, clock: Clock): Promise<void> {
  const at = clock.now();
  const path = (name: string): string => join(dataDir, name);
  const lists = await openListStore(dataDir, { clock });
  const listId = await putList(lists, ["ali", "sara"], ["city"]);
  await writeFile(path(`lists/${listId}/rejected.jsonl`), text([[3, "no name", "empty"]]));
  const audiences = await openAudienceStore(dataDir, { clock, beforeWrite: () => undefined, onProblem });
  await audiences.keepList({
    name: "friends",
    at,
    ask: "a1",
    columns: ["city"],
    origin: "test",
    rows: [{ username: "ali", values: ["Rasht"] }],
  });
  const accounts = await openAccountStore(path("accounts.json"), { onProblem });
  await accounts.update("x", "one", () => ({ health: { kind: "resting", until: at + 9, why: "tooFast" } }));
  await accounts.updateChannel("x", () => ({ rest: { until: at + 8, why: "tooFast" } }));
  await (
    await openReplyCursorStore(path("reply-cursors.json"), { onProblem })
  ).move("x", "one", { to: "c1" });
  const write = (name: string, value: unknown) =>
    writeFile(path(name), JSON.stringify({ version: 1, value }));
  await write("team.json", { members: [], needsApproval: true });
  await write("webhooks.json", [
    { name: "hook", url: "https://example.org/", secrets: ["whsec_1"], by: "7", at, position: 12 },
  ]);
  await using events = await openEventLog<object>(path("events"), {
    clock,
    onProblem,
    isEvent: (one): one is object => typeof one === "object",
  });
  await events.append({ kind: "status", campaignId: "spring", status: "paused", at });
  await using history = await openHistoryStore(dataDir);
  const of = await history.append(
    {
      t: "begun",
      deed: "suppress",
      by: { kind: "operator", id: 7, name: "Sara" },
      about: { count: 1, people: ["ali"] },
    },
    at,
  );
  await history.append({ t: "ended", of, end: "done", count: 1 }, at);
  await mkdir(path("bot"), { recursive: true });
  await writeFile(path("bot/heard-events.json"), JSON.stringify({ version: 1, value: 12 }));
  const update = { update_id: 5, message: { text: "hi" } };
  await writeFile(
    path("bot/updates.jsonl"),
    text([
      { t: "got", u: { update_id: 4 } },
      { t: "done", ids: [4] },
      { t: "got", u: update },
      { t: "begun", ids: [5] },
    ]),
  );
  await write("x-limits.json", { one: { perDay: 5 } });
  await write("simulator.json", { seed: "1" });
  const delivered = { u: "p0", a: "one", key: "k", at, text: "abc", id: "sim-1" };
  await writeFile(
    path("simulator-record.jsonl"),
    text([
      { e: "asked", u: "p0", a: "one", key: "k", at },
      { e: "delivered", ...delivered },
    ]),
  );
  await writeFile(path("bot/updates-set-aside.jsonl"), text([update]));
  const upload = join(dataDir, "uploads", crypto.randomUUID());
  await mkdir(path("uploads"));
  await writeFile(upload, Buffer.from([1, 0, 200]));
  await writeFile(
    path("bot/drafts.json"),
    JSON.stringify({ version: 1, value: { 7: { attachment: upload } } }),
  );
  await writeFile(path("test-sends.jsonl"), text([{ a: "one", u: "ali", c: "x", at }]));
}

async function putLeads(dataDir: string, at: number): Promise<void> {
  const entries: readonly LeadEntry[] = [
    { t: "target", source: "tiktok", query: "coffee", at },
    { t: "request", targets: [0], count: 2, at },
    {
      t: "page",
      k: 0,
      next: "30",
      rows: 2,
      leads: [
        { id: "1", username: "ali", displayName: "Ali", details: {} },
        { id: "2", username: "sara", displayName: "", details: {} },
      ],
      known: [],
      again: 0,
      at: at + 1,
    },
    { t: "end", end: "targetReached", at: at + 2 },
  ];
  await mkdir(join(dataDir, "leads/coffee"), { recursive: true });
  await writeFile(join(dataDir, "leads/coffee/leads.jsonl"), text(entries));
}
