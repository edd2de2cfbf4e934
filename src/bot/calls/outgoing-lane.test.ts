import { GrammyError } from "grammy";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Clock } from "../../lib/clock.ts";
import { ExternalStoreError } from "../../storage/ports/sync.ts";
import { OutgoingLane, problemOf } from "./outgoing-lane.ts";

/** A lane over a clock that never really waits and notes what it was asked to. */
function openLane(): { lane: OutgoingLane; slept: number[]; warned: string[]; abort: AbortController } {
  const slept: number[] = [];
  const warned: string[] = [];
  const abort = new AbortController();
  const clock: Clock = { now: () => 0, sleep: async (ms) => void slept.push(ms) };
  const log = {
    info: () => undefined,
    error: () => undefined,
    warn: (_: object, text: string) => void warned.push(text),
  };
  return { lane: new OutgoingLane({ clock, log, paceMs: 3000, signal: abort.signal }), slept, warned, abort };
}

function refusal(errorCode: number, retryAfter?: number): GrammyError {
  const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter };
  const answer = { ok: false as const, error_code: errorCode, description: "refused", parameters };
  return new GrammyError("refused", answer, "sendMessage", { text: "a secret" });
}

test("pauses after each call and not after a silent task", async () => {
  const { lane, slept } = openLane();
  lane.request("a", async () => "called");
  lane.request("b", async () => "silent");
  lane.request("c", async () => "called");
  await lane.idle();
  expect(slept).toEqual([3000, 3000]);
});

test("runs a task once that was asked for many times, in its newest form", async () => {
  const { lane } = openLane();
  const ran: number[] = [];
  for (let count = 1; count <= 5; count += 1)
    lane.request("card", async () => {
      ran.push(count);
      return "called";
    });
  await lane.idle();
  expect(ran).toEqual([5]);
});

test("stops for a 429 as long as it says, then runs the refused task before the others", async () => {
  const { lane, slept } = openLane();
  const ran: string[] = [];
  lane.request("a", async () => {
    ran.push("a");
    if (ran.length === 1) throw refusal(429, 20);
    return "called";
  });
  lane.request("b", async () => {
    ran.push("b");
    return "called";
  });
  await lane.idle();
  expect(ran).toEqual(["a", "a", "b"]);
  expect(slept[0]).toBe(21_000);
});

test("a newer task of the same name takes the place of a refused one", async () => {
  const { lane } = openLane();
  const ran: string[] = [];
  lane.request("card", async () => {
    lane.request("card", async () => {
      ran.push("new");
      return "called";
    });
    throw refusal(429, 1);
  });
  await lane.idle();
  expect(ran).toEqual(["new"]);
});

test("waits longer with each failure of the server, and lets go of what Telegram refuses", async () => {
  const { lane, slept, warned } = openLane();
  let failures = 0;
  lane.request("a", async () => {
    failures += 1;
    if (failures <= 3) throw refusal(502);
    throw refusal(403);
  });
  await lane.idle();
  expect(slept).toEqual([2000, 4000, 8000, 3000]);
  expect(warned).toEqual(["chat message was refused"]);
});

test("says what could not be read while the store was away once it is back", async () => {
  const { lane, slept, warned } = openLane();
  const away = new ExternalStoreError("away", { isTransient: true, reason: "unsaid" });
  let tries = 0;
  const ran: string[] = [];
  lane.request("answers", async () => {
    tries += 1;
    if (tries <= 2) throw away;
    ran.push("answers");
    return "called";
  });
  lane.request("log", async () => {
    ran.push("log");
    return "silent";
  });
  await lane.idle();
  expect(ran).toEqual(["answers", "log"]);
  expect(slept).toEqual([2000, 4000, 3000]);
  expect(warned).toEqual([]);
});

test("tells of the same refusal once", async () => {
  const { lane, warned } = openLane();
  for (const name of ["a", "b", "c"]) lane.request(name, () => Promise.reject(refusal(403)));
  await lane.idle();
  expect(warned).toHaveLength(1);
});

test("runs nothing after its signal", async () => {
  const { lane, abort } = openLane();
  abort.abort();
  lane.request("a", () => Promise.reject(new Error("ran")));
  await lane.idle();
});

test("a problem's description holds no message", () => {
  expect(problemOf(refusal(400))).toBe("sendMessage: 400 refused");
});

test("lets what somebody waits for go at once, but not while Telegram asks for silence", async () => {
  const clock = createVirtualClock();
  const start = clock.now();
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const lane = new OutgoingLane({ clock, log: quiet, paceMs: 3000, signal: new AbortController().signal });
  const ran: string[] = [];
  const task = (name: string) => async () => {
    ran.push(`${name} ${clock.now() - start}`);
    return "called" as const;
  };
  lane.request("card", task("card"));
  await clock.advance(100);
  lane.request("log", task("log"));
  lane.hurry("card", task("hurried"));
  await clock.advance(0);
  expect(ran).toEqual(["card 0", "hurried 100"]);
  await clock.advance(3000);
  expect(ran.at(-1)).toBe("log 3100");
  let isRefused = true;
  lane.hurry("card", async () => {
    if (!isRefused) return task("after")();
    isRefused = false;
    throw refusal(429, 5);
  });
  await clock.advance(100);
  lane.hurry("other", task("other"));
  await clock.advance(0);
  expect(ran.at(-1)).toBe("log 3100");
  await clock.runUntilIdle();
  expect(ran.slice(-2)).toEqual(["other 9100", "after 12100"]);
});
