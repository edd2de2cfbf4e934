/** Followers, likers, repliers and posts from a Bluesky that nobody here wrote. Only by `npm run bluesky`: it takes minutes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Place } from "../cli/peyk-command.ts";
import { createPlace, everybodyAnswers, summaryOf } from "../cli/peyk-command.ts";
import type { RealBluesky } from "./real-network.ts";
import { openRealBluesky } from "./real-network.ts";

const PEOPLE = 250;
/** Those who followed last are blocked: the first page of the newest is empty, and the second nearly. */
const BLOCKED = 130;
const MINUTES = 60_000;

describe.skipIf(process.env["MODE"] !== "long")("a real Bluesky", () => {
  let bluesky: RealBluesky;
  let place: Place;
  let star: string;
  let post: string;
  const fans: string[] = [];
  const posts: string[] = [];

  beforeAll(async () => {
    bluesky = await openRealBluesky();
    place = await createPlace({ path: "" }, everybodyAnswers, { BLUESKY_API_BASE_URL: bluesky.address });
    const { people } = bluesky;
    const joins = async (name: string): Promise<string> =>
      (
        await people.createAccount(name, {
          handle: `${name}.test`,
          email: `${name}@x.test`,
          password: "password",
        })
      ).did;
    star = await joins("star");
    for (let number = 0; number < PEOPLE; number += 1) fans.push(await joins(`fan${number}`));
    const { ref } = await people.post(star, "What now?");
    post = ref.uriStr;
    for (const [number, fan] of fans.entries()) {
      await people.follow(fan, star);
      if (number < 60) await people.like(fan, ref);
      if (number < 50) await people.reply(fan, ref, ref, "This");
      if (number < 5) await people.reply(fan, ref, ref, "And that");
      posts.push((await people.post(fan, `Hello #coffee, number ${number}`)).ref.uriStr);
      if (number % 10 === 0) await people.post(fan, "something about tea");
    }
    for (const fan of fans.slice(-BLOCKED)) await people.block(star, fan);
    await bluesky.settle();
  }, 15 * MINUTES);

  afterAll(async () => {
    await place?.[Symbol.asyncDispose]();
    await bluesky?.[Symbol.asyncDispose]();
  });

  async function collected(list: string, ...words: readonly string[]) {
    const ended = await place.peyk("collect", ...words, "--count", "1000", "--list", list, "--json");
    await place.peyk("leads", "export", list, "--format", "json", "--out", "leads.json");
    const rows: { id: string }[] = JSON.parse(await readFile(join(place.folder, "leads.json"), "utf8"));
    return { summary: summaryOf(ended), ids: rows.map(({ id }) => id).toSorted(), code: ended.code };
  }

  test(
    "gives every follower it shows behind pages without anybody, and the account by two names is one",
    async () => {
      const { summary, ids } = await collected("followers", "bluesky-followers", "star.test", star);
      expect(ids).toEqual(fans.slice(0, -BLOCKED).toSorted());
      expect(summary).toMatchObject({
        end: "sourceExhausted",
        targets: [{ declaredTotal: PEOPLE }, { end: "twin" }],
      });
    },
    MINUTES,
  );

  test(
    "gives every liker and every replier once",
    async () => {
      const likers = await collected("likers", "bluesky-likers", post);
      expect(likers.ids).toEqual(fans.slice(0, 60).toSorted());
      const repliers = await collected("repliers", "bluesky-repliers", post);
      expect(repliers.ids).toEqual(fans.slice(0, 50).toSorted());
      expect(repliers.summary).toMatchObject({ duplicates: 5 });
    },
    MINUTES,
  );

  test(
    "gives every post with a hashtag once, with its author, to anybody and to whoever is logged in",
    async () => {
      const words = ["bluesky-posts", "#coffee"];
      const { summary, ids } = await collected("posts", ...words);
      expect(ids).toEqual(posts.toSorted());
      expect(summary).toMatchObject({ end: "sourceExhausted", statistics: { unique: PEOPLE } });
      await using loggedIn = await createPlace({ path: "" }, everybodyAnswers, {
        BLUESKY_SERVICE_URL: bluesky.service,
        BLUESKY_IDENTIFIER: "fan0.test",
        BLUESKY_APP_PASSWORD: await bluesky.appPassword("fan0.test"),
      });
      const first = await loggedIn.peyk(
        "collect",
        ...words,
        "--per-target",
        "120",
        "--list",
        "posts",
        "--json",
      );
      expect(summaryOf(first)).toMatchObject({ delivered: 120, end: "targetReached" });
      await loggedIn.peyk("leads", "export", "posts", "--format", "json", "--out", "leads.json");
      const rows: Record<string, string>[] = JSON.parse(
        await readFile(join(loggedIn.folder, "leads.json"), "utf8"),
      );
      const known = new Set(posts);
      for (const { id = "", username, author_id = "", post: text = "", post_url } of rows) {
        expect(known.has(id)).toBe(true);
        const number = fans.indexOf(author_id);
        expect([username, text]).toEqual([`fan${number}.test`, `Hello #coffee, number ${number}`]);
        expect(post_url).toBe(`https://bsky.app/profile/${author_id}/post/${id.split("/").at(-1)}`);
      }
    },
    MINUTES,
  );

  test(
    "tells a name that nobody has",
    async () => {
      const { code, summary } = await collected("nobody", "bluesky-followers", "nobody.test");
      expect([code, summary]).toMatchObject([1, { end: "targetGone" }]);
    },
    MINUTES,
  );
});
