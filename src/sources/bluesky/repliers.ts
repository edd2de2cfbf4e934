/**
 * People who replied below a post, replies to replies included, without the post's own author. The service gives the
 * whole thread at once; a thread with more people than a page holds is asked for again for each page.
 */
import { z } from "zod";
import type { Lead } from "../../domain/collecting/lead.ts";
import type { Page, PageRequest, Source, SourceFault } from "../source.ts";
import { blueskyManifest } from "./manifest.ts";
import { didOf, leadOf } from "./people.ts";
import type { BlueskyParts } from "./questions.ts";
import { askBluesky, unreadable } from "./questions.ts";
import { parsePost, partsOfPost, postAddress } from "./targets.ts";

const PAGE_SIZE = 1000;
/** The deepest thread that can be asked for. */
const DEPTH = "1000";

/** A post that is blocked or deleted has no author; whoever replied below it is found all the same. */
const nodeSchema = z.object({
  post: z.object({ author: z.unknown() }).optional().catch(undefined),
  replies: z.array(z.unknown()).optional().catch(undefined),
});
const threadSchema = z.object({ thread: nodeSchema });

/** Opens the repliers of posts; it holds nothing that must be closed. */
export function openBlueskyRepliers(parts: BlueskyParts): Source {
  return {
    manifest: blueskyManifest("bluesky-repliers", "post", PAGE_SIZE),
    parseTarget: parsePost,
    page: (request, signal) => page(parts, request, signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function page(
  parts: BlueskyParts,
  { query, cursor = "0" }: PageRequest,
  signal: AbortSignal,
): Promise<Page | SourceFault> {
  signal.throwIfAborted();
  if (!/^\d{1,9}$/.test(cursor)) return { kind: "badCursor", why: "the place to go on from can't be read" };
  const { actor, key } = partsOfPost(query);
  const author = await didOf(parts, actor, signal);
  if (author.kind !== "profile") return author;
  const parameters = { uri: postAddress(author.did, key), depth: DEPTH, parentHeight: "0" };
  const answered = await askBluesky(parts, "app.bsky.feed.getPostThread", parameters, signal);
  if (answered.kind === "fault") return answered.fault;
  const thread = threadSchema.safeParse(answered.body).data?.thread;
  if (!thread) return unreadable;
  if (!thread.post) return { kind: "targetGone", why: "Bluesky does not show this account or post" };
  return pageOf(repliersIn(thread.replies ?? [], author.did), Number(cursor));
}

interface Repliers {
  readonly people: readonly Lead[];
  readonly replies: number;
}

/** Everybody below a post, each once, in the order of the thread; goes down without recursion, however deep it is. */
function repliersIn(replies: readonly unknown[], authorId: string): Repliers {
  const people = new Map<string, Lead>();
  const left = replies.toReversed();
  let count = 0;
  while (left.length > 0) {
    const node = nodeSchema.safeParse(left.pop()).data;
    if (node?.post) count += 1;
    for (const lead of leadOf(node?.post?.author))
      if (lead.id !== authorId && !people.has(lead.id)) people.set(lead.id, lead);
    for (const reply of (node?.replies ?? []).toReversed()) left.push(reply);
  }
  return { people: [...people.values()], replies: count };
}

/** @param start How many people the pages before held */
function pageOf({ people, replies }: Repliers, start: number): Page {
  const leads = people.slice(start, start + PAGE_SIZE);
  const end = start + leads.length;
  const next = end < people.length ? { next: String(end) } : {};
  return { kind: "page", leads, rows: start === 0 ? replies : leads.length, ...next };
}
