/**
 * The lists of the corpus through what people use, a share of them each day: the reading process, the chat, and
 * `peyk send`. Whoever asks gets the same people, the same question or the same refusal.
 */
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Message } from "grammy/types";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { App } from "../../src/app/app.ts";
import type { ListProblem, ListReport } from "../../src/app/lists/list-report.ts";
import { openingProblem, readingProblem } from "../../src/app/lists/reading-problem.ts";
import type { ListReader } from "../../src/lists/list-reader.ts";
import { readerLimits } from "../../src/lists/reader/limits.ts";
import { createProcessReader } from "../../src/lists/reader/process-reader.ts";
import { openBench } from "../bot/bot-bench.ts";
import { Chat, OPERATOR, textOf } from "../bot/chat.ts";
import { createPlace, objectsOf, summaryOf } from "../cli/peyk-command.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { shareDay } from "../support/every-moment.ts";
import { openListImports } from "../support/lists/list-imports.ts";

const corpus = join(import.meta.dirname, "corpus");
const expectedSchema = z.record(
  z.string(),
  z.looseObject({ names: z.array(z.string()).optional(), stop: z.string().optional() }),
);

/** For each file the names that are shown, or what stopped it. */
type Outcomes = Record<string, readonly string[] | string>;

let files: readonly string[];
/** One for each way to stop, and some of the others, each day others: a process for each takes its time. */
let some: readonly string[];
/** More of them, for the chat. */
let many: readonly string[];
let expected: Outcomes;
let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
  const all = expectedSchema.parse(JSON.parse(await readFile(join(corpus, "expected.json"), "utf8")));
  files = Object.keys(all);
  expected = Object.fromEntries(
    Object.entries(all).map(([file, { names, stop }]) => [file, names ?? kindOfStop(stop ?? "")]),
  );
  const shareOf = (of: number): string[] =>
    files.filter((file, at) => (at + shareDay) % of === 0 || isFirstToStopSo(file));
  [some, many] = [shareOf(20), shareOf(3)];
});

function isFirstToStopSo(file: string): boolean {
  const outcome = expected[file];
  return typeof outcome === "string" && files.find((other) => expected[other] === outcome) === file;
}

/** What is asked, or why it is refused; the line is another test's. */
function kindOfStop(stop: string): string {
  return ["column", "sheet", "headerRow", "encoding"].includes(stop)
    ? `ask:${stop}`
    : stop.replace(/:.*$/, "");
}

function only(names: readonly string[], outcomes: Outcomes): Outcomes {
  return Object.fromEntries(Object.entries(outcomes).filter(([file]) => names.includes(file)));
}

function outcomeOf(result: ListReport | ListProblem): readonly string[] | string {
  if (result.kind === "report") return [...result.names.first, ...result.names.middle, ...result.names.last];
  return result.problem === "question" ? `ask:${result.question.ask}` : result.problem;
}

async function readApart(reader: ListReader, file: string): Promise<readonly string[] | string> {
  try {
    const opened = await reader.read({ kind: "file", path: join(corpus, file), name: file });
    if (!("batches" in opened)) return outcomeOf(openingProblem(opened));
    await using reading = opened;
    const names: string[] = [];
    let rows = 0;
    for await (const batch of reading.batches) {
      names.push(...batch.names.map(({ username }) => username));
      rows += batch.rejected.length;
    }
    return names.length > 0 ? names : rows > 0 ? "noUsableName" : "empty";
  } catch (error) {
    return outcomeOf(readingProblem(error));
  }
}

test("a process of its own reads every list as it should", async () => {
  const script = (await compile("lists/reader/reader-child.ts")).path;
  await using reader = createProcessReader({ script, limits: readerLimits });
  const outcomes = await Promise.all(
    some.map(async (file) => [file, await readApart(reader, file)] as const),
  );
  expect(Object.fromEntries(outcomes)).toEqual(only(some, expected));
});

test("the chat shows the same people, asks the same and refuses the same", async () => {
  await using bench = await openBench();
  await using imports = await openListImports();
  const seen: (ListReport | ListProblem)[] = [];
  const importList: App["importList"] = async (request) => {
    const result = await imports.importList(request);
    seen.push(result);
    return result;
  };
  bench.app.importList = importList;
  const chat = new Chat(bench);
  await chat.say("/new spring", "spring");
  const outcomes: Outcomes = {};
  const cancel = bench.words.plain("button-cancel");
  for (const file of many) {
    const before = bench.world.messages(OPERATOR).at(-1)?.message_id ?? 0;
    bench.world.sendDocument(OPERATOR, { name: file, bytes: await readFile(join(corpus, file)) });
    const answer = await bench.world.waitFor(
      OPERATOR,
      (one) => one.message_id > before && hasButton(one, cancel),
    );
    const outcome = outcomeOf(seen.at(-1) ?? { kind: "problem", problem: "empty" });
    outcomes[file] = outcome;
    if (typeof outcome !== "string") for (const name of outcome) expect(textOf(answer)).toContain(name);
  }
  expect(outcomes).toEqual(only(many, expected));
  expect(bench.logged).toEqual([]);
});

test("peyk send --dry-run --json reports the same people, asks the same and refuses the same", async () => {
  await using place = await createPlace(compiled);
  const outcomes: Outcomes = {};
  for (const file of some) {
    await copyFile(join(corpus, file), join(place.folder, file));
    const words = ["send", "--list", file, "--message", "Hi", "--channel", "simulator"];
    const ended = await place.peyk(...words, "--dry-run", "--json");
    const objects = objectsOf(ended);
    const list = objects.find(({ kind }) => kind === "list");
    const question = objects.find(({ kind }) => kind === "question");
    if (list) {
      const { first, middle, last } = shownNames.parse(list["names"]);
      outcomes[file] = [...first, ...middle, ...last];
      expect(ended.code).toBe(0);
    } else {
      expect(ended.code).toBe(1);
      expect(summaryOf(ended)).toMatchObject({ ok: false });
      outcomes[file] = question ? `ask:${String(question["ask"])}` : "refused";
    }
  }
  const asSaid = Object.entries(only(some, expected)).map(([file, one]) => [
    file,
    typeof one === "string" && !one.startsWith("ask:") ? "refused" : one,
  ]);
  expect(outcomes).toEqual(Object.fromEntries(asSaid));
});

function hasButton(message: Message, label: string): boolean {
  return (message.reply_markup?.inline_keyboard ?? []).flat().some(({ text }) => text === label);
}

const shownNames = z.object({
  first: z.array(z.string()),
  middle: z.array(z.string()),
  last: z.array(z.string()),
});
