/** The commands that look and decide, in real processes: none of them sends. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import readXlsxFile from "read-excel-file/node";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { everythingKept } from "../support/everything-kept.ts";
import { isOnPostgres } from "../support/own-store.ts";
import { untilClaimed, untilRecorded } from "../support/on-record.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

/** Every answer is lost, the channel can't be asked, and the message did arrive. */
const everybodyInDoubt = {
  ...everybodyAnswers,
  shares: { ...everybodyAnswers.shares, timeoutDelivered: 1 },
  timeoutMs: 0,
  readsBack: false,
};

function send(place: Place, list: string, id: string) {
  const words = ["--list", list, "--message", "Hi", "--channel", "simulator", "--max-per-account", "100"];
  return place.peyk("send", ...words, "--task-id", id);
}

test("a doubt is told, and settled as the operator decides, without a message", async () => {
  await using place = await createPlace(compiled, everybodyInDoubt);
  const sent = await send(place, await place.list(3), "doubts");
  expect(sent.code).toBe(0);
  expect(sent.out).toContain("3 may or may not have arrived and were not sent again.");
  expect(await place.peyk("resolve", "doubts", "@Name_0", "sent")).toMatchObject({ code: 0, err: "" });
  expect((await place.peyk("resolve", "doubts", "name_1", "skip")).code).toBe(0);
  const again = await place.peyk("resolve", "doubts", "name_2", "again", "--json");
  expect(summaryOf(again)).toMatchObject({ ok: true, username: "name_2", state: "planned" });
  const status = await place.peyk("status", "doubts", "--json");
  expect(summaryOf(status)).toMatchObject({
    status: "running",
    counts: { sent: 1, skipped: 1, planned: 1, uncertain: 0 },
  });
  expect(await place.delivered()).toHaveLength(3);
  const twice = await place.peyk("resolve", "doubts", "name_0", "again");
  expect(twice).toMatchObject({ code: 1 });
  expect(twice.err).toContain("name_0 is not uncertain in doubts, so there is nothing to decide.");
});

test("all doubts are looked at without deciding anything, then decided on together", async () => {
  await using place = await createPlace(compiled, everybodyInDoubt);
  await send(place, await place.list(12), "doubts");
  const listed = await place.peyk("resolve", "doubts");
  expect(listed).toMatchObject({ code: 0, err: "" });
  expect(listed.out).toContain("12 may have got the message of doubts; it was not sent again:");
  const looked = await place.peyk("resolve", "doubts", "--all", "skip", "--dry-run", "--json");
  expect(summaryOf(looked)["uncertain"]).toHaveLength(12);
  expect((await place.peyk("resolve", "doubts", "name_0", "sent")).code).toBe(0);
  const all = await place.peyk("resolve", "doubts", "--all", "skip", "--json");
  expect(summaryOf(all)).toMatchObject({ ok: true, decision: "skip", decided: 11, left: 0 });
  const status = await place.peyk("status", "doubts", "--json");
  expect(summaryOf(status)).toMatchObject({ counts: { sent: 1, skipped: 11, uncertain: 0 } });
  expect((await place.peyk("resolve", "doubts")).out).toContain("Nobody is uncertain in doubts.");
  expect(await place.delivered()).toHaveLength(12);
});

test.each([
  [["doubts", "name_0"], "Say what became of name_0: sent, again or skip."],
  [["doubts", "name_0", "sent", "--all", "skip"], "Give a name and a decision, or --all and a decision."],
  [["elsewhere", "--all", "skip"], 'There is no campaign "elsewhere"'],
])("peyk resolve %j is refused with a sentence", async (given, problem) => {
  await using place = await createPlace(compiled, everybodyInDoubt);
  await send(place, await place.list(1), "doubts");
  const refused = await place.peyk("resolve", ...given);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(problem);
});

test("status, the journal's export and the summary of send tell the same numbers", async () => {
  await using place = await createPlace(compiled, {
    ...everybodyAnswers,
    shares: { ...everybodyAnswers.shares, notFound: 0.3, refuses: 0.3 },
  });
  const list = await place.list(40);
  const words = ["--message", "Hi", "--channel", "simulator", "--max-per-account", "100", "--json"];
  const sent = await place.peyk("send", "--list", list, "--task-id", "mixed", ...words);
  const { counts } = summaryOf(sent);
  expect(summaryOf(await place.peyk("status", "mixed", "--json"))).toMatchObject({ counts });
  await place.peyk("export", "mixed", "--format", "json", "--out", "results.json");
  const rows: { state: string; at: string }[] = JSON.parse(
    await readFile(join(place.folder, "results.json"), "utf8"),
  );
  const ofState = (state: string): number => rows.filter((row) => row.state === state).length;
  expect(counts).toMatchObject({
    sent: ofState("sent"),
    notFound: ofState("notFound"),
    refused: ofState("refused"),
  });
  expect(rows).toHaveLength(40);
  expect(rows.every(({ at }) => at.endsWith("Z"))).toBe(true);
});

