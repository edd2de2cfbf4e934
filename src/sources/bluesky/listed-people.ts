/** Sources whose people come as a list with a cursor: followers of an account, likers of a post. */
import { z } from "zod";
import { unreadableAmong } from "../../lib/log/unreadable.ts";
import type { Page, PageRequest, ParsedTarget, ShownPage, Source, SourceFault } from "../source.ts";
import { formatCursor, readCursor } from "./cursor.ts";
import { blueskyManifest } from "./manifest.ts";
import { nextIn } from "./next-cursor.ts";
import { didOf, leadOf, profileOf } from "./people.ts";
import type { BlueskyParts } from "./questions.ts";
import { askBluesky, unreadable } from "./questions.ts";
import { parseAccount, parsePost, partsOfPost, postAddress } from "./targets.ts";

/**
 * The most a page may hold. Never fewer: with small pages the service loses rows at the edges of bursts, e.g. 210 of
 * 250 followers in pages of 25 and all of them in pages of 100 (measured on its own server).
 */
const PAGE_SIZE = 100;

/** What tells one list from another. */
interface PeopleList {
  readonly name: "bluesky-followers" | "bluesky-likers";
  readonly targetKind: "account" | "post";
  readonly method: string;
  readonly parseTarget: (text: string) => ParsedTarget;
  /** The account in a target, by handle or DID. */
  readonly actorIn: (query: string) => string;
  /** Its profile tells how many followers there should be; of likers it tells nothing. */
  readonly find: typeof profileOf;
  /** What a target is, whichever handle or DID named it. */
  readonly identityOf: (query: string, did: string) => string;
  readonly parameters: (query: string, did: string) => Readonly<Record<string, string>>;
  /** People in an answer; undefined where it is unreadable. */
  readonly peopleIn: (body: unknown) => readonly unknown[] | undefined;
}

const followers: PeopleList = {
  name: "bluesky-followers",
  targetKind: "account",
  method: "app.bsky.graph.getFollowers",
  parseTarget: parseAccount,
  actorIn: (query) => query,
  find: profileOf,
  identityOf: (_query, did) => did,
  parameters: (_query, did) => ({ actor: did }),
  peopleIn: (body) => z.object({ followers: z.array(z.unknown()) }).safeParse(body).data?.followers,
};

const likers: PeopleList = {
  name: "bluesky-likers",
  targetKind: "post",
  method: "app.bsky.feed.getLikes",
  parseTarget: parsePost,
  actorIn: (query) => partsOfPost(query).actor,
  find: didOf,
  identityOf: (query, did) => postAddress(did, partsOfPost(query).key),
  parameters: (query, did) => ({ uri: postAddress(did, partsOfPost(query).key) }),
  peopleIn: (body) =>
    z
      .object({ likes: z.array(z.unknown()) })
      .safeParse(body)
      .data?.likes.map((like) => z.object({ actor: z.unknown() }).safeParse(like).data?.actor),
};

/** Opens the followers of accounts; it holds nothing that must be closed. */
export function openBlueskyFollowers(parts: BlueskyParts): Source {
  return open(followers, parts);
}

/** Opens the likers of posts; it holds nothing that must be closed. */
export function openBlueskyLikers(parts: BlueskyParts): Source {
  return open(likers, parts);
}

function open(list: PeopleList, parts: BlueskyParts): Source {
  return {
    manifest: blueskyManifest(list.name, list.targetKind, PAGE_SIZE),
    parseTarget: list.parseTarget,
    page: (request, signal) => page(list, parts, request, signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function page(
  list: PeopleList,
  parts: BlueskyParts,
  request: PageRequest,
  signal: AbortSignal,
): Promise<Page | SourceFault> {
  const start = await startOf(list, parts, request, signal);
  if (start.kind !== "start") return start;
  const { did, cursor, declaredTotal } = start;
  const parameters = {
    ...list.parameters(request.query, did),
    limit: String(PAGE_SIZE),
    ...(cursor === undefined ? {} : { cursor }),
  };
  const answered = await askBluesky(parts, list.method, parameters, signal);
  if (answered.kind === "fault") return answered.fault;
  const people = list.peopleIn(answered.body);
  if (!people) return unreadable;
  const shown = {
    leads: people.flatMap((person) => leadOf(person) ?? []),
    rows: people.length,
    ...unreadableAmong(people.filter((person) => leadOf(person) === undefined)),
    ...(cursor === undefined ? { identity: list.identityOf(request.query, did) } : {}),
    ...(declaredTotal === undefined ? {} : { declaredTotal }),
  };
  return withNext(shown, did, nextIn(answered.body, people.length === 0));
}

function withNext(shown: ShownPage, did: string, next: ReturnType<typeof nextIn>): Page | SourceFault {
  if (next === undefined) return { kind: "unclear", why: "blueskyNextUnclear", page: shown };
  if (next === "end") return { kind: "page", ...shown };
  return { kind: "page", ...shown, next: formatCursor({ did, cursor: next.cursor }) };
}

interface Start {
  readonly kind: "start";
  readonly did: string;
  readonly cursor?: string;
  readonly declaredTotal?: number;
}

async function startOf(
  list: PeopleList,
  parts: BlueskyParts,
  { query, cursor }: PageRequest,
  signal: AbortSignal,
): Promise<Start | SourceFault> {
  signal.throwIfAborted();
  if (cursor !== undefined) {
    const place = readCursor(cursor);
    return place ? { kind: "start", ...place } : { kind: "badCursor", why: "placeUnreadable" };
  }
  const profile = await list.find(parts, list.actorIn(query), signal);
  if (profile.kind !== "profile") return profile;
  const { did, followers: total } = profile;
  return { kind: "start", did, ...(total === undefined ? {} : { declaredTotal: total }) };
}
