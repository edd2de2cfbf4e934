import { randomBytes } from "node:crypto";
import { createXClient } from "../../src/lib/x-api/x-client.ts";
import { openXFollowers } from "../../src/sources/x/followers.ts";
import { openXPosts } from "../../src/sources/x/posts.ts";
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
  /** Names of people, or ids of posts. */
  readonly everybody: readonly string[];
  readonly nobody: string;
  readonly gone?: string;
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
    everybody: everybody.map((name) => (/^\d+$/.test(name) ? name : x.idOf(name))),
    nobody,
    ...(gone === undefined ? {} : { gone }),
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

/** Posts with the hashtag, and around them those that must not be found. */
function hashtag(x: FakeX): Case {
  const everybody: string[] = [];
  for (const [index, name] of fans.entries()) {
    everybody.push(x.post(name, index % 3 === 0 ? `Hello #Coffee, number ${index}` : `#coffee! ${index}`));
    x.post(name, index % 2 === 0 ? "#coffeetime is another" : "coffee without its sign");
    x.post("lonely", `RT @${name}: #coffee again`);
  }
  return {
    source: openXPosts,
    spellings: ["#coffee", " #Coffee ", "＃COFFEE", "\u2066#coffee\u2069"],
    everybody,
    nobody: "#nobodywritesthis",
  };
}

/** All words of a search are in the post, wherever; none of them is taken for an operator. */
function words(x: FakeX): Case {
  const everybody = fans.map((name, index) => x.post(name, `a flat one or two, ${index}, and white`));
  x.post("lonely", "flat and nothing else");
  return {
    source: openXPosts,
    spellings: ["flat white OR", "FLAT  white or", '"flat" white or'],
    everybody,
    nobody: "lang:en",
  };
}

const ofSearches = { name: "x-posts", targetKind: "search", declaresTotal: false } as const;
sourceContract("X posts by hashtag", { ...ofSearches, ...abilities }, () => open(hashtag, false));
sourceContract("X posts by keywords", { ...ofSearches, ...abilities }, () => open(words, false));

const ofAccounts = { name: "x-followers", targetKind: "account", declaresTotal: true } as const;
const ofPosts = { name: "x-repliers", targetKind: "post", declaresTotal: false } as const;
sourceContract("X followers", { ...ofAccounts, ...abilities }, () => open(followersOfStar, false));
sourceContract("X followers that grow in number meanwhile", { ...ofAccounts, ...abilities }, () =>
  open(followersOfStar, true),
);
sourceContract("X repliers of a thread", { ...ofPosts, ...abilities }, () => open(thread, false));
sourceContract("X repliers of a reply", { ...ofPosts, ...abilities }, () => open(branch, false));