test("results are written as a spreadsheet and as CSV, and drawn as a picture", async () => {
  await using place = await createPlace(compiled);
  await send(place, await place.list(2), "small");
  await place.peyk("export", "small", "--format", "xlsx", "--out", "results.xlsx");
  const [sheet] = await readXlsxFile(join(place.folder, "results.xlsx"));
  expect(sheet?.data.map((row) => row.slice(0, 2))).toEqual([
    ["Username", "State"],
    ["name_0", "sent"],
    ["name_1", "sent"],
  ]);
  const csv = await place.peyk("export", "small");
  const printed = await place.peyk("export", "small", "--out", "-");
  expect(printed.out).toBe(await readFile(join(place.folder, csv.out.trim()), "utf8"));
  expect(await readFile(join(place.folder, csv.out.trim()), "utf8")).toMatch(
    /^\uFEFFUsername,State,.*\r\nname_0,sent,/,
  );
  expect(await place.peyk("report", "small", "--out", "small.png")).toMatchObject({ code: 0, err: "" });
  expect((await readFile(join(place.folder, "small.png"))).subarray(1, 4).toString()).toBe("PNG");
  expect((await place.peyk("report", "small", "--out", "small.pdf")).err).toContain("does not end in .png");
  const wrong = await place.peyk("export", "small", "--format", "pdf");
  expect(wrong).toMatchObject({ code: 1 });
  expect((await place.peyk("export", "small", "--out", "no/such/folder.csv")).err).toContain(
    "can't be written",
  );
});

test("cleanup removes the checkpoint once, and refuses while it is needed", async () => {
  await using place = await createPlace(compiled, {
    ...everybodyAnswers,
    accounts: [{ name: "only" }],
    accountTroubles: [{ account: "only", afterSends: 1, trouble: "locked" }],
  });
  await send(place, await place.list(1), "done");
  const checkpoint = join(place.dataDir, "campaigns/done/task_checkpoint_done.json");
  if (!isOnPostgres())
    expect(JSON.parse(await readFile(checkpoint, "utf8"))).toMatchObject({ sent_usernames: ["name_0"] });
  expect(summaryOf(await place.peyk("cleanup", "done", "--json"))).toMatchObject({ ok: true, removed: true });
  await expect(readFile(checkpoint)).rejects.toThrow("ENOENT");
  expect(summaryOf(await place.peyk("cleanup", "done", "--json"))).toMatchObject({
    ok: true,
    removed: false,
  });
  expect((await send(place, await place.list(5), "open")).code).toBe(3);
  expect(await place.peyk("cleanup", "open")).toMatchObject({ code: 1 });
});

test("a command for an unknown campaign names those that there are", async () => {
  await using place = await createPlace(compiled);
  await send(place, await place.list(1), "known");
  for (const words of [["status"], ["export"], ["cleanup"]]) {
    const ended = await place.peyk(...words, "unknown");
    expect(ended).toMatchObject({ code: 1, err: 'There is no campaign "unknown". There is: known.\n' });
  }
});

async function startLong(place: Place, names = 500) {
  const words = ["--message", "Hi", "--channel", "simulator", "--max-per-account", "1000"];
  const list = await place.list(names);
  return place.start("send", "--list", list, ...words, "--concurrency", "1", "--task-id", "long", "--json");
}

/** Nobody answers before the test is over. */
const endless = { ...everybodyAnswers, latencyMs: { min: 6e6, max: 6e6 } };

test("what only looks works beside a running Peyk, and takes nothing for uncertain that is under way", async () => {
  await using place = await createPlace(compiled, endless);
  const sending = await startLong(place);
  await untilClaimed(place.where, "long");
  const all = await place.peyk("status", "--json");
  const one = await place.peyk("status", "long", "--json");
  const exported = await place.peyk("export", "long", "--format", "json", "--out", "results.json");
  const doubts = await place.peyk("resolve", "long", "--json");
  const lists = await place.peyk("leads", "--json");
  const listed = await place.peyk("suppress", "list", "--json");
  sending.child.kill("SIGKILL");
  await sending.ended;
  for (const ended of [all, one, exported, doubts, lists, listed])
    expect(ended).toMatchObject({ code: 0, err: "" });
  expect(objectsOf(all)).toHaveLength(2);
  const summary = summaryOf(one);
  expect(summary).toMatchObject({ status: "running", imported: 500, uncertain: [] });
  expect(summary["counts"]).toMatchObject({ claimed: 1, planned: 499, uncertain: 0 });
  expect(summaryOf(doubts)).toMatchObject({ uncertain: [] });
  const rows: { state: string }[] = JSON.parse(await readFile(join(place.folder, "results.json"), "utf8"));
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["claimed", "planned"]));
});

