import { expect, test } from "vitest";
import { systemClock } from "../lib/clock.ts";
import { runProgram } from "./program.ts";
import { plainWords } from "../../tests/support/plain-words.ts";

const neverOpened = (): never => {
  throw new Error("this command opens nothing");
};

async function typed(...words: string[]) {
  let out = "";
  const exitCode = await runProgram(words, {
    clock: systemClock,
    words: plainWords,
    out: { write: (text) => void (out += text) },
    err: { write: () => undefined },
    interrupted: new AbortController().signal,
    open: neverOpened,
    decide: neverOpened,
    look: neverOpened,
    examine: neverOpened,
    syncSql: () => "",
    openSync: neverOpened,
  });
  return { exitCode, out };
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
