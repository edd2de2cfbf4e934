/**
 * Erased means erased: after a whole life nothing below the data folder says who the person was, counts still add up, and they
 * are never written to again; a stop at any effect of it ends the same after the next start.
 */
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDeliveries } from "../../src/channels/simulator/record.ts";
import { carryOutErasures } from "../../src/storage/files/erasing/carry-out.ts";
import { openErasedStore } from "../../src/storage/files/erasing/erased-store.ts";
import { personFiles } from "../../src/storage/files/erasing/person-files.ts";
import { ownFiles } from "../../src/storage/files/folder/own-names.ts";
import { everybodyAnswers, runHere } from "../cli/peyk-command.ts";
import { everyMoment } from "../support/every-moment.ts";
import { middayZone } from "../support/midday.ts";

const ALI = "ali_gone";
const OLD = "ali_before";
const ID = "7700123";
const CITY = "Ardabil-Street-9";
/** Everything that must not be found afterwards. */
const TRACES = [ALI, OLD, ID, CITY, "Ali Gone", "his note", "secret words"];

const followsUp = { followsUp: { campaignId: "sent", rootId: "sent", step: 1, since: 1 } };

let folder = "";
const at = (...path: string[]): string => join(folder, ...path);
const peyk = (line: readonly string[], dataDir = "data") =>
  runHere(line, folder, { DATA_DIR: dataDir, TIME_ZONE: middayZone() });
const lines = (values: readonly unknown[]): string =>
  values.map((one) => `${JSON.stringify(one)}\n`).join("");

