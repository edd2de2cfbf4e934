import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMemorySubscribers } from "../../tests/support/memory-subscribers.ts";
import { createScriptedChannel } from "../../tests/support/scripted/scripted-channel.ts";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import type { ChannelParts, ChannelSettings } from "./open-channels.ts";
import { openChannels } from "./open-channels.ts";
import { createFileBooks } from "./stores/files/file-books.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "peyk-channels-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

const none = () => Promise.resolve(undefined);
const broken = () => Promise.reject(new Error("its file can be read by others"));
const partsFor = (settings: Partial<ChannelSettings> = {}): ChannelParts => ({
  settings,
  clock: createVirtualClock(),
  log: { error: () => undefined },
  books: createFileBooks({ dataDir, beforeWrite: () => undefined, onProblem: () => undefined }),
  subscribers: createMemorySubscribers(),
  identities: { of: () => Promise.reject(new Error("no channel of these asks")) },
});

test("offers the simulator alone where nothing is set up", async () => {
  await using opened = await openChannels(partsFor());
  expect([...opened.channels.keys()]).toEqual(["simulator"]);
});

test("keeps the accounts the simulator was given for whoever goes on later", async () => {
  await (await openChannels(partsFor({ simulatorAccounts: ["alice"] })))[Symbol.asyncDispose]();
  await using again = await openChannels(partsFor({ simulatorAccounts: ["bob", "alice"] }));
  const accounts = await again.channels.get("simulator")?.accounts();
  expect(accounts?.map(({ name }) => name).slice(-2)).toEqual(["alice", "bob"]);
  expect(await readFile(join(dataDir, "simulator.json"), "utf8")).toContain("bob");
});

test("leaves out what is not set up, and closes what is open when one can't be opened", async () => {
  const closed: string[] = [];
  const channel = {
    ...createScriptedChannel(),
    [Symbol.asyncDispose]: () => Promise.resolve(void closed.push("scripted")),
  };
  await using opened = await openChannels(partsFor(), [none, () => Promise.resolve(channel)]);
  expect([...opened.channels.keys()]).toEqual(["scripted"]);
  await expect(openChannels(partsFor(), [() => Promise.resolve(channel), broken])).rejects.toThrow(
    "by others",
  );
  expect(closed).toEqual(["scripted"]);
});

test("a simulator.json that can't be understood keeps nothing from starting, and is kept and said", async () => {
  await writeFile(join(dataDir, "simulator.json"), '{"version":1,"value":{"accounts":7}}');
  const said: string[] = [];
  const onProblem = ({ message }: Error): void => void said.push(message);
  const books = createFileBooks({ dataDir, beforeWrite: () => undefined, onProblem });
  await using opened = await openChannels({ ...partsFor(), books });
  expect((await opened.channels.get("simulator")?.accounts())?.length).toBeGreaterThan(0);
  expect(said).toEqual([expect.stringMatching(/simulator\.json can't be used: .*kept as .*\.broken-1\./)]);
  expect(await readFile(join(dataDir, "simulator.json.broken-1"), "utf8")).toContain("7");
});
