/** One word a thing: what the code does not call things, so that whoever looks for one finds all of it. */
import { expect, test } from "vitest";
import { codeOf, sourceFiles } from "./source-files.ts";

/** Words of identifiers that another word stands for. */
const banned: Readonly<Record<string, string>> = {
  doubt: "uncertain",
  desk: "what it is about",
  keeper: "what it does",
  bearer: "token",
  patience: "wait",
  starved: "waits",
  fed: "what it got",
  surroundings: "parts",
};

/** Where a name is not ours to choose: it stands in files or in a protocol. */
const allowed: Readonly<Record<string, string>> = {
  leftInDoubt: "the journal has it",
  Bearer: "HTTP's own name of the scheme (RFC 6750)",
  bearer: "the same in OpenAPI",
};

/** What a file calls things: identifiers and closed sets, not sentences. */
function namesIn(file: string): string[] {
  const code = codeOf(file)
    .replaceAll(/"(\w+)"/g, " $1 ")
    .replaceAll(/"[^"\n]*"|`[^`$]*`/g, " ");
  return [...code.matchAll(/[A-Za-z_$][\w$]*/g), ...file.matchAll(/[A-Za-z]+/g)].map(([name]) => name);
}

function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
}

const isBanned = (name: string): boolean =>
  !(name in allowed) &&
  wordsOf(name).some((word) => word in banned || word.replace(/(s|ed|ful)$/, "") in banned);

test("nothing is called by a word that another one stands for", () => {
  const found = sourceFiles().flatMap((file) =>
    [...new Set(namesIn(file).filter(isBanned))].map((name) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});

test("a class is made of its parts, whatever they are", () => {
  const names = sourceFiles().flatMap((file) =>
    [...codeOf(file).matchAll(/constructor\((?:[^)]*?)\b(\w+(?:Options|Needs|Deps|Settings))\b/g)].map(
      ([, name = ""]) => name,
    ),
  );
  // What a program is asked for, under the name it has always had.
  expect(names.filter((name) => name !== "CampaignSenderOptions")).toEqual([]);
});

test("the rules find what they are for", () => {
  expect(["inDoubt", "Doubtful", "MOST_DOUBTS", "StatusKeeper", "patienceMs"].filter(isBanned)).toHaveLength(
    5,
  );
  expect(["leftInDoubt", "feed", "uncertain", "federated"].filter(isBanned)).toEqual([]);
});
