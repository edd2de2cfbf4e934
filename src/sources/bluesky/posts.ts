/**
 * Posts on Bluesky by hashtag or keyword, newest first: `app.bsky.feed.searchPosts`. Bluesky's own public service shows
 * posts to nobody who is not logged in, so an account asks; a server of one's own may answer without.
 */
import { z } from "zod";
import type { Lead } from "../../domain/collecting/lead.ts";
import { leadOfPost } from "../../domain/collecting/post.ts";
import { parseSearch, termsOf } from "../../domain/collecting/search-terms.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import { unreadableAmong } from "../../lib/log/unreadable.ts";
import type { Page, PageRequest, Source, SourceFault } from "../source.ts";
import { blueskyManifest } from "./manifest.ts";
import { nextIn } from "./next-cursor.ts";
import { leadOf } from "./people.ts";
import type { BlueskyParts } from "./questions.ts";
import { askBluesky, unreadable } from "./questions.ts";

/** The most a page may hold (lexicon of the method). */
const PAGE_SIZE = 100;

/** The address of a post as the service gives it, with any key that the protocol allows a record. */
const POST_URI = /^at:\/\/[^/]+\/app\.bsky\.feed\.post\/([\w.:~-]{1,512})$/;

const count = z.number().int().nonnegative().optional().catch(undefined);
const moment = z.iso.datetime({ offset: true }).optional().catch(undefined);
const postSchema = z.object({
  uri: z.string().regex(POST_URI),
  author: z.unknown(),
  record: z.object({
    text: z.string(),
    createdAt: moment,
    langs: z.array(z.string()).optional().catch(undefined),
  }),
  indexedAt: moment,
  likeCount: count,
  replyCount: count,
  repostCount: count,
  quoteCount: count,
});
const pageSchema = z.object({ posts: z.array(z.unknown()) });

/** Opens the source; it holds nothing that must be closed. */
export function openBlueskyPosts(parts: BlueskyParts): Source {
  return {
    manifest: blueskyManifest("bluesky-posts", "search", PAGE_SIZE),
    parseTarget: (text) => parseSearch(withoutDirectionMarks(text)),
    page: (request, signal) => page(parts, request, signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/**
 * Until when posts count, and the service's own cursor. It counts places from the newest post on, so what is written
 * meanwhile would shift every place; a fixed end keeps them where they are.
 */
interface Place {
  readonly until: string;
  readonly cursor?: string;
}

async function page(
  parts: BlueskyParts,
  { query, cursor }: PageRequest,
  signal: AbortSignal,
): Promise<Page | SourceFault> {
  const place =
    cursor === undefined ? { until: new Date(parts.clock.now()).toISOString() } : readPlace(cursor);
  if (!place) return { kind: "badCursor", why: "placeUnreadable" };
  const parameters = {
    ...searchFor(query),
    sort: "latest",
    until: place.until,
    limit: String(PAGE_SIZE),
    ...(place.cursor === undefined ? {} : { cursor: place.cursor }),
  };
  const answered = await askBluesky(parts, "app.bsky.feed.searchPosts", parameters, signal);
  // A stranger is turned away by what stands in front of Bluesky, with a page that doesn't say why.
  if (answered.kind === "fault" && answered.isForbidden && !parts.session)
    return { kind: "accessLost", why: "blueskyLoginOnly" };
  if (answered.kind === "fault") return answered.fault;
  const posts = pageSchema.safeParse(answered.body).data?.posts;
  return posts ? pageIn(posts, answered.body, place) : unreadable;
}

/** Where only hashtags are wanted they are filtered for; everything stands in the query as well, as people write it. */
function searchFor(query: string): Readonly<Record<string, string | readonly string[]>> {
  const tags = termsOf(query).flatMap(({ kind, text }) => (kind === "hashtag" ? [text] : []));
  return { q: query, ...(tags.length === 0 ? {} : { tag: tags }) };
}

function readPlace(text: string): Place | undefined {
  const [, until, cursor] = /^(\d{4}-\S+Z) (\S.*)$/.exec(text) ?? [];
  return until === undefined || cursor === undefined ? undefined : { until, cursor };
}

function pageIn(posts: readonly unknown[], body: unknown, { until }: Place): Page | SourceFault {
  const read = posts.map((row) => ({ row, lead: postIn(row) }));
  const shown = {
    leads: read.flatMap(({ lead }) => lead ?? []),
    rows: posts.length,
    ...unreadableAmong(read.flatMap(({ row, lead }) => (lead ? [] : [row]))),
  };
  const next = nextIn(body, posts.length === 0);
  if (next === undefined) return { kind: "unclear", why: "blueskyNextUnclear", page: shown };
  if (next === "end") return { kind: "page", ...shown };
  return { kind: "page", ...shown, next: `${until} ${next.cursor}` };
}

function postIn(row: unknown): Lead | undefined {
  const post = postSchema.safeParse(row).data;
  const author = leadOf(post?.author);
  if (!post || !author) return undefined;
  const { uri, record } = post;
  const lead = leadOfPost({
    id: uri,
    author: { id: author.id, username: author.username, name: author.displayName },
    text: record.text,
    language: record.langs?.join(","),
    time: timeOf(record.createdAt, post.indexedAt),
    likes: post.likeCount,
    replies: post.replyCount,
    reposts: post.repostCount,
    quotes: post.quoteCount,
    url: `https://bsky.app/profile/${author.id}/post/${POST_URI.exec(uri)?.[1]}`,
  });
  return { ...lead, details: { ...lead.details, ...author.details } };
}

/** When it was written is the author's word; that is never later than when the service saw it. */
function timeOf(...moments: readonly (string | undefined)[]): string | undefined {
  const known = moments.flatMap((text) => (text === undefined ? [] : [Date.parse(text)]));
  return known.length === 0 ? undefined : new Date(Math.min(...known)).toISOString();
}
