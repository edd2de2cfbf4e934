import { expect, test } from "vitest";
import { systemClock } from "../lib/clock.ts";
import type { ProgramParts } from "./program-parts.ts";
import { runProgram } from "./program.ts";
import { plainWords } from "../../tests/support/plain-words.ts";

const neverOpened = (): never => {
  throw new Error("this command opens nothing");
};

async function typed(...words: string[]) {
  return typedWith(words, { look: neverOpened });
}

async function typedWith(words: readonly string[], some: Pick<ProgramParts, "look">) {
  let [out, err] = ["", ""];
  const exitCode = await runProgram([...words], {
    clock: systemClock,
    words: plainWords,
    out: { write: (text) => void (out += text) },
    err: { write: (text) => void (err += text) },
    interrupted: new AbortController().signal,
    open: neverOpened,
    decide: neverOpened,
    change: neverOpened,
    amend: neverOpened,
    perform: neverOpened,
    plan: neverOpened,
    examine: neverOpened,
    erasuresWaiting: neverOpened,
    takingOut: { begun: neverOpened, ended: neverOpened },
    syncSql: async () => "",
    backup: neverOpened,
    restore: neverOpened,
    move: neverOpened,
    savedTexts: () => Promise.resolve([]),
    openSync: neverOpened,
    serve: neverOpened,
    ...some,
  });
  return { exitCode, out, err };
}

test("a machine is told in a summary that its command could not be made out", async () => {
  const { exitCode, out } = await typed(
    "send",
    "--list",
    "l.txt",
    "--channel",
    "x",
    "--concurrency",
    "0",
    "--json",
  );
  expect(exitCode).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ kind: "summary", command: "send", ok: false, exitCode: 1 });
});

test("help that was asked for is no failure and no summary", async () => {
  const { exitCode, out } = await typed("send", "--help", "--json");
  expect(exitCode).toBe(0);
  expect(out).not.toContain("summary");
});

test.each([
  "ENOSPC: no space left on device, write",
  "data/x.jsonl can't be written: EDQUOT: quota exceeded",
])("a command that meets a full disk says so in a sentence (%s)", async (message) => {
  const look = (): never => {
    throw new Error(message);
  };
  const { exitCode, out, err } = await typedWith(["status", "--json"], { look });
  expect(exitCode).toBe(1);
  expect(err).toContain(plainWords.plain("command-disk-full"));
  expect(JSON.parse(out)).toMatchObject({ ok: false, problem: plainWords.plain("command-disk-full") });
});
