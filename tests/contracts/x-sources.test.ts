import { randomBytes } from "node:crypto";
import { createXClient } from "../../src/lib/x-api/x-client.ts";
import { openXFollowers } from "../../src/sources/x/followers.ts";
import type { XSourceParts } from "../../src/sources/x/questions.ts";
import { openXRepliers } from "../../src/sources/x/repliers.ts";
import type { Source } from "../../src/sources/source.ts";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import type { Fault } from "../support/fake-x/faults.ts";
import { crowd } from "../support/fake-x/population.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import type { SourceUnderTest, Way } from "./source.ts";
import { sourceContract } from "./source.ts";

const clock = createVirtualClock();
const fans = crowd("fan", 130);
const followers = crowd("follower", 1030);

interface Case {
  readonly source: (parts: XSourceParts) => Source;
  readonly spellings: readonly [string, ...string[]];
  readonly everybody: readonly string[];
  readonly nobody: string;
  readonly gone: string;
}

async function open(describe: (x: FakeX) => Case, followersMove: boolean): Promise<SourceUnderTest> {
  let next: Fault | undefined;
  let onArrival: (() => void) | undefined;
  const x = await openFakeX({
    now: () => clock.now(),
    accounts: [{ name: "peyk_one" }],
    people: [{ name: "Star", followers }, { name: "lonely" }],
    followersMove,
    faults: () => {
      const fault = next;
      next = undefined;
      if (fault?.kind === "silent") onArrival?.();
      return fault;
    },
  });
  const { source, spellings, everybody, nobody, gone } = describe(x);
  const { name: _name, ...keys } = x.accountKeys[0]!;
  return {
    source: source({ client: createXClient({ baseUrl: x.address, clock, nonce }), keys, clock }),
    spellings,
    everybody: everybody.map((name) => x.idOf(name)),
    nobody,
    gone,
    secrets: Object.values(keys),
    breakNext(way) {
      next = faultFor(way);
    },
    silenceNext() {
      next = { kind: "silent", written: false };
      return new Promise<void>((resolve) => {
        onArrival = resolve;
      });
    },
    spoil(cursor) {
      x.forgetPages();
      return cursor;
    },
    calls: () => x.calls.length,
    close: async () => x[Symbol.asyncDispose](),
  };
}

function nonce(): string {
  return randomBytes(16).toString("hex");
}

function faultFor(way: Way): Fault {
  switch (way) {
    case "throttled":
      return { kind: "answer", refusal: "tooMany" };
    case "outage":
      return { kind: "answer", refusal: "unavailable" };
    case "garbled":
      return { kind: "answer", refusal: "edge" };
    case "cut":
      return { kind: "cut", written: true };
    case "creditsGone":
      return { kind: "answer", refusal: "creditsDepleted" };
    case "accessLost":
      return { kind: "answer", refusal: "unauthorized" };
  }
}

const abilities = { costs: true, needsKey: true, pages: true, refusesCursors: true };

function followersOfStar(): Case {
  return {
    source: openXFollowers,
    spellings: ["@star", "STAR", "https://x.com/Star/followers", "twitter.com/star?s=20"],
    everybody: followers,
    nobody: "lonely",
    gone: "nobody_at_all",
  };
}

/** Each fan replies below the one before, the first three once more, and the author answers in between. */
function thread(x: FakeX): Case {
  const root = x.post("Star", "What now?");
  let last = root;
  for (const name of fans) {
    last = x.post(name, "This!", last);
    if (name.endsWith("0")) x.post("Star", "Thanks", last);
  }
  for (const name of fans.slice(0, 3)) x.post(name, "And that", root);
  return {
    source: openXRepliers,
    spellings: [root, `https://x.com/star/status/${root}?s=20`, `twitter.com/i/web/status/${root}/photo/1`],
    everybody: fans,
    nobody: x.post("lonely", "Hello?"),
    gone: "1234567890",
  };
}

/** Replies to a reply: those of the rest of the thread are not meant. */
function branch(x: FakeX): Case {
  const root = x.post("Star", "What now?");
  const reply = x.post("lonely", "Well", root);
  x.post("somebody", "Elsewhere", root);
  for (const name of fans) x.post("further_down", "No", x.post(name, "Yes", reply));
  return {
    source: openXRepliers,
    spellings: [`https://x.com/lonely/status/${reply}`],
    everybody: fans,
    nobody: x.post("lonely", "Hello?", root),
    gone: "1234567890",
  };
}

const ofAccounts = { name: "x-followers", targetKind: "account", declaresTotal: true } as const;
const ofPosts = { name: "x-repliers", targetKind: "post", declaresTotal: false } as const;
sourceContract("X followers", { ...ofAccounts, ...abilities }, () => open(followersOfStar, false));
sourceContract("X followers that grow in number meanwhile", { ...ofAccounts, ...abilities }, () =>
  open(followersOfStar, true),
);
sourceContract("X repliers of a thread", { ...ofPosts, ...abilities }, () => open(thread, false));
sourceContract("X repliers of a reply", { ...ofPosts, ...abilities }, () => open(branch, false));
