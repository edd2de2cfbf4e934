/**
 * `app.bsky.feed.searchPosts`, by its lexicon as `@atproto/bsky` 0.0.117 carries it: `q` is required, `limit` 1 to 100
 * and 25 where nothing is said, `sort` latest (the usual) or top, `until` not inclusive, `tag` without `#` and several of
 * them all to be met. Its cursor is a place counted from the newest post on, as the public service gives it; a page may
 * hold fewer than asked for and the last one names no cursor.
 */
import type { Actor, Network, Post } from "./network.ts";
import { whole, XrpcError } from "./xrpc-error.ts";

/** How a page may come out of the ordinary. */
export type SearchMood = "empty" | "short" | "again";

const parameters = new Set("q sort since until mentions author lang domain url tag limit cursor".split(" "));
const LONGEST_TAG = 640;

export class PostSearch {
  readonly #network: Network;
  readonly #mood: (search: number) => SearchMood | undefined;
  #searches = 0;

  constructor(network: Network, { mood }: { readonly mood: (search: number) => SearchMood | undefined }) {
    this.#network = network;
    this.#mood = mood;
  }

  answer(asked: URLSearchParams, actorView: (actor: Actor) => object): object {
    for (const name of asked.keys())
      if (!parameters.has(name)) throw new XrpcError(400, "InvalidRequest", `unknown parameter ${name}`);
    const q = asked.get("q");
    if (q === null) throw new XrpcError(400, "InvalidRequest", 'Error: Params must have the property "q"');
    const limit = whole(asked.get("limit") ?? "25", "limit", 100);
    if (limit < 1) throw new XrpcError(400, "InvalidRequest", "Error: limit can not be less than 1");
    const found = this.#network.newestFirst().filter(isMeant(q, asked));
    this.#searches += 1;
    return this.#page(found, { start: whole(asked.get("cursor") ?? "0", "cursor", 1e9), limit }, actorView);
  }

  #page(
    found: readonly Post[],
    { start, limit }: { readonly start: number; readonly limit: number },
    actorView: (actor: Actor) => object,
  ): object {
    const end = start + limit;
    const rows = found.slice(start, end);
    const cursor = end < found.length ? { cursor: String(end) } : {};
    return { posts: this.#shown(found, rows, start).map((post) => postView(post, actorView)), ...cursor };
  }

  #shown(found: readonly Post[], rows: readonly Post[], start: number): readonly Post[] {
    switch (this.#mood(this.#searches)) {
      case "empty":
        return [];
      case "short":
        return rows.slice(0, Math.ceil(rows.length / 3));
      case "again":
        return [...found.slice(Math.max(0, start - 7), start), ...rows].slice(0, Math.max(rows.length, 1));
      case undefined:
        return rows;
    }
  }
}

/** Every word, phrase and hashtag stands in the text, and the time is right. */
function isMeant(q: string, asked: URLSearchParams): (post: Post) => boolean {
  const tags = asked.getAll("tag");
  if (tags.some((tag) => tag.startsWith("#") || tag.length > LONGEST_TAG))
    throw new XrpcError(400, "InvalidRequest", "Error: tag must not have its hash");
  const [since, until] = [momentIn(asked.get("since"), -Infinity), momentIn(asked.get("until"), Infinity)];
  const terms = [...q.matchAll(/"([^"]*)"|(\S+)/g)].map(([, phrase, word]) =>
    (phrase ?? word ?? "").toLowerCase(),
  );
  return ({ text, at }) => {
    const words = text.toLowerCase();
    const tagsIn: readonly string[] = words.match(/#[\p{L}\p{M}\p{N}_\u200C]+/gu) ?? [];
    const hasTerms = terms.every((term) =>
      term.startsWith("#") ? tagsIn.includes(term) : words.includes(term),
    );
    const hasTags = tags.every((tag) => tagsIn.includes(`#${tag.toLowerCase()}`));
    return text !== "" && hasTerms && hasTags && at >= since && at < until;
  };
}

function momentIn(text: string | null, absent: number): number {
  if (text === null) return absent;
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new XrpcError(400, "InvalidRequest", "Error: invalid datetime");
  return moment;
}

/** As the service shows a post; what nobody filled in is absent. */
function postView({ uri, author, text, at }: Post, actorView: (actor: Actor) => object): object {
  const createdAt = new Date(at).toISOString();
  return {
    uri,
    cid: "bafyreib",
    author: actorView(author),
    record: { $type: "app.bsky.feed.post", text, createdAt, langs: ["en"] },
    replyCount: 1,
    repostCount: 2,
    likeCount: 3,
    quoteCount: 0,
    indexedAt: createdAt,
    labels: [],
  };
}
