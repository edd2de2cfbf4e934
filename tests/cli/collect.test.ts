/** `peyk collect` as a shell runs it, in front of strict stand-ins of the providers, killed over and over. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { openFakeBluesky } from "../support/fake-bluesky/fake-bluesky.ts";
import { openFakeTikTok } from "../support/fake-tiktok/fake-tiktok.ts";
import { isOnPostgres } from "../support/own-store.ts";
import type { LoopbackFault } from "../support/loopback-server.ts";
import { ENDINGS, exported, killedAt, Killer, untilItEnds } from "./killed-command.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;
beforeAll(async () => void (compiled = await compile("peyk-cli.ts")));

/** `npm run kill:collect` does it with every count and every kill of the requirement; it takes some minutes. */
const isLong = process.env["MODE"] === "long";
const short: readonly (readonly [count: number, kills: number])[] = [
  [1, 2],
  [250, 3],
];
const runs = isLong ? [1, 37, 100, 250, 1000, 1500].map((count) => [count, 10] as const) : short;

const KEY = "made-up-key";

/** What goes wrong on the way to a long list. */
const troubles: Readonly<Record<number, LoopbackFault>> = {
  4: { kind: "reply", status: 500, body: { error: "down" } },
  9: { kind: "reply", status: 429, body: {}, headers: { "retry-after": "1" } },
  15: { kind: "cut" },
  21: { kind: "reply", status: 502, body: "<html>bad gateway</html>" },
};

test.each(runs)(
  "delivers exactly %i although it is killed %i times",
  async (count, kills) => {
    const killer = new Killer(Array.from({ length: kills }, (_, index) => 1 + index * (count < 250 ? 1 : 3)));
    await using tiktok = await openFakeTikTok({
      key: KEY,
      searches: { coffee: { seed: 7, creators: 1600 } },
      faults(call) {
        killer.heard(call);
        return count >= 250 ? troubles[call.number] : undefined;
      },
    });
    const env = { TIKTOK_API_BASE_URL: tiktok.address, TIKTOK_API_KEY: KEY };
    await using place = await createPlace(compiled, everybodyAnswers, env);
    const words = ["collect", "tiktok", "coffee", "--count", String(count), "--json"];
    await untilItEnds(place, killer, words);
    const { length: calls } = tiktok.calls;
    for (const line of ENDINGS) await killedAt(place, line, words);
    const ended = await place.peyk(...words);
    expect(tiktok.calls.length).toBe(calls);
    expect(ended.code).toBe(0);
    expect(summaryOf(ended)).toMatchObject({
      delivered: count,
      end: "targetReached",
      exactCountTracking: {
        version: "2.0",
        targetCount: count,
        uniqueCreatorsFound: count,
        targetAchieved: true,
      },
    });
    const ids = await exported(place, "tiktok-coffee");
    const creators = new Set(tiktok.creators("coffee").map(({ uid }) => uid));
    expect(new Set(ids).size).toBe(count);
    expect(ids.length).toBe(count);
    expect(ids.every((id) => creators.has(id))).toBe(true);
    expect(killer.kills).toBe(kills);
    const wasted = tiktok.calls.length - tiktok.fewestCalls("coffee", count);
    expect(wasted).toBeLessThanOrEqual(kills + Object.keys(troubles).length);
  },
  120_000,
);

test.each(ENDINGS)(
  "killed as it says %s at its end, the same command asks nothing and collects nobody",
  async (line) => {
    await using tiktok = await openFakeTikTok({ key: KEY, searches: { coffee: { seed: 7, creators: 300 } } });
    const env = { TIKTOK_API_BASE_URL: tiktok.address, TIKTOK_API_KEY: KEY };
    await using place = await createPlace(compiled, everybodyAnswers, env);
    const words = ["collect", "tiktok", "coffee", "--count", "40", "--json"];
    await killedAt(place, line, words);
    const calls = tiktok.calls.length;
    expect(summaryOf(await place.peyk(...words))).toMatchObject({ begun: "toldAgain", delivered: 40 });
    expect(summaryOf(await place.peyk(...words))).toMatchObject({ begun: "toldAgain", delivered: 40 });
    expect(tiktok.calls.length).toBe(calls);
    expect(await exported(place, "tiktok-coffee")).toHaveLength(40);
    const again = await place.peyk(...words, "--again", "2");
    expect(summaryOf(again)).toMatchObject({ begun: "new", request: 2, delivered: 40 });
    expect(await exported(place, "tiktok-coffee")).toHaveLength(80);
  },
);

