/**
 * People who replied below a post, replies to replies included, without the post's own author. The service gives the
 * whole thread at once; a thread with more people than a page holds is asked for again for each page. People stand in
 * the order of their first reply, and a page goes on behind a person and not behind a number of them: whatever is deleted
 * or written in between, nobody slips through.
 */
import { z } from "zod";
import { unreadableAmong } from "../../lib/log/unreadable.ts";
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
  post: z
    .object({ author: z.unknown().optional(), uri: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
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
  { query, cursor }: PageRequest,
  signal: AbortSignal,
): Promise<Page | SourceFault> {
  signal.throwIfAborted();
  const after = cursor === undefined ? FIRST : readPlace(cursor);
  if (!after) return { kind: "badCursor", why: "placeUnreadable" };
  const { actor, key } = partsOfPost(query);
  const author = await didOf(parts, actor, signal);
  if (author.kind !== "profile") return author;
  const parameters = { uri: postAddress(author.did, key), depth: DEPTH, parentHeight: "0" };
  const answered = await askBluesky(parts, "app.bsky.feed.getPostThread", parameters, signal);
  if (answered.kind === "fault") return answered.fault;
  const thread = threadSchema.safeParse(answered.body).data?.thread;
  if (!thread) return unreadable;
  if (!thread.post) return { kind: "targetGone", why: "blueskyHidden" };
  const shown = pageOf(repliersIn(thread.replies ?? [], author.did), after);
  return after === FIRST ? { ...shown, identity: parameters.uri } : shown;
}

/** Where somebody stands: by the key of their first reply, which tells when it was written, and by who they are. */
interface Place {
  readonly key: string;
  readonly did: string;
}

const FIRST: Place = { key: "", did: "" };

function formatPlace({ key, did }: Place): string {
  return `after ${key} ${did}`;
}

function readPlace(text: string): Place | undefined {
  const [, key, did] = /^after (\S*) (did:\S+)$/.exec(text) ?? [];
  return key === undefined || did === undefined ? undefined : { key, did };
}

function compare(a: Place, b: Place): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.did === b.did ? 0 : a.did < b.did ? -1 : 1;
}

interface Replier extends Place {
  readonly lead: Lead;
  /** Replies by this person. */
  readonly rows: number;
}

interface Repliers {
  readonly people: readonly Replier[];
  /** Replies of the post's own author. */
  readonly own: number;
  /** Authors that can't be read. */
  readonly unread: readonly unknown[];
}

/** Everybody below a post, each once; goes down without recursion, however deep it is. */
function repliersIn(replies: readonly unknown[], authorId: string): Repliers {
  const people = new Map<string, Replier>();
  const unread: unknown[] = [];
  const left = [...replies];
  let own = 0;
  while (left.length > 0) {
    const node = nodeSchema.safeParse(left.pop()).data;
    for (const reply of node?.replies ?? []) left.push(reply);
    if (!node?.post) continue;
    const lead = leadOf(node.post.author);
    if (!lead) unread.push(node.post.author);
    else if (lead.id === authorId) own += 1;
    else people.set(lead.id, withReply(people.get(lead.id), lead, keyOf(node.post.uri)));
  }
  return { people: [...people.values()].toSorted(compare), own, unread };
}

function withReply(known: Replier | undefined, lead: Lead, key: string): Replier {
  if (!known) return { lead, did: lead.id, key, rows: 1 };
  return { ...known, key: key < known.key ? key : known.key, rows: known.rows + 1 };
}

function keyOf(uri = ""): string {
  return /[^/\s]*$/.exec(uri)?.[0] ?? "";
}

function pageOf({ people, own, unread }: Repliers, after: Place): Page {
  const left = people.filter((one) => compare(one, after) > 0);
  const here = left.slice(0, PAGE_SIZE);
  const last = here.at(-1);
  const replies = here.reduce((sum, { rows }) => sum + rows, 0);
  const beside = after === FIRST ? own + unread.length : 0;
  return {
    kind: "page",
    leads: here.map(({ lead }) => lead),
    rows: replies + beside,
    again: replies - here.length,
    ...unreadableAmong(after === FIRST ? unread : []),
    ...(last && left.length > here.length ? { next: formatPlace(last) } : {}),
  };
}
