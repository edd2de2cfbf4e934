/** A list given again with other values: what the preview shows is what is sent, and what was sent stays proven. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { textHashOf } from "../../src/channels/simulator/record.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import type { Place } from "./peyk-command.ts";
import { createPlace, everybodyAnswers, summaryOf } from "./peyk-command.ts";

let compiled: Compiled;

beforeAll(async () => {
  compiled = await compile("peyk-cli.ts");
});

const openPlace = (): Promise<Place> =>
  createPlace(compiled, { ...everybodyAnswers, accounts: [{ name: "one" }] });

function words(message: string, ...more: string[]): string[] {
  const fixed = "send --list people.csv --channel simulator --task-id spring --json".split(" ");
  return [...fixed, "--message", message, ...more];
}

async function received(place: Place): Promise<Record<string, string>> {
  const deliveries = await place.received();
  return Object.fromEntries(deliveries.map(({ username, textHash }) => [username, textHash]));
}

async function rows(place: Place): Promise<readonly Record<string, unknown>[]> {
  await place.peyk("export", "spring", "--format", "json", "--out", "r.json");
  return JSON.parse(await readFile(join(place.folder, "r.json"), "utf8"));
}

const before = "username,name\nali_1,Ali\nsara_2,Sarra\nreza_3,Reza\nnima_4,Nima\n";
const after = "username,name\nreza_3,Reza K.\nsara_2,Sara\nali_1,Aly\nnima_4,Nima\nmina_5,Mina\n";

test("whoever is still planned gets the corrected value, whoever has a message keeps the proof of it", async () => {
  await using place = await openPlace();
  await place.write("people.csv", before);
  await place.peyk(...words("Hi {{name}}", "--max-per-account", "1"));
  expect(await received(place)).toEqual({ ali_1: textHashOf("Hi Ali") });
  await place.write("people.csv", after);
  const shown = await place.peyk(...words("Hi {{name}}", "--dry-run"));
  expect(summaryOf(shown)).toMatchObject({
    plan: { toSend: 4, added: 1, corrected: 2 },
    previews: [
      { username: "sara_2", text: "Hi Sara" },
      { username: "reza_3", text: "Hi Reza K." },
      { username: "nima_4", text: "Hi Nima" },
    ],
  });
  const ended = await place.peyk(...words("Hi {{name}}", "--max-per-account", "9"));
  expect(summaryOf(ended)).toMatchObject({ status: "finished", imported: 5, counts: { sent: 5 } });
  expect(await received(place)).toEqual({
    ali_1: textHashOf("Hi Ali"),
    sara_2: textHashOf("Hi Sara"),
    reza_3: textHashOf("Hi Reza K."),
    nima_4: textHashOf("Hi Nima"),
    mina_5: textHashOf("Hi Mina"),
  });
});

test("a value that was blank or too long repairs its recipient", async () => {
  await using place = await openPlace();
  await place.write("people.csv", `username,text\nali_1,\nsara_2,${"x".repeat(5000)}\nreza_3,Hello\n`);
  const failed = await place.peyk(...words("{{text}}", "--max-per-account", "9"));
  expect(summaryOf(failed)).toMatchObject({ counts: { sent: 1, failed: 2 } });
  await place.write("people.csv", "username,text\nali_1,Salam\nsara_2,Short\nreza_3,Changed\n");
  const ended = await place.peyk(...words("{{text}}", "--max-per-account", "9"));
  expect(summaryOf(ended)).toMatchObject({ status: "finished", counts: { sent: 3, failed: 0 } });
  expect(await received(place)).toEqual({
    ali_1: textHashOf("Salam"),
    sara_2: textHashOf("Short"),
    reza_3: textHashOf("Hello"),
  });
});

test("columns that the list given again lacks keep their values, and a list without any changes none", async () => {
  await using place = await openPlace();
  const say = "{{name}} from {{city}}";
  await place.write("people.csv", "username,Name,city\nali_1,Ali,Rasht\nsara_2,Sara,Yazd\n");
  await place.peyk(...words(say, "--max-per-account", "1"));
  await place.write("people.csv", "username,name\nali_1,Ali\nsara_2,Sara B.\n");
  const shown = await place.peyk(...words(say, "--dry-run"));
  expect(summaryOf(shown)).toMatchObject({ previews: [{ username: "sara_2", text: "Sara B. from Yazd" }] });
  await place.peyk(...words(say, "--max-per-account", "1"));
  await place.write("people.csv", "sara_2\nali_1\n");
  await place.peyk(...words(say, "--max-per-account", "9"));
  expect(await received(place)).toEqual({
    ali_1: textHashOf("Ali from Rasht"),
    sara_2: textHashOf("Sara B. from Yazd"),
  });
  expect(await rows(place)).toHaveLength(2);
});

test("new names without a column that the text needs are refused before anything changes", async () => {
  await using place = await openPlace();
  await place.write("people.csv", before);
  await place.peyk(...words("Hi {{name}}", "--max-per-account", "1"));
  await place.write("people.csv", "username\nali_1\nmina_5\n");
  const refused = await place.peyk(...words("Hi {{name}}", "--max-per-account", "9"));
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("{{name}}");
  expect(Object.keys(await received(place))).toEqual(["ali_1"]);
});

test("kills on the way: nobody twice, and whoever is reached after the correction has the new value", async () => {
  await using place = await createPlace(compiled, {
    ...everybodyAnswers,
    accounts: [{ name: "one" }],
    latencyMs: { min: 10, max: 20 },
    honoursDedupKey: false,
  });
  const names = Array.from({ length: 80 }, (_, index) => `name_${index}`);
  const list = (value: string): string =>
    ["username,name", ...names.map((name) => `${name},${value} ${name}`)].join("\n");
  const sending = words("Hi {{name}}", "--max-per-account", "500", "--concurrency", "2");
  let withFirst = 0;
  for (const value of ["First", "Second"]) {
    await place.write("people.csv", list(value));
    const killed = place.start(...sending);
    await killed.line('"state":"sent"', 15);
    killed.child.kill("SIGKILL");
    await killed.ended;
    if (value === "First") withFirst = (await place.delivered()).length;
  }
  expect((await place.peyk(...sending)).code).toBe(0);
  const delivered = await place.received();
  expect(delivered.map(({ username }) => username).toSorted()).toEqual(names.toSorted());
  for (const [index, { username, textHash }] of delivered.entries())
    expect(textHash).toBe(textHashOf(`Hi ${index < withFirst ? "First" : "Second"} ${username}`));
});
