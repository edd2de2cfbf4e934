import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../tests/support/virtual-clock.ts";
import { ExternalStoreError } from "../storage/ports/sync.ts";
import { createFront } from "./front.ts";

function bench() {
  const clock = createVirtualClock();
  const said: string[] = [];
  let lose: (() => void) | undefined;
  let stopsByItself: (() => void) | undefined;
  let fails: ((error: unknown) => void) | undefined;
  let isAway = false;
  const open = async () => {
    if (isAway) throw new Error("the database is away");
    said.push("begins");
    const listening = new Promise<void>((resolve, reject) => ([stopsByItself, fails] = [resolve, reject]));
    return {
      lost: new Promise<void>((resolve) => (lose = resolve)),
      start: () => listening,
      async [Symbol.asyncDispose]() {
        stopsByItself?.();
        await turn();
        said.push("ends");
      },
    };
  };
  const front = createFront({ open, clock, log: { error: ({ message }) => said.push(message) } });
  let isDone = false;
  const isOver = (): boolean => (isDone = true);
  void front.done.then(isOver, isOver);
  return {
    front,
    clock,
    said,
    lose: () => lose?.(),
    stopByItself: () => stopsByItself?.(),
    failWith: (error: Error) => fails?.(error),
    setAway: (is: boolean) => (isAway = is),
    isDone: async () => {
      await turn();
      return isDone;
    },
  };
}

test("talks while the chat is held, and is over only when it stops by itself", async () => {
  const { front, said, isDone, stopByItself } = bench();
  await front.begin();
  await front.end();
  await front.begin();
  expect(said).toEqual(["begins", "ends", "begins"]);
  expect(await isDone()).toBe(false);
  stopByItself();
  expect(await isDone()).toBe(true);
});

test("begins anew on what is kept by then when that was taken from it, however long that can't be opened", async () => {
  const { front, clock, said, lose, isDone, setAway } = bench();
  await front.begin();
  lose();
  await clock.advance(4999);
  expect(said).toEqual(["begins", "ends"]);
  setAway(true);
  await clock.advance(5001);
  setAway(false);
  await clock.advance(5000);
  expect(said).toEqual(["begins", "ends", "the database is away", "the database is away", "begins"]);
  expect(await isDone()).toBe(false);
});

test("does not take it back once another process has the chat", async () => {
  const { front, clock, said, lose } = bench();
  await front.begin();
  lose();
  await clock.advance(1000);
  await front.end();
  await clock.advance(60_000);
  expect(said).toEqual(["begins", "ends"]);
});

test("begins anew when the store was away while it got ready, and is over by what does not pass", async () => {
  const { front, clock, said, failWith, isDone } = bench();
  await front.begin();
  failWith(
    new ExternalStoreError("the session ended", {
      isTransient: true,
      cause: undefined,
      reason: "pgUnreachable",
    }),
  );
  await clock.advance(5000);
  expect(said).toEqual(["begins", "the session ended", "ends", "begins"]);
  expect(await isDone()).toBe(false);
  failWith(new Error("the token is refused"));
  expect(await isDone()).toBe(true);
});
