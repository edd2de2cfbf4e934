/**
 * Posts on X by hashtag or keyword: X's recent search, so those of the last seven days, newest first. Reposts are left
 * out: they are nobody's own words, and each would be paid for.
 */
import { z } from "zod";
import { leadOfPost } from "../../domain/collecting/post.ts";
import { parseSearch, termsOf } from "../../domain/collecting/search-terms.ts";
import type { Lead } from "../../domain/collecting/lead.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import { unreadableAmong } from "../../lib/log/unreadable.ts";
import { xPrices } from "../../lib/x-api/prices.ts";
import type { Page, PageRequest, Source, SourceFault, SourceManifest } from "../source.ts";
import { pageWithNext } from "./next-token.ts";
import { leadOf, PERSON_FIELDS, xId } from "./people.ts";
import { PostFields } from "./post-fields.ts";
import type { XSourceParts } from "./questions.ts";
import { askX, notACursor, unreadable } from "./questions.ts";

/** The most and the fewest posts that X searches for at once. */
const PAGE_SIZE = 100;
const LEAST_ROWS = 10;

const manifest: SourceManifest = {
  name: "x-posts",
  targetKind: "search",
  pageSize: PAGE_SIZE,
  callLimit: { count: 300, windowMs: 15 * 60_000 },
  // Whether the authors that come along with the posts are charged for is not published, so they are counted.
  prices: {
    perPage: 0,
    perLead: xPrices.post + xPrices.person,
    perLeadAtLeast: xPrices.post,
    asOf: xPrices.asOf,
  },
  channel: "x",
};

/** The whole text of a long post has another name in each document. */
const FIELDS = {
  "post.fields": "created_at,lang,public_metrics,note_post",
  "tweet.fields": "author_id,created_at,lang,public_metrics,note_tweet",
} as const;

const count = z.number().int().nonnegative().optional().catch(undefined);
const note = z.object({ text: z.string() }).optional().catch(undefined);
const postSchema = z.object({
  id: xId,
  author_id: xId,
  text: z.string(),
  note_post: note,
  note_tweet: note,
  lang: z.string().optional().catch(undefined),
  created_at: z.iso.datetime().optional().catch(undefined),
  public_metrics: z
    .object({
      like_count: count,
      reply_count: count,
      retweet_count: count,
      repost_count: count,
      quote_count: count,
      impression_count: count,
    })
    .optional()
    .catch(undefined),
});
const pageSchema = z.object({
  data: z.array(z.unknown()).default([]),
  includes: z.object({ users: z.array(z.unknown()).default([]) }).default({ users: [] }),
});

/** Opens the source; it holds nothing that must be closed. */
export function openXPosts(given: XSourceParts): Source {
  const parts = { ...given, postFields: new PostFields() };
  return {
    manifest,
    parseTarget: (text) => parseSearch(withoutDirectionMarks(text)),
    page: (request, signal) => page(parts, request, signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

type Parts = XSourceParts & { readonly postFields: PostFields };

async function page(
  parts: Parts,
  { query, cursor, wanted = PAGE_SIZE }: PageRequest,
  signal: AbortSignal,
): Promise<Page | SourceFault> {
  if (cursor !== undefined && !/^\S+$/.test(cursor)) return notACursor;
  const question = {
    query: searchFor(query),
    // Every post is paid for: no more are asked for than are wanted, or than X gives at least.
    max_results: String(Math.min(PAGE_SIZE, Math.max(LEAST_ROWS, wanted))),
    expansions: "author_id",
    "user.fields": PERSON_FIELDS,
    ...(cursor === undefined ? {} : { next_token: cursor }),
  };
  const answered = await parts.postFields.ask(FIELDS, (fields) =>
    askX(parts, "/2/tweets/search/recent", { ...question, ...fields }, signal),
  );
  return answered.kind === "fault" ? answered.fault : pageIn(answered.body);
}

/** Words stand in quotes, so that none of them is taken for one of X's operators. */
export function searchFor(query: string): string {
  const terms = termsOf(query).map(({ kind, text }) => (kind === "hashtag" ? `#${text}` : `"${text}"`));
  return [...terms, "-is:retweet"].join(" ");
}

function pageIn(body: object): Page | SourceFault {
  const read = pageSchema.safeParse(body).data;
  if (!read) return unreadable;
  const people = new Map(read.includes.users.flatMap((person) => withId(leadOf(person))));
  const leads: Lead[] = [];
  const unread: unknown[] = [];
  for (const row of read.data) {
    const post = postSchema.safeParse(row).data;
    const author = post && people.get(post.author_id);
    if (author) leads.push(postBy(author, post));
    else unread.push(row);
  }
  const shown = { leads, rows: read.data.length, ...unreadableAmong(unread) };
  return pageWithNext(shown, body, (next) => next);
}

function withId(lead: Lead | undefined): [string, Lead][] {
  return lead ? [[lead.id, lead]] : [];
}

function postBy(author: Lead, post: z.infer<typeof postSchema>): Lead {
  const { like_count, reply_count, retweet_count, repost_count, quote_count, impression_count } =
    post.public_metrics ?? {};
  const lead = leadOfPost({
    id: post.id,
    author: { id: author.id, username: author.username, name: author.displayName },
    text: post.note_post?.text ?? post.note_tweet?.text ?? post.text,
    language: post.lang,
    time: post.created_at,
    likes: like_count,
    replies: reply_count,
    reposts: repost_count ?? retweet_count,
    quotes: quote_count,
    views: impression_count,
    url: `https://x.com/${author.username}/status/${post.id}`,
  });
  return { ...lead, details: { ...lead.details, ...author.details } };
}