/** A life: sent, uncertain, planned, opted out, on lists, a lead, a subscriber, in drafts, updates, exports and logs. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-erase-"));
  await mkdir(at("data"), { mode: 0o700 });
  const people = (more: object): Promise<void> =>
    writeFile(
      at("data/simulator.json"),
      JSON.stringify({ version: 1, value: { ...everybodyAnswers, ...more } }),
    );
  await people({});
  const town = Array.from({ length: 8 }, (_, n) => `name_${n},Town`);
  await writeFile(at("people.csv"), ["username,city", `@${ALI},${CITY}`, ...town].join("\n"));
  await writeFile(at("late.csv"), ["username,city", ...town, `${ALI},${CITY}`].join("\n"));
  const send = (id: string, list: string, ...more: string[]) =>
    peyk([
      "send",
      "--list",
      list,
      "--message",
      "Hi {{city}}",
      "--channel",
      "simulator",
      "--task-id",
      id,
      ...more,
    ]);
  await send("sent", "people.csv");
  await send("planned", "late.csv", "--max-per-account", "1");
  await writeFile(at("alone.csv"), `username,city\n${ALI},${CITY}\n`);
  await send("alone", "alone.csv", "--message", `Your parcel waits in ${CITY}`);
  await people({
    timeoutMs: 0,
    readsBack: false,
    shares: { ...everybodyAnswers.shares, timeoutDelivered: 1 },
  });
  await send("doubts", "people.csv");
  await people({});
  await peyk(["suppress", "add", ALI, "--note", "his note"]);
  await peyk(["export", "sent"]);
  await peyk(["collect", "simulator", "tea", "--count", "3", "--list", "tea"]);
  // A kill in the middle of the call to them: in a follow-up, and in a welcome that they joined.
  const others = {
    flight: {},
    follow: followsUp,
    welcome: { standing: { kind: "welcome", since: 1, turnedAt: 1 } },
  };
  for (const [index, [id, more]] of Object.entries(others).entries()) {
    await cp(at("data/campaigns/planned"), at("data/campaigns", id), { recursive: true });
    const path = at("data/campaigns", id, "campaign.json");
    const document = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...document, value: { ...document.value, id, ...more } }));
    const claim = { t: "claim", r: 8, a: "sim-1", n: 1, at: Date.now() - (index + 3) * 86_400_000 };
    await writeFile(at("data/campaigns", id, "journal.jsonl"), lines([claim]));
  }
  const add = async (file: string, values: readonly unknown[]): Promise<void> => {
    await mkdir(join(at("data", file), ".."), { recursive: true });
    const before = await readFile(at("data", file), "utf8").catch(() => "");
    await writeFile(at("data", file), before + lines(values));
  };
  const [person, reza] = [
    { id: Number(ID), first_name: CITY, username: ALI },
    { id: 7, first_name: "Reza" },
  ];
  await add("playground/world.jsonl", [
    { t: "message", message: { message_id: 1, from: person, chat: person, text: `I live in ${CITY}` } },
    { t: "message", message: { message_id: 2, from: reza, chat: reza, text: `${ALI} got: Hi ${CITY}` } },
    { t: "message", message: { message_id: 3, from: reza, chat: reza, text: "Kept" } },
  ]);
  await add("x-people.jsonl", [
    { u: OLD, id: ID, at: 1 },
    { u: ALI, id: ID, at: 2 },
    { u: "name_0", id: "5", at: 2 },
  ]);
  await add("subscribers.jsonl", [
    { id: Number(ID), username: ALI, firstName: "Ali Gone", state: "active", at: 1 },
  ]);
  await add("test-sends.jsonl", [{ a: "sim-1", u: ALI, c: "simulator", at: 1 }]);
  await add("leads/tea/leads.jsonl", [
    { t: "saved", k: 0, leads: [{ id: ID, username: ALI, displayName: "Ali Gone" }], at: 9 },
  ]);
  await add("bot/updates.jsonl", [
    { t: "got", u: { update_id: 7, message: { from: { id: Number(ID) }, text: `/who @${ALI}` } } },
    { t: "done", ids: [7] },
  ]);
  await add("answers.jsonl", [
    {
      t: "answer",
      number: 1,
      channel: "x",
      account: "a",
      username: ALI,
      personId: ID,
      text: "secret words",
      at: 1,
      key: "k",
    },
    {
      t: "answer",
      number: 2,
      channel: "x",
      account: "a",
      username: "name_0",
      personId: "5",
      text: "Hi",
      at: 1,
      key: "l",
    },
  ]);
  await add("own-replies.jsonl", [
    { t: "ask", id: "r1", answer: 1, text: "secret words back", by: "1", at: 2 },
  ]);
  await add("peyk.log", [{ level: 30, msg: `${ALI} was asked for` }]);
  const documents = {
    1001: { version: 1, state: { text: ALI } },
    1002: { version: 1, state: { text: "Hi" } },
  };
  await writeFile(at("data/bot/drafts.json"), JSON.stringify({ version: 1, value: documents }));
  await writeFile(at("data/suppression.jsonl.broken-1"), ALI);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Files below a folder that still say something of the person. */
async function saying(dataDir: string): Promise<readonly string[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    // The playground's people are part of the program, with the numbers of their chats.
    const text = `${path} ${(await readFile(path, "latin1")).replaceAll(`"id":${ID},"first`, "")}`;
    for (const trace of TRACES)
      if (text.toLowerCase().includes(trace.toLowerCase())) found.push(`${path}: ${trace}`);
  }
  return found;
}

async function countsOf(id: string, dataDir: string): Promise<string> {
  return (await peyk(["status", id], dataDir)).out.split("\n")[1] ?? "";
}

test("every file of Peyk's own that may hold a person has its rule, and no other has one", () => {
  const holding = Object.entries(ownFiles).filter(([, { person }]) => person === "forgets");
  expect(Object.keys(personFiles).toSorted()).toEqual(holding.map(([name]) => name).toSorted());
});

test("a file has all that is kept of them, and nobody else", async () => {
  const { code, err } = await peyk(["who", ALI, "--export", "ali.json"]);
  const text = await readFile(at("ali.json"), "utf8");
  expect([code, err, (await stat(at("ali.json"))).mode & 0o077]).toEqual([0, "", 0]);
  for (const trace of TRACES) expect(text).toContain(trace);
  expect(text).not.toMatch(/name_[0-7]/);
});

