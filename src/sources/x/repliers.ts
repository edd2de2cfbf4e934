/**
 * People who replied to a post on X in the last seven days, without its author. For a post that begins a thread that is
 * everybody in the thread; for one that is itself a reply, those who replied to it directly.
 */
import { z } from "zod";
import { unreadableAmong } from "../../lib/log/unreadable.ts";
import type { Lead } from "../../domain/collecting/lead.ts";
import { xPrices } from "../../lib/x-api/prices.ts";
import type { Page, PageRequest, Source, SourceFault, SourceManifest } from "../source.ts";
import { pageWithNext } from "./next-token.ts";
import { leadOf, PERSON_FIELDS, xId } from "./people.ts";
import { PostFields } from "./post-fields.ts";
import type { XSourceParts } from "./questions.ts";
import { askX, notACursor, unreadable } from "./questions.ts";
import { parsePost } from "./targets.ts";

/** The most and the fewest posts that X searches for at once. */
const PAGE_SIZE = 100;
const LEAST_ROWS = 10;
/** Several replies may be by one person, and the author answers too. */
const SPARE_ROWS = 20;

const FIELDS = { "post.fields": "conversation_id", "tweet.fields": "conversation_id" } as const;

const manifest: SourceManifest = {
  name: "x-repliers",
  targetKind: "post",
  pageSize: PAGE_SIZE,
  callLimit: { count: 300, windowMs: 15 * 60_000 },
  // Whether the people that come along with the posts are charged for is not published, so they are counted.
  prices: {
    perPage: 0,
    perLead: xPrices.post + xPrices.person,
    perLeadAtLeast: xPrices.post,
    asOf: xPrices.asOf,
  },
  channel: "x",
};

const postSchema = z.object({ data: z.object({ id: xId, author_id: xId, conversation_id: xId }) });
const replySchema = z.object({ id: xId, author_id: xId });
const pageSchema = z.object({
  data: z.array(z.unknown()).default([]),
  includes: z.object({ users: z.array(z.unknown()).default([]) }).default({ users: [] }),
});

/** Opens the source; it holds nothing that must be closed. */
export function openXRepliers(given: XSourceParts): Source {
  const parts = { ...given, postFields: new PostFields() };
  return {
    manifest,
    parseTarget: parsePost,
    page: (request, signal) => page(parts, request, signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Which replies are looked for, and from where on. */
interface Search {
  readonly kind: "search";
  readonly query: string;
  readonly authorId: string;
  readonly token?: string;
}

type Parts = XSourceParts & { readonly postFields: PostFields };

async function page(parts: Parts, request: PageRequest, signal: AbortSignal): Promise<Page | SourceFault> {
  const search =
    request.cursor === undefined ? await begin(parts, request.query, signal) : goOn(request.cursor);
  if (search.kind !== "search") return search;
  const { wanted = PAGE_SIZE } = request;
  const rows = Math.min(PAGE_SIZE, Math.max(LEAST_ROWS, wanted + SPARE_ROWS));
  const query = {
    query: search.query,
    max_results: String(rows),
    expansions: "author_id",
    "user.fields": PERSON_FIELDS,
    ...(search.token === undefined ? {} : { next_token: search.token }),
  };
  const answered = await askX(parts, "/2/tweets/search/recent", query, signal);
  return answered.kind === "fault" ? answered.fault : pageIn(answered.body, search);
}

/** Looks at the post once: its author, and whether it begins a thread. */
async function begin(parts: Parts, postId: string, signal: AbortSignal): Promise<Search | SourceFault> {
  // Who wrote it is an expansion: by the documents since 2.167 it is no field.
  const answered = await parts.postFields.ask(FIELDS, (fields) =>
    askX(parts, `/2/tweets/${postId}`, { ...fields, expansions: "author_id" }, signal),
  );
  if (answered.kind === "fault") return answered.fault;
  const post = postSchema.safeParse(answered.body).data?.data;
  if (!post) return unreadable;
  const operator = post.conversation_id === post.id ? "conversation_id" : "in_reply_to_tweet_id";
  return { kind: "search", query: `${operator}:${post.id}`, authorId: post.author_id };
}

function goOn(cursor: string): Search | SourceFault {
  const [, query, authorId, token] =
    /^((?:conversation_id|in_reply_to_tweet_id):\d{1,20}) (\d{1,20}) (\S+)$/.exec(cursor) ?? [];
  if (query === undefined || authorId === undefined || token === undefined) return notACursor;
  return { kind: "search", query, authorId, token };
}

function pageIn(body: object, { query, authorId }: Search): Page | SourceFault {
  const read = pageSchema.safeParse(body).data;
  if (!read) return unreadable;
  const people = new Map(read.includes.users.flatMap((person) => withId(leadOf(person))));
  const leads: Lead[] = [];
  const unread: unknown[] = [];
  for (const row of read.data) {
    const reply = replySchema.safeParse(row).data;
    if (reply?.author_id === authorId) continue;
    const lead = reply && people.get(reply.author_id);
    if (lead) leads.push(withReply(lead, reply.id));
    else unread.push(row);
  }
  const shown = { leads, rows: read.data.length, ...unreadableAmong(unread) };
  return pageWithNext(shown, body, (next) => `${query} ${authorId} ${next}`);
}

function withId(lead: Lead | undefined): [string, Lead][] {
  return lead ? [[lead.id, lead]] : [];
}

function withReply(lead: Lead, replyId: string): Lead {
  const reply = `https://x.com/${lead.username}/status/${replyId}`;
  return { ...lead, details: { ...lead.details, reply } };
}