test("a suite that was killed goes on at the count where it was, the same count twice included", async () => {
  const killer = new Killer([4]);
  await using tiktok = await openFakeTikTok({
    key: KEY,
    searches: { coffee: { seed: 7, creators: 300 } },
    faults(call) {
      killer.heard(call);
      return undefined;
    },
  });
  const env = { TIKTOK_API_BASE_URL: tiktok.address, TIKTOK_API_KEY: KEY };
  await using place = await createPlace(compiled, everybodyAnswers, env);
  const words = ["collect", "tiktok", "coffee", "--suite", "30,30,40", "--json"];
  const ended = await untilItEnds(place, killer, words);
  expect(killer.kills).toBe(1);
  expect(summaryOf(ended)).toMatchObject({
    exactRuns: 3,
    runs: [{ begun: "toldAgain", request: 1 }, { request: 2 }, { request: 3 }],
  });
  expect(await exported(place, "tiktok-coffee")).toHaveLength(100);
  const calls = tiktok.calls.length;
  expect(summaryOf(await place.peyk(...words))).toMatchObject({ exactRuns: 3 });
  expect(tiktok.calls.length).toBe(calls);
});

test("tells a target that is not there with exit code 1, and how far it is while it runs", async () => {
  await using bluesky = await openFakeBluesky({ followers: { "ana.test": 250 } });
  await using place = await createPlace(compiled, everybodyAnswers, {
    BLUESKY_API_BASE_URL: bluesky.address,
  });
  const wrong = await place.peyk("collect", "bluesky-followers", "anna.test", "--count", "5");
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining("nothing to give there")]);
  const right = await place.peyk("collect", "bluesky-followers", "ana.test", "--count", "150", "--json");
  const told = objectsOf(right).filter(({ kind }) => kind === "progress");
  // A page that comes while the first is written down is told with it.
  const after = [
    { current: 100, progress: 66, apiCalls: 1, predictedCallsRemaining: 1 },
    { current: 150, progress: 100, apiCalls: 2, predictedCallsRemaining: 0 },
  ];
  for (const one of told) expect(after.map((known) => ({ ...one, ...known }))).toContainEqual(one);
  expect(told.at(-1)).toMatchObject({ ...after[1], target: 150, duplicatesFound: 0 });
  expect(objectsOf(right).at(-1)).toMatchObject({ kind: "summary", delivered: 150 });
});

test("says that an account was collected into another list under another name", async () => {
  await using bluesky = await openFakeBluesky({ followers: { "ana.test": 20, "bea.test": 20 } });
  await using place = await createPlace(compiled, everybodyAnswers, {
    BLUESKY_API_BASE_URL: bluesky.address,
  });
  const words = ["collect", "bluesky-followers"] as const;
  const first = await place.peyk(...words, "ana.test", "--count", "5", "--list", "ana");
  await place.peyk(...words, "bea.test", "--count", "5", "--list", "bea");
  const second = await place.peyk(...words, bluesky.didOf("ana.test"), "--count", "5");
  expect(first.out).not.toContain("also in");
  expect(second.out).toContain(`${bluesky.didOf("ana.test")} is also in ana, under whatever name`);
});

test("says that the source ran dry, and exits well", async () => {
  await using tiktok = await openFakeTikTok({ key: KEY, searches: { tea: { seed: 3, creators: 40 } } });
  const env = { TIKTOK_API_BASE_URL: tiktok.address, TIKTOK_API_KEY: KEY };
  await using place = await createPlace(compiled, everybodyAnswers, env);
  const ended = await place.peyk("collect", "tiktok", "tea", "--count", "100");
  expect(ended.code).toBe(0);
  expect(ended.out).toContain("tiktok-tea: 40 different people of 100. The source has no more.");
});

test("looks after lists: status, reset, export, figures; and the doctor finds them well", async () => {
  await using tiktok = await openFakeTikTok({ key: KEY, searches: { coffee: { seed: 9, creators: 90 } } });
  const env = { TIKTOK_API_BASE_URL: tiktok.address, TIKTOK_API_KEY: KEY };
  await using place = await createPlace(compiled, everybodyAnswers, env);
  const suite = await place.peyk(
    "collect",
    "tiktok",
    "coffee",
    "--suite",
    "5,30",
    "--list",
    "Cafe",
    "--json",
  );
  expect(summaryOf(suite)).toMatchObject({
    exactRuns: 2,
    wantedRuns: 2,
    runs: [{ delivered: 5 }, { delivered: 30 }],
  });
  const status = await place.peyk("leads", "status", "cafe", "--json");
  expect(summaryOf(status)).toMatchObject({
    delivered: 35,
    targets: [{ key: "tiktok_coffee", type: "tiktok", completed: false }],
    exactCountTracking: { targetCount: 30 },
  });
  expect((await place.peyk("leads", "reset", "cafe", "--target", "tiktok_tea")).code).toBe(1);
  expect((await place.peyk("leads", "reset", "cafe")).code).toBe(0);
  const trial = await place.peyk(
    "collect",
    "tiktok",
    "coffee",
    "--count",
    "2000",
    "--list",
    "cafe",
    "--test",
    "--json",
  );
  expect(trial.code).toBe(0);
  expect(summaryOf(trial)).toMatchObject({ end: "callLimit", apiCalls: 5 });
  const ids = await exported(place, "cafe");
  expect(new Set(ids).size).toBe(ids.length);
  expect((await place.peyk("leads")).out).toMatch(/^cafe: \d+ people, 0 of 1 targets completed\n$/);
  const kpis = await place.peyk("leads", "kpis", "--json");
  expect(summaryOf(kpis)).toMatchObject({
    totalJobsProcessed: 3,
    exactCountAchieved: 2,
    accuracyRate: 66.7,
    topKeywords: [{ keyword: "coffee", jobs: 3 }],
  });
  const doctor = await place.peyk("doctor");
  expect(doctor.out).toMatch(/Every (?:file|row) can be read\./);
  // The tests' PostgreSQL need not outlive a power cut, and the doctor says so.
  const wrong = doctor.out.split("\n").filter((line) => line.startsWith("WRONG"));
  expect(wrong).toEqual(isOnPostgres() ? [expect.stringContaining("fsync")] : []);
  expect(doctor.code).toBe(isOnPostgres() ? 1 : 0);
});

