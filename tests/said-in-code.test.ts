/** Every sentence that a person reads stands in locales/: code holds none, wherever it lies. */
import { expect, test } from "vitest";
import type { SourceText } from "./support/source-texts.ts";
import { partOf, textsOf, textsOfCode } from "./support/source-texts.ts";

/** Two words with a blank between: a sentence or a piece of one, and no name, key, path or option. */
const SENTENCE = /(?:^|[\s"'(])[A-Za-z][a-z']+[,:;]? [a-z']+(?=$|[\s,.:;!?)"'])/;

/** Where English is the language by its nature, with why. */
const english: readonly (readonly [place: RegExp, why: string])[] = [
  [/^src\/domain\/reasons\/earlier-sentences\.ts$/, "what earlier versions wrote into journals"],
  [/^src\/domain\/(?:people|when)\//, "vocabulary: reserved names, stop words, moments as they are typed"],
  [/^src\/move\//, "SQL"],
  [/^src\/storage\/postgres\//, "SQL, and what the database said for the log"],
  [
    /^src\/(?:library|library\/.*|composition\/(?:program-collector|collect-options)|app\/campaigns\/campaign-id)(?:\.ts)?$/,
    "what programs read",
  ],
  [/^src\/web\/(?:metrics|web)\.ts$/, "what monitoring programs read"],
  [/^src\/lib\/pages\//, "what a server answers to whoever has no business there"],
  [/^src\/playground\/(?:api|world)\//, "what Telegram's own server answers"],
  [
    /^src\/web\/api\/(?:openapi|bodies|answers)\.ts$/,
    "the description of the interface, as programs read it",
  ],
  [/^src\/lib\/pages\/local-only\.ts$/, "what a page of another site is told, which nobody reads"],
  [/^src\/sources\/simulator\//, "posts that people of the simulation wrote"],
  [
    /^src\/(?:collector|sync|engine)\//,
    "lines of the log, and the names of steps that `syncToldLines` puts into words",
  ],
  [/^src\/words\/sync-told\.ts$/, "the same names"],
  [
    /^src\/channels\/(?:simulator\/config|telegram\/lane)\.ts$/,
    "the log, and the settings of the simulation",
  ],
  [/^src\/storage\/(?:files\/(?:ledger\/replay|lists\/line-blocks)|ports\/people)\.ts$/, "the log"],
  [/^src\/lib\/(?:log\/(?:append-log|mended-log)|files\/full-disk)\.ts$/, "the log"],
  [/^src\/composition\/(?:core|core-order|owner-requests)\.ts$/, "the log, and reasons of an abort"],
  [
    /^src\/bot\/(?:bot-life|calls\/outgoing-lane|progress\/lead-reporter)\.ts$/,
    "the log, and what Telegram answers",
  ],
];

/** An error's English beside its trouble, for logs and programs: `errorText` says the trouble. */
const besideTroubles =
  /^src\/(?:channels\/(?:x\/accounts|webhook\/gateway)-file|lib\/files\/(?:private-files|stored-document)|lib\/log\/log-lines|lists\/(?:row|list-reader)|storage\/(?:files\/(?:folder\/lease|people\/suppression-store)|ports\/documents\/campaign-schema))\.ts$/;

/** Data in two languages at once, what is typed at a terminal, and names of commands in JSON. */
const asItStands =
  /^(?:Sample list|in an hour|peyk (?:answers|cleanup|keep-answers|doctor|export|leads status|resolve|status|suppress list|audiences|tags|welcome|tokens|webhooks|roles|history) ?|command line|from a damaged line|(?:leads|suppress|audiences|tags|welcome|tokens|webhooks|roles) [a-z]+)$|^ {2}\$ /;

/** What is called with text for the log, or for an error that nobody foresaw: both are English, see `errorText`. */
const FOR_THE_LOG =
  /(?:^|\.|#)(?:log|logger|onProblem|onError|complain|refuse|fail|abort|problemOf)(?:\??\.\w+)?$/;

function isForPrograms({ around, sourceOf }: SourceText): boolean {
  return around.some((node) => {
    if (node.type === "ThrowStatement" || node.type === "TSLiteralType") return true;
    if (node.type !== "NewExpression" && node.type !== "CallExpression") return false;
    const called = partOf(node, "callee");
    const callee = called ? sourceOf(called) : "";
    return node.type === "NewExpression" ? callee.endsWith("Error") : FOR_THE_LOG.test(callee);
  });
}

function isSentence(one: SourceText): boolean {
  return SENTENCE.test(one.text) && !asItStands.test(one.text) && !isForPrograms(one);
}

function isElsewhere({ file }: SourceText): boolean {
  return !besideTroubles.test(file) && !english.some(([place]) => place.test(file));
}

test("no sentence in the code is for a person", () => {
  const sentences = textsOf("src").filter(isSentence);
  const forPeople = sentences.filter(isElsewhere).map(({ file, line, text }) => `${file}:${line} ${text}`);
  expect(forPeople).toEqual([]);
  const files = new Set(sentences.map(({ file }) => file));
  const idle = english.filter(([place]) => ![...files].some((file) => place.test(file)));
  expect(idle.map(([, why]) => why)).toEqual([]);
});

function found(code: string): number {
  return textsOfCode(code).filter(isSentence).length;
}

test("finds a sentence wherever it is said, and none in a log, an error, a name or an option", () => {
  expect(found('export const told = { text: "The list is empty." };')).toBe(1);
  expect(found("function say(count: number): string { return `${count} names were read`; }")).toBe(1);
  expect(found('output.say("no campaign is running");')).toBe(1);
  expect(found('log.error({ id }, "an update failed"); throw new RangeError("no such page");')).toBe(0);
  expect(found('const names = ["spring-news", "--dry-run", "collect-end-unclear", "data/lease.json"];')).toBe(
    0,
  );
});
