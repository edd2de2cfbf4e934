import { expect, test } from "vitest";
import { forEachState } from "./recipient.ts";
import * as becomes from "./campaign-status.ts";
import type { Campaign, PauseReason } from "./campaign.ts";

const campaign = (status: Campaign["status"], pause?: PauseReason): Campaign => ({
  id: "spring",
  createdAt: 0,
  channel: "simulator",
  accounts: [],
  message: "hi",
  lists: [],
  consent: { statement: "", by: "1", at: 0 },
  status,
  ...(pause ? { pause } : {}),
  ...(status === "finished" ? { finishedAt: 1 } : {}),
});

const running = campaign("running");
const waiting = campaign("paused", { kind: "noAccount" });
const stopped = campaign("paused", { kind: "operator" });
const broken = campaign("paused", { kind: "storage", why: "diskFull" });
const over = campaign("finished");
const gone = campaign("cancelled");
const all = [running, waiting, stopped, broken, over, gone];

const shown = (one: Campaign | undefined): string =>
  one ? [one.status, one.pause?.kind ?? "", one.finishedAt ?? ""].join(" ").trim() : "-";

const look = { counts: forEachState(() => 0), claims: 0, at: 0 };

/** What each of the six becomes: running, waiting, paused by a person, paused by a full disk, finished, cancelled. */
const table: readonly (readonly [string, becomes.StatusChange, readonly string[]])[] = [
  ["pause", becomes.pausedBy("7"), ["paused operator", "paused operator", "-", "paused operator", "-", "-"]],
  ["wait", becomes.pausedFor({ kind: "noAccount" }), ["paused noAccount", "-", "-", "-", "-", "-"]],
  ["resume", becomes.resumed("all", look), ["-", "running", "running", "running", "-", "-"]],
  ["go on by itself", becomes.goneOn, ["-", "running", "-", "-", "-", "-"]],
  ["be taken up again", becomes.takenUpAgain, ["-", "-", "-", "-", "running", "-"]],
  ["be cancelled", becomes.cancelled, ["cancelled", "cancelled", "cancelled", "cancelled", "-", "-"]],
  ["finish", becomes.finished(9), ["finished  9", "finished  9", "-", "-", "-", "-"]],
];

test.each(table)("says which campaign may %s", (_, change, expected) => {
  expect(all.map((one) => shown(change(one)))).toEqual(expected);
});

test("nothing else of a campaign changes with its status", () => {
  for (const [, change] of table)
    for (const one of all) {
      const unchanged = { status: one.status, pause: one.pause, finishedAt: one.finishedAt };
      expect({ ...(change(one) ?? one), ...unchanged }).toEqual({ ...one, ...unchanged });
    }
});
