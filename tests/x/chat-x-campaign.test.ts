/** A campaign through X from `/new` to its end in the chat, whatever goes wrong and whenever the program is killed. */
import { beforeAll, expect, test } from "vitest";
import { countLines } from "../../src/bot/views/campaigns/campaign-card.ts";
import { createLexicon } from "../../src/words/words.ts";
import { forEachState } from "../../src/domain/recipient.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import { ownStore } from "../support/own-store.ts";
import { runKilledChat } from "./chat-x-campaign.ts";

let program: Compiled;
beforeAll(async () => {
  program = await compile("main.ts");
});

/** `npm run kill:x:chat` runs the long one, a few minutes; its figures are printed. */
const isLong = process.env["MODE"] === "long";
const short = { kills: 3, names: 100, perWindow: 100, seed: 4 };
const long = { kills: 20, names: 300, perWindow: 60, seed: 1 };

test("names through three accounts from the chat: nobody twice, nobody lost, no window overrun", async () => {
  const run = isLong ? long : short;
  const verdict = await runKilledChat({ program, ...run, own: await ownStore() });
  if (isLong) process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  const good = { doubled: 0, lost: 0, unwanted: 0, misreported: 0, overruns: 0 };
  expect(verdict).toMatchObject({ ...good, kills: run.kills, toldToWait: 1 });
  const { sent = 0, notFound, refused, uncertain = 0 } = verdict.counts;
  const expected = isLong ? [270, 20, 10] : [88, 8, 4];
  expect([sent + uncertain, notFound, refused, uncertain]).toEqual([...expected, verdict.leftToOperator]);
  expect(verdict.lostAnswers).toBeGreaterThan(0);
  expect(verdict.refusedAsLocked).toBeGreaterThan(0);
  const words = createLexicon({ clock: systemClock, timeZone: "UTC" }).en;
  const counts = { ...forEachState(() => 0), ...verdict.counts };
  const lines = countLines({ counts, imported: run.names }, words).join("\n");
  expect(verdict.told).toContain(lines.replaceAll(/<[^>]+>/g, ""));
}, 600_000);