test("stops without credits, keeps its place, and goes on when they are paid", async () => {
  await using tiktok = await openFakeTikTok({
    key: KEY,
    credits: 2,
    searches: { coffee: { seed: 5, creators: 300 } },
  });
  const env = { TIKTOK_API_BASE_URL: tiktok.address, TIKTOK_API_KEY: KEY };
  await using place = await createPlace(compiled, everybodyAnswers, env);
  const words = ["collect", "tiktok", "coffee", "--count", "60", "--json"];
  const stopped = await place.peyk(...words);
  expect(stopped.code).toBe(3);
  expect(summaryOf(stopped)).toMatchObject({ end: "creditsGone" });
  tiktok.addCredits(100);
  const ended = await place.peyk(...words);
  expect(summaryOf(ended)).toMatchObject({ delivered: 60, end: "targetReached" });
  expect(tiktok.pagesAsked("coffee").filter((cursor) => cursor === 0)).toHaveLength(1);
});

test("collects three accounts' followers in turn, every person once, each at its page after every kill", async () => {
  const stars = ["ana.test", "bea.test", "cem.test"];
  const [each, kills] = isLong ? [5000, 20] : [500, 2];
  const killer = new Killer(Array.from({ length: kills }, (_, index) => 5 + 7 * index));
  await using bluesky = await openFakeBluesky({
    followers: Object.fromEntries(stars.map((star) => [star, each])),
    faults(call) {
      killer.heard(call);
      return undefined;
    },
  });
  await using place = await createPlace(compiled, everybodyAnswers, {
    BLUESKY_API_BASE_URL: bluesky.address,
  });
  const words = [
    "collect",
    "bluesky-followers",
    ...stars,
    "--count",
    String(4 * each),
    "--list",
    "stars",
    "--json",
  ];
  const ended = await untilItEnds(place, killer, words);
  expect(killer.kills).toBe(kills);
  const everybody = new Set(stars.flatMap((star) => bluesky.followersOf(star)));
  const ids = await exported(place, "stars");
  expect(ids.length).toBe(everybody.size);
  expect(new Set(ids)).toEqual(everybody);
  expect(summaryOf(ended)).toMatchObject({ delivered: everybody.size, end: "sourceExhausted" });
  const pages = bluesky
    .pagesAsked("app.bsky.graph.getFollowers")
    .map(({ query }) => `${query["actor"]} ${query["cursor"]}`);
  expect(pages.length - new Set(pages).size).toBeLessThanOrEqual(kills);
});

test("tracks the exact count in a file beside the list and beside the export, and writes exports to the terminal", async () => {
  await using place = await createPlace(compiled);
  await place.peyk("collect", "simulator", "coffee", "--count", "40");
  await place.peyk("leads", "export", "simulator-coffee", "--out", "people.csv");
  const besideExport = await readFile(join(place.folder, "people.exactCountTracking.json"), "utf8");
  const tracking: unknown = JSON.parse(besideExport);
  expect(tracking).toMatchObject({
    exactCountTracking: {
      version: "2.0",
      targetCount: 40,
      uniqueCreatorsFound: 40,
      targetAchieved: true,
      endReason: "targetReached",
      apiCallDetails: [{ call: 1, target: "simulator_coffee" }, { call: 2 }],
    },
  });
  const besideList = join(place.dataDir, "leads", "simulator-coffee", "exact_count_tracking.json");
  if (!isOnPostgres()) expect(JSON.parse(await readFile(besideList, "utf8"))).toEqual(tracking);
  const printed = await place.peyk("leads", "export", "simulator-coffee", "--out", "-");
  expect(printed.out).toBe(await readFile(join(place.folder, "people.csv"), "utf8"));
  const both = await place.peyk("leads", "export", "simulator-coffee", "--out", "-", "--json");
  expect([both.code, both.err]).toEqual([1, expect.stringContaining("--json")]);
});

test("pours a spreadsheet into a pipe byte by byte", async () => {
  await using place = await createPlace(compiled);
  await place.peyk("collect", "simulator", "coffee", "--count", "40");
  const words = ["leads", "export", "simulator-coffee", "--format", "xlsx", "--out"];
  await place.peyk(...words, "people.xlsx");
  const { child, ended } = place.start(...words, "-");
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  await ended;
  expect(Buffer.concat(chunks).equals(await readFile(join(place.folder, "people.xlsx")))).toBe(true);
});
