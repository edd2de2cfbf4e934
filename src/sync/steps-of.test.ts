import { expect, test } from "vitest";
import type { Entry } from "../domain/journal.ts";
import type { Feed } from "../storage/ports/sync.ts";
import { stepsOf } from "./steps-of.ts";

const journal: Feed = { key: "j", kind: "journal", campaignId: "c" };
const from = { cursor: "there", lines: 10 };

function steps(...entries: Entry[]) {
  return stepsOf(journal, { kind: "journal", entries }, from);
}

test("several lines about one person become one change, with the number of the last", () => {
  expect(
    steps(
      { t: "claim", r: 4, a: "one", n: 1, at: 1 },
      { t: "planned", r: 4, due: 9, free: true, why: "tooFast", at: 2 },
      { t: "claim", r: 5, a: "one", n: 1, at: 3 },
      { t: "claim", r: 4, a: "two", n: 1, at: 4 },
      { t: "sent", r: 4, id: "m", at: 5 },
    ),
  ).toEqual([
    {
      kind: "outcomes",
      campaignId: "c",
      outcomes: [
        { ordinal: 4, state: "sent", account: "two", claims: 2, at: 5, messageId: "m", line: 15 },
        { ordinal: 5, state: "claimed", account: "one", claims: 1, at: 3, line: 13 },
      ],
    },
  ]);
});

test("what is said of everybody keeps its place among what is said of single ones", () => {
  const kinds = steps(
    { t: "skipped", r: 1, reason: "optedOut", at: 1 },
    { t: "retryAll", at: 2 },
    { t: "checkpoint", names: 1, crc: 1, at: 3 },
    { t: "cancelAll", at: 4 },
    { t: "skipped", r: 1, reason: "optedOut", at: 5 },
  ).map(({ kind }) => kind);
  expect(kinds).toEqual(["outcomes", "retryAll", "cancelAll", "outcomes"]);
});

test("of two endings of one uncertainty the first one travels, also when the first came with earlier lines", () => {
  const left: Entry = { t: "skipped", r: 4, reason: "leftInDoubt", at: 3 };
  const sent: Entry = { t: "sent", r: 4, id: "m", at: 2 };
  const claimed: Entry[] = [
    { t: "claim", r: 4, a: "one", n: 1, at: 1 },
    { t: "uncertain", r: 4, why: "connectionBroke", at: 1 },
  ];
  expect(steps(...claimed, sent, left)).toMatchObject([{ outcomes: [{ state: "sent", line: 13 }] }]);
  expect(steps(...claimed, left, sent)).toMatchObject([{ outcomes: [{ state: "skipped", line: 13 }] }]);
  expect(steps(left)).toMatchObject([{ outcomes: [{ state: "skipped", ends: ["planned", "uncertain"] }] }]);
  expect(steps(sent)).toMatchObject([{ outcomes: [{ state: "sent", ends: ["claimed", "uncertain"] }] }]);
});

test("a checkpoint alone changes nothing", () => {
  expect(steps({ t: "checkpoint", names: 1, crc: 1, at: 3 })).toEqual([]);
});

test("the last change about a name on the do-not-send list is the one that travels", () => {
  const feed: Feed = { key: "suppressions", kind: "suppressions" };
  const changes = [
    { t: "add", username: "ali", reason: "blocked", at: 1 },
    { t: "remove", username: "ali", at: 2 },
    { t: "remove", username: "sara", at: 3 },
    { t: "add", username: "sara", reason: "optedOut", note: "by mail", at: 4 },
  ] as const;
  expect(stepsOf(feed, { kind: "suppressions", changes }, from)).toEqual([
    {
      kind: "suppressions",
      removed: ["ali"],
      added: [{ username: "sara", reason: "optedOut", note: "by mail", at: 4 }],
    },
  ]);
});

test("recipients are placed by where their lines stand in the file", () => {
  const feed: Feed = {
    key: "l",
    kind: "recipients",
    campaignId: "c",
    file: "l",
    firstOrdinal: 100,
    journalKey: "j",
  };
  expect(stepsOf(feed, { kind: "recipients", usernames: ["ali"] }, from)).toEqual([
    { kind: "recipients", campaignId: "c", firstOrdinal: 110, usernames: ["ali"] },
  ]);
});
