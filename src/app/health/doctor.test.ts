import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { createDayOf } from "../../domain/accounts/calendar-day.ts";
import { plainWords } from "../../../tests/support/plain-words.ts";
import type { CheckedAccount } from "./check-accounts.ts";
import { joined, joinedNames } from "../../words/joined.ts";
import { momentText } from "../../words/moment-text.ts";
import { errorText, troubleText } from "../../words/trouble-text.ts";
import { examine } from "./doctor.ts";

const nothing = {
  files: async function* () {},
  campaigns: async function* () {},
  history: () => Promise.resolve({ kind: "whole", count: 0, seal: "" } as const),
  lease: () => Promise.resolve(undefined),
};

async function findingsFor(accounts: () => Promise<readonly CheckedAccount[]>) {
  const { findings, isWell } = await examine({
    configProblems: [],
    archive: nothing,
    clock: createVirtualClock(),
    dayOf: createDayOf("UTC"),
    accounts,
    words: {
      say: (id, variables) => plainWords.plain(id, variables),
      reason: (why) => plainWords.reason(why),
      limit: (name) => plainWords.plain(`limit-${name}`),
      moment: (at) => momentText(at, plainWords),
      clauses: (texts) => joined(texts, plainWords, "; "),
      names: (names) => joinedNames(names, plainWords),
      error: (error) => errorText(error, plainWords),
      trouble: (trouble) => troubleText(trouble, plainWords),
    },
  });
  const about = findings.filter(({ check }) => check === "accounts");
  return { isWell, lines: about.map(({ level, text }) => `${level} ${text}`) };
}

test("says a line for each account whose platform can be asked, and what is left of its limits", async () => {
  const resetsAt = Date.UTC(2026, 0, 1, 1);
  const limits = [{ name: "messages15Min" as const, count: 15, left: 12, resetsAt }];
  const { isWell, lines } = await findingsFor(async () => [
    { channel: "simulator", account: "sim-1" },
    { channel: "x", account: "news", check: { kind: "well", username: "peyk_news", limits } },
    { channel: "x", account: "tired", check: { kind: "trouble", trouble: "resting", why: "tooFast" } },
    { channel: "x", account: "far", check: { kind: "unknown", why: "xUnreachable" } },
  ]);
  expect(lines).toEqual([
    "ok x news: @peyk_news is well; 12 of 15 messages in 15 minutes left until 2026-01-01 01:00",
    "note x tired: too many messages in a short time",
    "note x far could not be asked: X can't be reached",
  ]);
  expect(isWell).toBe(true);
});

test("calls it wrong when an account is locked or logged out, or a channel is set up wrongly", async () => {
  const locked = await findingsFor(async () => [
    { channel: "x", account: "news", check: { kind: "trouble", trouble: "locked", why: "xAccountLocked" } },
  ]);
  expect(locked).toEqual({
    isWell: false,
    lines: ["wrong x news: X has locked this account until somebody unlocks it on x.com"],
  });
  const broken = await findingsFor(() => Promise.reject(new Error("x-accounts.json can be read by others")));
  expect(broken).toEqual({ isWell: false, lines: ["wrong x-accounts.json can be read by others"] });
});

const unanswered = (isRefused: boolean) => [
  { about: "messages" as const, why: "xRefusedQuestion" as const, isRefused },
];

test("tells of every question that was refused, and does not call it wrong when it only has to wait", async () => {
  const well = { kind: "well" as const, username: "peyk_news", limits: [] };
  const { isWell, lines } = await findingsFor(async () => [
    { channel: "x", account: "news", check: { ...well, unanswered: unanswered(false) } },
    { channel: "x", account: "deaf", check: { ...well, unanswered: unanswered(true) } },
    {
      channel: "x",
      account: "odd",
      check: { kind: "unknown", why: "xRefusedQuestion", isRefused: true },
    },
  ]);
  const unread = "its messages can't be read, stop words neither: X refused the question";
  expect(lines).toEqual([
    `note x news: @peyk_news is well; ${unread}`,
    `wrong x deaf: @peyk_news is known; ${unread}`,
    "wrong x odd could not be asked: X refused the question",
  ]);
  expect(isWell).toBe(false);
});
