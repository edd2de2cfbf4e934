/** What a list leaves open is asked by buttons, in both languages, with lists that are read for real. */
import type { Message } from "grammy/types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SentenceVariables } from "../../src/words/words.ts";
import type { ListImports } from "../support/lists/list-imports.ts";
import { openListImports } from "../support/lists/list-imports.ts";
import { xlsxOf } from "../support/lists/xlsx.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, arrived, labelsOf, textOf } from "./chat.ts";

const unclear = "name,nick\nAli,ali_r\nSara,sara_t\nMina,mina_k\n";

function buttonWith(message: Message, part: string): string {
  const found = labelsOf(message).find((one) => one.includes(part));
  if (found === undefined) throw new Error(`no button with ${part}: ${labelsOf(message).join(" | ")}`);
  return found;
}

/** A line of twenty cells, each made from its letter. */
function wide(cell: (letter: string) => string): string {
  return Array.from("abcdefghijklmnopqrst", cell).join(",");
}

describe.each(["en", "fa"] as const)("in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  let imports: ListImports;
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    bench.words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables));
  const firstLine = (id: string, variables: SentenceVariables = {}): string =>
    said(id, variables).split("\n")[0] ?? "";
  const counted = (valid: number): string =>
    said("report-counts", { valid, read: valid, duplicates: 0, invalid: 0 });

  beforeEach(async () => {
    bench = await openBench({ locale });
    imports = await openListImports(bench.kept.sent);
    bench.app.importList = imports.importList;
    bench.app.discardList = (listId) => imports.lists.discard(listId);
    chat = new Chat(bench);
    await chat.say("/new", firstLine("ask-name"));
    await chat.say("spring", firstLine("ask-recipients", { id: "spring" }));
  });
  afterEach(async () => {
    await imports[Symbol.asyncDispose]();
    await bench[Symbol.asyncDispose]();
  });

  test("asks for the column with the first rows as they were read, and follows the answer", async () => {
    const asked = await chat.sendFile("list.csv", unclear, firstLine("ask-list-column"));
    expect(textOf(asked).replaceAll(/[\u200E\u200F\u2068\u2069]/g, "")).toMatch(/nick\s+│ ali_r\s+│ sara_t/);
    const report = await chat.pressFor(buttonWith(asked, "nick"), counted(3));
    expect(textOf(report)).toContain(said("read-column", { column: "nick" }));
    expect(textOf(report)).toContain(
      said("read-names-all", { names: bench.words.codes(["ali_r", "sara_t", "mina_k"]) }),
    );
    expect(bench.logged).toEqual([]);
  });

  test("turns the pages of a wide table and takes a column of a later page", async () => {
    const rows = ["ali", "sara", "mina"].map((name) => wide((letter) => `${name}_x${letter}`));
    const content = [wide((letter) => `field ${letter}`), ...rows].join("\n");
    const first = await chat.sendFile("wide.csv", content, firstLine("ask-list-column"));
    expect(labelsOf(first)).not.toContain(label("button-page-before"));
    await chat.press(label("button-page-after"));
    await chat.finds("field i");
    await chat.press(label("button-page-after"));
    const last = await chat.finds("field t");
    expect(labelsOf(last)).not.toContain(label("button-page-after"));
    const header = await chat.pressFor(buttonWith(last, "field t"), firstLine("ask-list-headerRow"));
    const report = await chat.pressFor(labelsOf(header)[0] ?? "", counted(3));
    expect(textOf(report)).toContain(said("read-column", { column: "field t" }));
    expect(textOf(report)).toContain("mina_xt");
  });

  test("asks which sheet, and reads one or all of them", async () => {
    const two = xlsxOf([["username"], ["ali_1"]], [["username"], ["sara_2"], ["mina_3"]]);
    const asked = await chat.sendFile("two.xlsx", two, firstLine("ask-list-sheet"));
    expect(textOf(asked)).toContain("sara_2");
    const report = await chat.pressFor(label("button-all-sheets"), counted(3));
    await chat.pressFor(label("button-another-way"), said("ask-another-way"));
    const again = await chat.pressFor(label("button-way-sheet"), firstLine("ask-list-sheet"));
    await chat.pressFor(labelsOf(again)[0] ?? "", counted(1));
    expect(textOf(report)).toContain("mina_3");
    expect(imports.lists.kept.size).toBe(1);
  });

  test("reads a list another way when it was read wrongly, and lets go of the first reading", async () => {
    const content = "username,handle\nali_1,reza_9\nsara_2,nima_8\n";
    const asked = await chat.sendFile("list.csv", content, firstLine("ask-list-column"));
    await chat.pressFor(buttonWith(asked, "username"), counted(2));
    await chat.pressFor(label("button-another-way"), said("ask-another-way"));
    const again = await chat.pressFor(label("button-way-column"), firstLine("ask-list-column"));
    expect(textOf(again)).toContain(said("ask-column-notThere"));
    const report = await chat.pressFor(buttonWith(again, "handle"), counted(2));
    expect(textOf(report)).toContain("reza_9");
    await chat.pressFor(label("button-another-way"), said("ask-another-way"));
    const rows = await chat.pressFor(label("button-way-headerRow"), firstLine("ask-list-headerRow"));
    expect(labelsOf(rows)).toContain(label("button-no-header"));
    await chat.pressFor(label("button-back"), counted(2));
    expect([...imports.lists.kept.values()].map(({ rows: kept }) => kept[0]?.username)).toEqual(["reza_9"]);
  });

  test("asks for the letters with a sample under each, when they came out wrong", async () => {
    const content = Buffer.from("username,city\nali_1,Malm\u00f6\nsara_2,M\u00fcnchen\n", "latin1");
    const seen = await chat.sendFile("list.csv", content, "ali_1");
    if (!textOf(seen).includes(firstLine("ask-list-encoding"))) {
      await chat.pressFor(label("button-another-way"), said("ask-another-way"));
      await chat.pressFor(label("button-way-encoding"), firstLine("ask-list-encoding"));
    }
    const asked = await chat.finds("Malm\u00f6");
    await chat.pressFor(buttonWith(asked, "1252"), counted(2));
    expect([...imports.lists.kept.values()][0]?.rows[0]?.values).toEqual(["Malm\u00f6"]);
  });

  test("takes no text for an answer, and another file for another list", async () => {
    await chat.sendFile("list.csv", unclear, firstLine("ask-list-column"));
    await chat.say("nick", said("choose-by-button"));
    await chat.sendFile("names.txt", "@reza_1\n@nima_2\n", counted(2));
    expect(await uploads()).toHaveLength(1);
  });

  test("goes back to the question for a list, and leaves no file behind", async () => {
    await chat.sendFile("list.csv", unclear, firstLine("ask-list-column"));
    await chat.pressFor(label("button-back"), firstLine("ask-recipients", { id: "spring" }));
    await chat.sendFile("list.csv", unclear, firstLine("ask-list-column"));
    await chat.pressFor(label("button-cancel"), said("dialogue-cancelled"));
    expect(await uploads()).toEqual([]);
    expect(imports.lists.kept.size).toBe(0);
  });

  test("ends the reading when the dialogue is left meanwhile, and leaves no file behind", async () => {
    const signals: (AbortSignal | undefined)[] = [];
    bench.app.importList = (_, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("left")), { once: true });
      });
    };
    bench.world.sendDocument(OPERATOR, { name: "list.csv", bytes: new TextEncoder().encode(unclear) });
    while (signals.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await chat.say("/cancel", said("dialogue-cancelled"));
    expect(signals[0]?.aborted).toBe(true);
    while ((await uploads()).length > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(bench.logged).toEqual([]);
  });

  test("says that a file is gone when it is answered days later", async () => {
    const asked = await chat.sendFile("list.csv", unclear, firstLine("ask-list-column"));
    await bench.kept.ageUploads();
    await bench.restart();
    await chat.pressOn(asked, buttonWith(asked, "nick"));
    await chat.finds(said("problem-listGone"));
  });

  test("keeps a file that is asked about over a restart, and no other", async () => {
    const asked = await chat.sendFile("list.csv", unclear, firstLine("ask-list-column"));
    await bench.kept.putUpload("ali_1");
    await bench.restart();
    expect(await uploads()).toHaveLength(1);
    await chat.pressOn(asked, buttonWith(asked, "nick"));
    await chat.finds(counted(3));
    await chat.pressFor(label("button-continue"), firstLine("ask-message", { max: 1000 }));
    expect(await uploads()).toEqual([]);
  });

  const uploads = () => bench.kept.uploaded();
});
