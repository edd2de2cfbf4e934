/** An owner of a data folder that serves requests, and whoever asks it, in one process and in a test's time. */
import type { DoingApp } from "../../src/app/deeds.ts";
import { doDeed } from "../../src/app/deeds.ts";
import { createTokens } from "../../src/app/hooks/tokens.ts";
import { createSuppress } from "../../src/app/people/suppress.ts";
import type { MaySend } from "../../src/composition/owner-requests.ts";
import { RequestServer } from "../../src/composition/owner-requests.ts";
import { LeaseTakenError } from "../../src/storage/files/folder/lease.ts";
import { RequestBox } from "../../src/storage/files/folder/request-box.ts";
import { createMemoryApiTokens } from "./memory-api-tokens.ts";
import { createMemorySuppression } from "./memory-suppression.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export const never = (): never => {
  throw new Error("is not asked for");
};

/** What an owner does deeds with: a do-not-send list of its own. */
export function createDoingApp(
  suppression = createMemorySuppression(),
  clock = createVirtualClock(),
): DoingApp {
  const suppress = createSuppress({ suppression, clock, reader: { read: never }, lists: { create: never } });
  return {
    suppress,
    cleanup: never,
    confirmRestored: never,
    cancelFollowUps: never,
    answers: { keep: never, reply: never, tell: never },
    erase: never,
    addNames: never,
    welcome: { begin: never, turn: never },
    audiences: { keep: never, define: never, rename: never, remove: never, tag: never, untag: never },
    honourCheckpoint: never,
    takingOut: { begun: never, ended: never },
    team: { roleOf: never, give: never, take: never },
    webhooks: { add: never, remove: never, rotate: never, resume: never, test: never },
    tokens: createTokens({ apiTokens: createMemoryApiTokens(), clock }),
    leads: { view: never, cancel: never, reset: never },
  };
}

/** An owner whose campaign has these claims uncertain; what it decided on, and what it logged. */
export function openOwner(
  dataDir: string,
  uncertain: Set<string>,
  { maySend = (): MaySend => "yes", doing = createDoingApp() } = {},
) {
  const done: string[] = [];
  const server = new RequestServer({
    box: new RequestBox(dataDir),
    app: {
      as: (_, work) => work(),
      resolveAll: async (id, { decision, claims }) => {
        const meant = claims.filter((claim) => uncertain.delete(claim));
        done.push(...meant.map((claim) => `${id} ${claim} ${decision}`));
        return { decided: meant.length, left: claims.length - meant.length };
      },
      change: async (id, { message, revision }) => {
        done.push(`${id} ${message?.text} ${message?.keepsExtras}, seen at ${revision}`);
        return { ok: true, revision: 2, left: 7 };
      },
      amend: async (id, { kind, scope, goesOn, after }) => {
        done.push(`${id} ${kind} ${scope.kind} ${goesOn}, seen after ${after}`);
        return { ok: true, count: 3, number: 1 };
      },
    },
    perform: (deed) => doDeed(doing, deed),
    maySend,
    clock: createVirtualClock(),
    beforeWrite: () => undefined,
    log: { error: () => undefined },
  });
  return { server, done };
}

/** How the command line asks, of an owner that serves between two looks for the answer. */
export function asking(dataDir: string, serve: () => Promise<void>) {
  const clock = createVirtualClock();
  return {
    dataDir,
    clock: {
      now: () => clock.now(),
      sleep: async (ms: number) => {
        await serve();
        await clock.runUntil(clock.sleep(ms));
      },
    },
    asker: "somebody",
    interrupted: new AbortController().signal,
    here: () => Promise.reject(new LeaseTakenError("in use")),
  };
}
