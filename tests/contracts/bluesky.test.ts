import { createAskJson } from "../../src/lib/http/http-json.ts";
import { openBlueskyFollowers, openBlueskyLikers } from "../../src/sources/bluesky/listed-people.ts";
import type { BlueskyParts } from "../../src/sources/bluesky/questions.ts";
import { openBlueskyPosts } from "../../src/sources/bluesky/posts.ts";
import { openBlueskyRepliers } from "../../src/sources/bluesky/repliers.ts";
import type { Source } from "../../src/sources/source.ts";
import type { FakeBluesky } from "../support/fake-bluesky/fake-bluesky.ts";
import { openFakeBluesky } from "../support/fake-bluesky/fake-bluesky.ts";
import type { FakePost } from "../support/fake-bluesky/network.ts";
import type { LoopbackFault } from "../support/loopback-server.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { createNextFault } from "./next-fault.ts";
import type { SourceUnderTest, Way } from "./source.ts";
import { sourceContract } from "./source.ts";

const clock = createVirtualClock();
const fans = Array.from({ length: 230 }, (_, index) => `fan${index}.star.test`);
const repliers = fans.slice(0, 50);

/** 55 replies by 50 people, some by the author, one below a post that is gone. */
const post: FakePost = {
  author: "star.test",
  key: "3lbotjob22222",
  likers: fans,
  replies: [
    ...repliers.slice(5).map((author) => ({ author, replies: [{ author: "star.test" }] })),
    { author: "somebody.test", isDeleted: true, replies: repliers.slice(0, 5).map((author) => ({ author })) },
    ...repliers.slice(10, 15).map((author) => ({ author })),
  ],
};
const lonely: FakePost = { author: "lonely.test", key: "3lonely22222a" };

interface Case {
  readonly source: (parts: BlueskyParts) => Source;
  readonly spellings: (bluesky: FakeBluesky) => readonly [string, ...string[]];
  /** Handles of people, or addresses of posts. */
  readonly everybody: (bluesky: FakeBluesky) => readonly string[];
  readonly nobody: string;
  readonly gone?: string;
}

async function open({ source, spellings, everybody, nobody, gone }: Case): Promise<SourceUnderTest> {
  const next = createNextFault();
  const bluesky = await openFakeBluesky({
    followers: { "star.test": fans, "lonely.test": 0 },
    posts: [post, lonely],
    now: () => clock.now() - 1,
    faults: next.faultOf,
  });
  return {
    source: source({ baseUrl: bluesky.address, ask: createAskJson({ clock }), clock }),
    spellings: spellings(bluesky),
    everybody: everybody(bluesky).map((one) => (one.startsWith("at:") ? one : bluesky.didOf(one))),
    nobody,
    ...(gone === undefined ? {} : { gone }),
    secrets: ["not for you"],
    breakNext: (way) => next.set(faultFor(way)),
    silenceNext: () => next.silence(),
    calls: () => bluesky.calls.length,
    close: async () => bluesky[Symbol.asyncDispose](),
  };
}

function faultFor(way: Way): LoopbackFault {
  switch (way) {
    case "throttled":
      return { kind: "reply", status: 429, body: { error: "RateLimitExceeded", message: "not for you" } };
    case "outage":
      return { kind: "reply", status: 502, body: { error: "UpstreamFailure", message: "not for you" } };
    case "garbled":
      return { kind: "reply", status: 200, body: "<html>hello</html>" };
    case "cut":
      return { kind: "cut" };
    case "accessLost":
      return { kind: "reply", status: 401, body: { error: "AuthMissing", message: "not for you" } };
    case "creditsGone":
      throw new Error("Bluesky is free");
  }
}

const abilities = { costs: false, needsKey: true, refusesCursors: false };
const postSpellings = [
  "https://bsky.app/profile/star.test/post/3lbotjob22222",
  " bsky.app/profile/STAR.test/post/3lbotjob22222?ref=1",
  "at://star.test/app.bsky.feed.post/3lbotjob22222",
] as const;
const lonelyPost = "https://bsky.app/profile/lonely.test/post/3lonely22222a";

sourceContract(
  "Bluesky followers",
  { name: "bluesky-followers", targetKind: "account", ...abilities, pages: true, declaresTotal: true },
  () =>
    open({
      source: openBlueskyFollowers,
      spellings: () => ["star.test", "@Star.test", "https://bsky.app/profile/star.test/"],
      everybody: () => fans,
      nobody: "lonely.test",
      gone: "nobody.test",
    }),
);

sourceContract(
  "Bluesky followers by DID",
  { name: "bluesky-followers", targetKind: "account", ...abilities, pages: true, declaresTotal: true },
  () =>
    open({
      source: openBlueskyFollowers,
      spellings: (bluesky) => [bluesky.didOf("star.test")],
      everybody: () => fans,
      nobody: "lonely.test",
      gone: "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz",
    }),
);

sourceContract(
  "Bluesky likers",
  { name: "bluesky-likers", targetKind: "post", ...abilities, pages: true, declaresTotal: false },
  () =>
    open({
      source: openBlueskyLikers,
      spellings: () => postSpellings,
      everybody: () => fans,
      nobody: lonelyPost,
      gone: "https://bsky.app/profile/nobody.test/post/3lbotjob22222",
    }),
);

sourceContract(
  "Bluesky repliers",
  { name: "bluesky-repliers", targetKind: "post", ...abilities, pages: false, declaresTotal: false },
  () =>
    open({
      source: openBlueskyRepliers,
      spellings: () => postSpellings,
      everybody: () => repliers,
      nobody: lonelyPost,
      gone: "https://bsky.app/profile/star.test/post/3lmissing2222",
    }),
);

sourceContract(
  "Bluesky posts by hashtag",
  { name: "bluesky-posts", targetKind: "search", ...abilities, pages: true, declaresTotal: false },
  () =>
    open({
      source: openBlueskyPosts,
      spellings: () => ["#coffee", " #COFFEE "],
      everybody(bluesky) {
        bluesky.write("lonely.test", "#coffeetime is another");
        return fans.map((fan, index) => bluesky.write(fan, `Hello #Coffee, number ${index}`));
      },
      nobody: "#nobodywritesthis",
    }),
);
