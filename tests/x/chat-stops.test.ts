/** Campaign after campaign from the chat to people of whom some write stop. */
import { beforeAll, expect, test } from "vitest";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { ownStore } from "../support/own-store.ts";
import { runStopsInChat } from "./chat-stops.ts";

let program: Compiled;
beforeAll(async () => {
  program = await compile("main.ts");
});

/** `npm run kill:x:chat` runs the long one; its figures are printed. */
const isLong = process.env["MODE"] === "long";

test("nobody is written to by a campaign that was started after their stop, nor after a restart", async () => {
  const size = isLong ? { names: 120, kills: 4, delayMs: 200 } : { names: 36, kills: 1, delayMs: 50 };
  const verdict = await runStopsInChat({ program, ...size, own: await ownStore() });
  if (isLong) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  expect(verdict).toMatchObject({ unheeded: 0, doubled: 0, lost: 0, stopped: { before: 8 } });
  expect(verdict.stopped.during).toBeGreaterThan(0);
  expect(verdict.furtherPages).toBeGreaterThan(3);
}, 600_000);