test("nothing says who they were, everything adds up, and no list brings them back", async () => {
  await cp(at("data"), at("one"), { recursive: true });
  const [sent] = [await countsOf("sent", "one")];
  const erased = await peyk(["erase", `@${ALI.toUpperCase()}`, "--yes"], "one");
  expect([erased.code, erased.err]).toEqual([0, ""]);
  expect(await saying(at("one"))).toEqual([]);
  expect(await readFile(at("one/playground/world.jsonl"), "utf8")).toMatch(/Reza.*Kept/);
  expect((await peyk(["doctor"], "one")).code).toBe(0);
  for (const id of ["flight", "follow", "welcome"])
    expect(await readFile(at("one/campaigns", id, "journal.jsonl"), "utf8")).toMatch(
      /claim.*\n.*uncertain.*\n.*leftInDoubt/,
    );
  expect(await countsOf("sent", "one")).toBe(sent);
  expect((await peyk(["resolve", "doubts"], "one")).out).not.toContain("erased_");
  const results = await peyk(["export", "sent", "--out", "-", "--format", "csv"], "one");
  expect(results.out).toContain("(erased)");
  expect((await stat(at("one/erased-key"))).mode & 0o077).toBe(0);
  await rm(at("one/accounts.json")); // whoever rests after nine lost answers would be waited for
  const before = await readDeliveries(at("one/simulator-record.jsonl"));
  for (const name of [ALI, OLD]) {
    const who = (await peyk(["who", name], "one")).out;
    expect(who).toContain("Erased: nobody writes to them");
    expect(who).not.toContain("Not on the do-not-send list");
    await writeFile(at("again.txt"), `${name}\nname_9\n`);
    const plan = "send --list again.txt --message Hi --channel simulator --dry-run".split(" ");
    expect((await peyk(plan, "one")).out).toContain("1 on the do-not-send list");
    const send = [
      "send",
      "--list",
      "again.txt",
      "--message",
      "Hi",
      "--channel",
      "simulator",
      "--max-per-account",
      "90",
    ];
    expect((await peyk([...send, "--task-id", `again-${name.length}`], "one")).out).toContain(
      "1 sent, 1 skipped",
    );
  }
  // What lists bring later is kept with them and shown, and nothing of what was there before; it can be erased once more.
  const who = (await peyk(["who", ALI], "one")).out;
  expect(who).toContain(`again-${ALI.length}`);
  for (const id of ["sent", "doubts", "planned", "alone", CITY]) expect(who).not.toContain(id);
  await rm(at("again.txt"));
  for (const name of [ALI, OLD]) await peyk(["erase", name, "--yes"], "one");
  expect(await saying(at("one"))).toEqual([]);
  const after = await readDeliveries(at("one/simulator-record.jsonl"));
  expect(after.slice(before.length).map(({ username }) => username)).toEqual(["name_9", "name_9"]);
});

test("a stop at any effect ends in erased everywhere after the next start", async () => {
  let done = "";
  const reached = await everyMoment(async (k) => {
    const copy = `stopped-${k}`;
    await cp(at("data"), at(copy), { recursive: true });
    let steps = 0;
    const beforeStep = (): void => {
      if (++steps === k) throw new Error("killed");
    };
    const store = await openErasedStore(at(copy));
    await store.record({ names: [ALI, OLD], ids: [ID], by: "1", at: 1 });
    const isStopped = await carryOutErasures({ dataDir: at(copy), store, now: 5, beforeStep }).then(
      () => false,
      () => true,
    );
    if (isStopped)
      await carryOutErasures({ dataDir: at(copy), store: await openErasedStore(at(copy)), now: 6 });
    expect([k, await saying(at(copy))]).toEqual([k, []]);
    expect((await openErasedStore(at(copy))).has(ALI)).toBe(true);
    done = copy;
    return isStopped;
  }, 3);
  expect((await peyk(["doctor"], done)).code).toBe(0);
  expect(reached).toBeGreaterThan(5);
});
