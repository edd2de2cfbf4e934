import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ScriptedSource } from "../../tests/support/scripted/scripted-source.ts";
import { createScriptedSource, people } from "../../tests/support/scripted/scripted-source.ts";
import { ClientError, ValidationError } from "../domain/errors.ts";
import type { CollectorOptions } from "./program-collector.ts";
import { ProgramCollector } from "./program-collector.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-collector-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const request = { source: "x-followers", targets: ["spring"], count: 25, list: "spring" };

/** As plain JavaScript may give them, with no types to stop it. */
const untyped = (json: string): { readonly targets: readonly string[] } => JSON.parse(json);
const unfit = (json: string): Partial<CollectorOptions> => JSON.parse(json);

function open(source: ScriptedSource): Promise<ProgramCollector> {
  return ProgramCollector.open({ folder, sources: [source] });
}

test("stops at a signal with what it has, and the same request goes on where it was", async () => {
  const stop = new AbortController();
  const rows = { spring: people(1, 60) };
  const turn = (ask: number): undefined => void (ask === 2 && stop.abort());
  const source = createScriptedSource({ rows, turn });
  await using collector = await open(source);
  const stopped = await collector.collect({ ...request, count: 40, signal: stop.signal });
  expect(stopped).toMatchObject({ end: "interrupted", delivered: 20, count: 40 });
  const ended = await collector.collect({ ...request, count: 40 });
  expect(ended).toMatchObject({ end: "targetReached", delivered: 40, statistics: { unique: 40 } });
  expect(source.asked).toHaveLength(4);
});

test("tells the same request again without asking, and collects as many others where that is wanted", async () => {
  const source = createScriptedSource({ rows: { spring: people(1, 60) } });
  await using collector = await open(source);
  await collector.collect(request);
  const { length } = source.asked;
  expect(await collector.collect(request)).toMatchObject({ delivered: 25 });
  expect(source.asked).toHaveLength(length);
  expect(await collector.collect({ ...request, again: 2 })).toMatchObject({ delivered: 25 });
  const ids = new Set<string>();
  for await (const { id } of (await collector.items("spring")) ?? []) ids.add(id);
  expect(ids.size).toBe(50);
});

test.each([
  [{ ...request, source: "other" }, "no source is called"],
  [{ ...request, targets: [" "] }, "is no target (empty)"],
  [{ ...request, count: 0 }, "whole number"],
  [{ ...request, perTarget: 5 }, "one of count and perTarget"],
  [{ ...request, list: "../up" }, "name"],
  [{ ...request, again: 3 }, "again is 1 at most"],
  [{ ...request, again: 0 }, "again: expected a whole number"],
  [{ ...request, maxCalls: 0 }, "maxCalls: expected a whole number"],
  [{ ...request, maxCalls: -1 }, "maxCalls: expected a whole number"],
  [{ ...request, ...untyped('{ "targets": [7] }') }, "targets: expected an array of texts"],
  [{ ...request, ...untyped('{ "targets": "spring" }') }, "targets: expected an array of texts"],
])("refuses %j in the caller's words", async (wrong, words) => {
  await using collector = await open(createScriptedSource({ rows: {} }));
  const refused = collector.collect(wrong);
  await expect(refused).rejects.toThrow(words);
  await expect(refused).rejects.toBeInstanceOf(ValidationError);
});

test("lets no second process into its folder", async () => {
  await using first = await open(createScriptedSource({ rows: {} }));
  expect(await first.items("nothing")).toBeUndefined();
  await expect(open(createScriptedSource({ rows: {} }))).rejects.toBeInstanceOf(ClientError);
});

test("asks and writes nothing once it is closed, or when the signal fired before it began", async () => {
  const source = createScriptedSource({ rows: { spring: people(1, 60) } });
  const collector = await open(source);
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(collector.collect({ ...request, signal })).rejects.toThrow("enough");
  await collector.close();
  await collector.close();
  await expect(collector.collect(request)).rejects.toThrow(ClientError);
  await expect(collector.items("spring")).rejects.toThrow("closed");
  expect(source.asked).toEqual([]);
  await using another = await open(source);
  expect(await another.items("spring")).toBeUndefined();
});

test.each([
  [unfit('{ "folder": 7 }'), "folder"],
  [unfit('{ "sources": {} }'), "sources"],
  [{ sources: [createScriptedSource({ rows: {} }), createScriptedSource({ rows: {} })] }, "one name"],
])("says which option it can't open with, and leaves the folder free: %j", async (wrong, words) => {
  const options = { folder, sources: [createScriptedSource({ rows: {} })] };
  const refused = ProgramCollector.open({ ...options, ...wrong });
  await expect(refused).rejects.toThrow(words);
  await expect(refused).rejects.toBeInstanceOf(ValidationError);
  await (await ProgramCollector.open(options)).close();
});
