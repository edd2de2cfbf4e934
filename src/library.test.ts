import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { everybodyAnswers } from "../tests/cli/peyk-command.ts";
import { deliveries } from "./channels/simulator/record.ts";
import type { CampaignSenderOptions } from "./library.ts";
import { CampaignSender, ClientError, NetworkError, ValidationError } from "./library.ts";

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-library-"));
  await people({});
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

function people(changes: object): Promise<void> {
  const value = { ...everybodyAnswers, ...changes };
  return writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value }));
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `name_${index}`);

function options(changes: Partial<CampaignSenderOptions> = {}): CampaignSenderOptions {
  const given = { accounts: ["alice", "bob"], usernames: names(6), message: "Hi {{username}}" };
  return { ...given, maxPerAccount: 50, taskId: "spring", dataDir, ...changes };
}

const delivered = () => deliveries(join(dataDir, "simulator-record.jsonl"));

test("sends to each name once, through the accounts named, and tells how it goes", async () => {
  const seen: number[] = [];
  const usernames = ["@Name_0", "NAME_0", "https://t.me/name_1", "not a name"];
  const sender = new CampaignSender(
    options({ usernames, onProgress: ({ imported }) => void seen.push(imported) }),
  );
  const result = await sender.sendAll();
  expect(result).toMatchObject({
    taskId: "spring",
    end: "finished",
    imported: 2,
    counts: { sent: 2 },
    problems: [],
  });
  expect(result.invalid).toEqual([{ text: "not a name", reason: "spaces" }]);
  expect(await delivered()).toEqual(new Map([["name_0", 1], ["name_1", 1]])); // prettier-ignore
  expect(seen.at(-1)).toBe(2);
});

test("the same id goes on with the same campaign, and a name that was added is sent to", async () => {
  await new CampaignSender(options()).sendAll();
  const result = await new CampaignSender(options({ usernames: names(8) })).sendAll();
  expect(result).toMatchObject({ end: "finished", imported: 8, counts: { sent: 8 } });
  expect([...(await delivered()).values()]).toEqual(Array.from({ length: 8 }, () => 1));
});

test("what went wrong has an error that says whether a message may have arrived", async () => {
  await people({
    shares: { ...everybodyAnswers.shares, notFound: 0.5, timeoutLost: 0.5 },
    timeoutMs: 0,
    readsBack: false,
  });
  const { problems, counts } = await new CampaignSender(options({ usernames: names(30) })).sendAll();
  expect(problems).toHaveLength(30);
  for (const { state, error } of problems) {
    expect(error).toBeInstanceOf(state === "notFound" ? ClientError : NetworkError);
    expect(error.mayHaveDelivered).toBe(state === "uncertain");
  }
  expect(counts.notFound + counts.uncertain).toBe(30);
});

test("cleanup removes the checkpoint of a finished campaign, once", async () => {
  const sender = new CampaignSender(options());
  await sender.sendAll();
  expect([await sender.cleanup(), await sender.cleanup()]).toEqual([true, false]);
});

test("cleanup refuses what was never sent", async () => {
  const { taskId: _, ...rest } = options();
  await expect(new CampaignSender(rest).cleanup()).rejects.toThrow("nothing was sent yet");
  await expect(new CampaignSender(options()).cleanup()).rejects.toThrow("does not exist");
});

test("disposing of a sender at work pauses its campaign, and the next one goes on", async () => {
  await people({ latencyMs: { min: 5, max: 10 } });
  const many = options({ usernames: names(200), maxPerAccount: 500, concurrency: 2 });
  let disposed: PromiseLike<void> | undefined;
  const sender: CampaignSender = new CampaignSender({
    ...many,
    onProgress: ({ counts }) => void (counts.sent > 2 && (disposed ??= sender[Symbol.asyncDispose]())),
  });
  const { end, counts } = await sender.sendAll();
  await disposed;
  expect(end).toBe("interrupted");
  expect(counts).toMatchObject({ claimed: 0, sent: (await delivered()).size });
  const rest = await new CampaignSender(many).sendAll();
  expect(rest).toMatchObject({ end: "finished", counts: { sent: 200 } });
  expect(new Set((await delivered()).values())).toEqual(new Set([1]));
});

test("a second sender on the same folder is told who has it", async () => {
  let refused: Promise<unknown> | undefined;
  const other = new CampaignSender(options({ taskId: "other" }));
  const onProgress = (): void => void (refused ??= other.sendAll().catch((error: unknown) => error));
  await new CampaignSender(options({ onProgress })).sendAll();
  expect(await refused).toBeInstanceOf(ClientError);
  expect(String(await refused)).toContain("Another Peyk");
});

const { accounts: _accounts, ...withoutAccounts } = options();
const wrong: readonly (readonly [string, unknown])[] = [
  ["accounts: expected an array", withoutAccounts],
  ["accounts: a name is given twice", { ...options(), accounts: ["a", "a"] }],
  ["usernames: expected an array", { ...options(), usernames: [7] }],
  ["message: is empty.", { ...options(), message: " " }],
  ["message: {{city}} stands for nothing here", { ...options(), message: "Hi {{city}}" }],
  ["maxPerAccount: 0 is not a whole number", { ...options(), maxPerAccount: 0 }],
  ['taskId: "a/b" is no task id', { ...options(), taskId: "a/b" }],
];

test.each(wrong)("says %s", (sentence, given) => {
  // @ts-expect-error programs in JavaScript give anything
  const create = (): CampaignSender => new CampaignSender(given);
  expect(create).toThrow(ValidationError);
  expect(create).toThrow(sentence);
});

test("refuses a channel and names that are none, in the caller's words", async () => {
  await expect(new CampaignSender(options({ channel: "pigeon" })).sendAll()).rejects.toThrow(
    "channel: pigeon is not set up here.",
  );
  await expect(new CampaignSender(options({ usernames: ["no name"] })).sendAll()).rejects.toThrow(
    "usernames: none of them is a username.",
  );
});

test("a setting that can't be right is named in a sentence", async () => {
  vi.stubEnv("MAX_PER_ACCOUNT", "many");
  try {
    await expect(new CampaignSender(options()).sendAll()).rejects.toThrow(/^MAX_PER_ACCOUNT.*[a-z]/);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("what was sent is mended and taken back, after telling of whom, and nobody is written to anew", async () => {
  const sender = new CampaignSender(options());
  await expect(sender.takeBack()).rejects.toThrow("there is no campaign spring");
  await sender.sendAll();
  const message = "Hello {{username}}";
  expect(await sender.mend({ message, dryRun: true })).toMatchObject({
    end: "planned",
    plan: { count: 6, optedOut: 0, now: { message: "Hi {{username}}" } },
    done: 0,
  });
  await expect(sender.mend({ message: "Hi {{city}}" })).rejects.toThrow("{{city}} stands for nothing here");
  expect(await sender.mend({ message })).toMatchObject({ end: "finished", done: 6, kept: 0, uncertain: 0 });
  expect(await sender.takeBack({ username: "@Name_2" })).toMatchObject({ end: "finished", done: 1 });
  expect(await sender.takeBack({ username: "name_2" })).toMatchObject({ end: "nobody", done: 0 });
  expect(await sender.takeBack({ revision: 1, dryRun: true })).toMatchObject({ plan: { count: 5 } });
  await expect(sender.takeBack({ revision: 0 })).rejects.toThrow("revision");
  expect([...(await delivered()).values()]).toEqual(Array.from({ length: 6 }, () => 1));
});
