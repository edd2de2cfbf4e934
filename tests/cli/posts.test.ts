/** `peyk collect x-posts` as a shell runs it, in front of a strict X, killed over and over. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import type { FakeXOptions } from "../support/fake-x/options.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { ENDINGS, exported, killedAt, Killer, untilItEnds } from "./killed-command.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers, objectsOf, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;
beforeAll(async () => void (compiled = await compile("peyk-cli.ts")));

/** `npm run kill:collect` kills as often as the requirement says. */
const kills = process.env["MODE"] === "long" ? 10 : 3;

let x: FakeX;
let place: Place;
let killer: Killer;

async function open(options: Partial<FakeXOptions> = {}): Promise<void> {
  x = await openFakeX({ accounts: [{ name: "peyk_one" }], ...options });
  const { address, accountKeys } = x;
  place = await createPlace(compiled, everybodyAnswers, {
    X_API_BASE_URL: address,
    X_ACCOUNTS_FILE: "x.json",
    POSTS_PER_HASHTAG: "40",
  });
  await place.write("x.json", JSON.stringify(accountKeys), 0o600);
}

/** Who writes about coffee and tea: a few often, and some about both at once. */
function everybodyWrites(posts: number): void {
  for (let number = 0; number < posts; number += 1) {
    x.post(`fan_${number % 90}`, `A word on #Coffee, number ${number}`);
    x.post(`fan_${number % 70}`, number % 9 === 0 ? `#tea and #coffee, ${number}` : `#tea, number ${number}`);
    if (number % 5 === 0) x.post("somebody", `RT @fan_1: A word on #Coffee, number ${number}`);
  }
}

beforeEach(() => {
  killer = new Killer([]);
});
afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await x[Symbol.asyncDispose]();
});

const moods = ["again", undefined, "short", "empty", undefined, "again", "empty", "short"] as const;

test(`gives 500 different posts of each of two hashtags although it is killed ${kills} times`, async () => {
  killer = new Killer(Array.from({ length: kills }, (_, index) => 2 + 2 * index));
  await open({
    searchMood: (search) => moods[search % moods.length],
    windows: { search: { count: 7, windowMs: 1500 } },
    faults(call) {
      killer.heard(call);
      return call.number === 5 ? { kind: "answer", refusal: "edge" } : undefined;
    },
  });
  everybodyWrites(800);
  const words = [
    "collect",
    "x-posts",
    "#coffee",
    "#tea",
    "--per-target",
    "500",
    "--list",
    "drinks",
    "--json",
  ];
  await untilItEnds(place, killer, words);
  expect(killer.kills).toBe(kills);
  const { length: calls } = x.calls;
  for (const line of ENDINGS) await killedAt(place, line, words);
  const ended = await place.peyk(...words);
  expect(x.calls.length).toBe(calls);
  expect([ended.code, summaryOf(ended)]).toMatchObject([
    0,
    { begun: "toldAgain", delivered: 1000, end: "targetReached" },
  ]);
  const posts = await rowsOf("drinks");
  expect(new Set(posts.map(({ id }) => id)).size).toBe(1000);
  for (const tag of ["coffee", "tea"]) {
    const found = posts.filter(({ target }) => target === `x_posts_#${tag}`);
    expect(found).toHaveLength(500);
    expect(found.every(({ post }) => post.toLowerCase().includes(`#${tag}`))).toBe(true);
  }
  expect(posts.some(({ post }) => post.startsWith("RT @"))).toBe(false);
  expect(x.throttled().length).toBeGreaterThan(0);
  expect(x.overruns()).toEqual([]);
});

interface Row {
  readonly id: string;
  readonly target: string;
  readonly post: string;
  readonly author_id: string;
}

async function rowsOf(list: string): Promise<readonly Row[]> {
  await place.peyk("leads", "export", list, "--format", "jsonl", "--out", "posts.jsonl");
  const lines = (await readFile(join(place.folder, "posts.jsonl"), "utf8")).trimEnd().split("\n");
  return lines.map((line): Row => JSON.parse(line));
}

test("collects as many of each hashtag as the settings say, says the price, and counts what came twice", async () => {
  await open({ searchMood: (search) => (search === 2 ? "again" : undefined) });
  everybodyWrites(100);
  const dry = await place.peyk("collect", "x-posts", "#coffee", "#tea", "--dry-run");
  expect(dry.out).toContain("at least 2 calls and $0.40 to $1.20 by the prices of 2026-08-22");
  expect(x.calls).toEqual([]);
  const ended = await place.peyk("collect", "x-posts", "#coffee", "#tea", "--list", "drinks", "--json");
  expect(
    objectsOf(ended)
      .filter(({ kind }) => kind === "progress")
      .at(-1),
  ).toMatchObject({
    current: 80,
    target: 80,
    progress: 100,
  });
  const summary = summaryOf(ended);
  expect(summary).toMatchObject({ count: 80, delivered: 80, end: "targetReached" });
  expect(summary["statistics"]).toEqual({
    unique: 80,
    duplicatesSkipped: summary["duplicates"],
    deduplicationRate: summary["deduplicationRate"],
  });
  expect(Number(summary["duplicates"])).toBeGreaterThan(0);
  expect(x.spent()).toBeLessThanOrEqual(5 * Number(summary["apiCalls"]) * 40);
  const status = await place.peyk("leads", "status", "drinks");
  expect(status.out).toContain("drinks: 80 posts delivered");
});

test("stops at so many calls, keeps what it has, and says a hashtag that is none", async () => {
  await open();
  everybodyWrites(300);
  const capped = await place.peyk(
    "collect",
    "x-posts",
    "#coffee",
    "--per-target",
    "500",
    "--max-calls",
    "2",
    "--list",
    "few",
    "--json",
  );
  expect(summaryOf(capped)).toMatchObject({ end: "callLimit", delivered: 200, apiCalls: 2 });
  expect(await exported(place, "few")).toHaveLength(200);
  const wrong = await place.peyk("collect", "x-posts", "#2024", "--count", "5");
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("neither a hashtag nor a keyword")]);
  const both = await place.peyk("collect", "x-followers", "fan_1", "--count", "5", "--list", "few");
  expect([both.code, both.err]).toEqual([1, expect.stringContaining("people or posts")]);
});

test("pauses when the credits are used up, keeps what was paid for, and goes on when there are more", async () => {
  await open({ credits: 1000 });
  everybodyWrites(300);
  const words = ["collect", "x-posts", "#coffee", "--per-target", "250", "--list", "paid", "--json"];
  const stopped = await place.peyk(...words);
  expect([stopped.code, summaryOf(stopped)]).toMatchObject([3, { end: "creditsGone", delivered: 200 }]);
  x.addCredits(5000);
  expect(summaryOf(await place.peyk(...words))).toMatchObject({ end: "targetReached", delivered: 250 });
  expect(x.spent()).toBe(250 * 5);
});