test("a plan and three messages are shown beside a running Peyk, and it changes nothing there", async () => {
  await using place = await createPlace(compiled, endless);
  await place.peyk("suppress", "add", "name_3");
  const sending = await startLong(place, 20);
  await untilClaimed(place.where, "long");
  await untilRecorded(place.where, 4);
  await place.peyk("status", "long");
  const before = await everythingKept(place.where);
  const words = ["--message", "Hi {{username}}", "--channel", "simulator", "--dry-run", "--json"];
  const other = await place.peyk("send", "--list", "people.txt", ...words, "--task-id", "other");
  const same = await place.peyk(
    "send",
    "--list",
    "people.txt",
    ...words,
    "--task-id",
    "long",
    "--change-message",
  );
  const after = await everythingKept(place.where);
  sending.child.kill("SIGKILL");
  await sending.ended;
  expect(other).toMatchObject({ code: 0, err: "" });
  expect(summaryOf(other)).toMatchObject({
    dryRun: true,
    plan: { toSend: 19, suppressed: 1, alreadySent: 0 },
  });
  const { plan } = planSchema.parse(summaryOf(other));
  expect(plan.accounts.reduce((sum, { usedToday }) => sum + usedToday, 0)).toBe(1);
  expect(same).toMatchObject({ code: 0, err: "" });
  expect(summaryOf(same)).toMatchObject({ plan: { toSend: 18, added: 0 } });
  expect(after).toEqual(before);
});

const planSchema = z.object({ plan: z.object({ accounts: z.array(z.object({ usedToday: z.number() })) }) });

test("looking changes nothing: who was being written to when Peyk was killed is uncertain, and only shown as that", async () => {
  await using place = await createPlace(compiled, endless);
  const sending = await startLong(place);
  await untilClaimed(place.where, "long");
  sending.child.kill("SIGKILL");
  await sending.ended;
  const before = await everythingKept(place.where);
  const look = async () => summaryOf(await place.peyk("status", "long", "--json"));
  // In a database its lease runs out first.
  await expect.poll(look).toMatchObject({ counts: { claimed: 0, uncertain: 1 } });
  const status = await look();
  const listed = await place.peyk("resolve", "long", "--json");
  expect(summaryOf(listed)["uncertain"]).toEqual(status["uncertain"]);
  expect(await everythingKept(place.where)).toEqual(before);
  await place.peyk("export", "long", "--format", "json", "--out", "results.json");
  expect(await readFile(join(place.folder, "results.json"), "utf8")).toContain(
    '"state":"uncertain","attempts":1',
  );
  // That it was taken out is on record, and nothing else is otherwise.
  expect(others(await everythingKept(place.where))).toEqual(others(before));
});

/** All but the history, and the lease of whoever wrote in it. */
const others = (all: Record<string, string>) =>
  Object.entries(all).filter(([name]) => !/(?:^|\/)history|\/lease\.json$/.test(name));

test("what is decided beside a running Peyk is done at once, and outlives its kill", async () => {
  await using place = await createPlace(compiled, everybodyInDoubt);
  await send(place, await place.list(4), "doubts");
  await place.write("data/simulator.json", JSON.stringify({ version: 1, value: endless }));
  const sending = await startLong(place);
  await untilClaimed(place.where, "long");
  const one = await place.peyk("resolve", "doubts", "name_0", "sent");
  const rest = await place.peyk("resolve", "doubts", "--all", "skip", "--json");
  const twice = await place.peyk("resolve", "doubts", "name_0", "skip");
  const optOut = await place.peyk("suppress", "add", "name_3", "sara_1", "--reason", "optedOut");
  const taken = await place.peyk("suppress", "remove", "sara_1", "--json");
  await place.write("left.csv", "username\nnima_1\nnima_1\nno name\n");
  const left = await place.peyk("suppress", "import", "left.csv", "--json");
  await place.peyk("suppress", "remove", "nima_1");
  await place.write("old.json", '{"task_id":"later","sent_usernames":["ali"]}');
  const honoured = await place.peyk("import-checkpoint", "old.json", "--json");
  const early = await place.peyk("cleanup", "long");
  sending.child.kill("SIGKILL");
  await sending.ended;
  expect(summaryOf(honoured)).toMatchObject({ taskId: "later", names: 1, added: 1 });
  expect(early).toMatchObject({ code: 1 });
  expect(early.err).toContain("long");
  expect(optOut.out).toContain("2 put on the list.");
  expect(summaryOf(taken)).toMatchObject({ ok: true, changed: 1 });
  expect(summaryOf(left)).toMatchObject({ changed: 1, duplicates: 1, invalid: 1 });
  expect(await readdir(join(place.dataDir, "exports"))).toHaveLength(1); // those that could not be read
  expect((await place.peyk("suppress", "list")).out).toMatch(/^name_3: opted out, .+\n$/);
  expect(one).toMatchObject({ code: 0, err: "" });
  expect(one.out).toContain("name_0 counts as sent now.");
  expect(summaryOf(rest)).toMatchObject({ ok: true, decided: 3, left: 0 });
  expect(twice.err).toContain("name_0 is not uncertain in doubts, so there is nothing to decide.");
  const status = await place.peyk("status", "doubts", "--json");
  expect(summaryOf(status)).toMatchObject({ counts: { sent: 1, skipped: 3, uncertain: 0 } });
});
