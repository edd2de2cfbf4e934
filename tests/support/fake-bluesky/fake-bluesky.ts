/**
 * A strict, stateful stand-in for Bluesky's public service on 127.0.0.1, which knows nothing of the code that calls it.
 *
 *   await using bluesky = await openFakeBluesky({ followers: { "star.test": 250 } });
 *   // BLUESKY_API_BASE_URL = bluesky.address
 *   bluesky.followersOf("star.test"); // DIDs that must be found
 *   bluesky.pagesAsked("app.bsky.graph.getFollowers"); // the calls, in order
 *
 * As on the real server the last page with rows still has a cursor, and the end is an empty page without one; a
 * malformed cursor is answered with 500. It lives in the process of the test and outlives every kill.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { LoggedCall, LoopbackCall, LoopbackFault, LoopbackReply, Sent } from "../loopback-server.ts";
import { openLoopbackServer } from "../loopback-server.ts";
import type { Actor, FakePost } from "./network.ts";
import { Network } from "./network.ts";
import type { Login } from "./logins.ts";
import { Logins } from "./logins.ts";
import type { SearchMood } from "./post-search.ts";
import { PostSearch } from "./post-search.ts";
import { whole, XrpcError } from "./xrpc-error.ts";
import { threadView } from "./thread-view.ts";

export interface FakeBlueskyOptions {
  /** Followers of handles: how many made-up people, or their handles, newest first. */
  readonly followers?: Readonly<Record<string, number | readonly string[]>>;
  readonly posts?: readonly FakePost[];
  /** Posts are shown only to this account, logged in with this password. */
  readonly login?: Login;
  /** How the n-th search comes out, from 1; as asked for where it says nothing. */
  readonly searchMood?: (search: number) => SearchMood | undefined;
  /** ms since the epoch; the wall clock unless a test brings its own. */
  readonly now?: () => number;
  /** What goes wrong, call by call. */
  readonly faults?: (call: LoopbackCall) => LoopbackFault | undefined;
}

export interface FakeBluesky extends AsyncDisposable {
  readonly address: string;
  readonly calls: readonly LoggedCall[];
  didOf(handle: string): string;
  followersOf(handle: string): readonly string[];
  /** Calls of one method, in order. */
  pagesAsked(method: string): readonly LoggedCall[];
  /** Somebody gets another handle and stays the same person. */
  rename(from: string, to: string): void;
  /** Somebody writes a post; answers its address. */
  write(author: string, text: string): string;
  /** Every login so far has run out, and can be renewed. */
  expireLogins(): void;
  /** Every login so far has run out for good. */
  forgetLogins(): void;
}

export async function openFakeBluesky(options: FakeBlueskyOptions): Promise<FakeBluesky> {
  const network = new Network(options.posts ?? []);
  for (const [handle, followers] of Object.entries(options.followers ?? {}))
    network.follow(handle, followers);
  const now = options.now ?? Date.now;
  const logins = new Logins(options.login);
  const search = new PostSearch(network, { mood: options.searchMood ?? (() => undefined) });
  const server = await openLoopbackServer({
    answer: (call, headers, sent) => answer({ network, logins, search }, call, { headers, sent }),
    faultOf: options.faults,
  });
  return {
    address: server.address,
    calls: server.calls,
    didOf: (handle) => network.actor(handle).did,
    followersOf: (handle) => network.actor(handle).followers.map(({ did }) => did),
    pagesAsked: (method) => server.calls.filter(({ path }) => path === `/xrpc/${method}`),
    rename: (from, to) => network.rename(from, to),
    write: (author, text) => network.write(author, text, now()),
    expireLogins: () => logins.expireAll(),
    forgetLogins: () => logins.forgetAll(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

type Query = Readonly<Record<string, string>>;

const limits = {
  "ratelimit-limit": "3000",
  "ratelimit-remaining": "2998",
  "ratelimit-policy": "3000;w=300",
};

interface Service {
  readonly network: Network;
  readonly logins: Logins;
  readonly search: PostSearch;
}

interface Came {
  readonly headers: IncomingHttpHeaders;
  readonly sent: Sent;
}

function answer(service: Service, { path, query }: LoopbackCall, came: Came): LoopbackReply {
  const method = path.replace("/xrpc/", "");
  try {
    const body = guardedBody(service, method, came) ?? answerBody(service.network, method, query);
    return { status: 200, body, headers: limits };
  } catch (error) {
    if (!(error instanceof XrpcError)) throw error;
    return { status: error.status, body: { error: error.error, message: error.message }, headers: limits };
  }
}

/** What asks for a login, or is one; undefined for everything else. */
function guardedBody(
  { logins, search }: Service,
  method: string,
  { headers, sent }: Came,
): object | undefined {
  switch (method) {
    case "com.atproto.server.createSession":
      return logins.create(sent);
    case "com.atproto.server.refreshSession":
      return logins.refresh(sent, headers.authorization);
    case "app.bsky.feed.searchPosts":
      logins.check(headers.authorization);
      return search.answer(sent.parameters, actorView);
    default:
      return undefined;
  }
}

function answerBody(network: Network, method: string, query: Query): object {
  switch (method) {
    case "app.bsky.actor.getProfile": {
      const actor = found(network, query["actor"]);
      return { ...actorView(actor), followersCount: actor.followers.length, followsCount: 0, postsCount: 0 };
    }
    case "app.bsky.graph.getFollowers": {
      const actor = found(network, query["actor"]);
      const { rows, cursor } = pageOf(actor.followers, query);
      return { subject: actorView(actor), followers: rows.map(actorView), ...cursor };
    }
    case "app.bsky.feed.getLikes": {
      const post = network.post(query["uri"] ?? "");
      // A post that is not there has no likes: the real server says nothing of it either.
      const { rows, cursor } = pageOf(post?.likers ?? [], query);
      const createdAt = "2026-01-01T00:00:00.000Z";
      const likes = rows.map((actor) => ({ actor: actorView(actor), createdAt, indexedAt: createdAt }));
      return { uri: query["uri"], likes, ...cursor };
    }
    case "app.bsky.feed.getPostThread": {
      const post = network.post(query["uri"] ?? "");
      if (!post) throw new XrpcError(400, "NotFound", `Post not found: ${query["uri"]}`);
      const depth = whole(query["depth"] ?? "6", "depth", 1000);
      whole(query["parentHeight"] ?? "80", "parentHeight", 1000);
      return { thread: threadView(post, depth, actorView) };
    }
    default:
      throw new XrpcError(404, "XRPCNotSupported", "XRPCNotSupported");
  }
}

function found(network: Network, actor: string | undefined): Actor {
  const known = actor === undefined ? undefined : network.find(actor);
  if (!known) throw new XrpcError(400, "InvalidRequest", `Actor not found: ${actor ?? ""}`);
  return known;
}

/** The last page with rows still has a cursor; the end is an empty page without one. */
function pageOf(
  all: readonly Actor[],
  query: Query,
): { rows: readonly Actor[]; cursor: { cursor?: string } } {
  const limit = whole(query["limit"] ?? "50", "limit", 100);
  if (limit < 1) throw new XrpcError(400, "InvalidRequest", "Error: limit can not be less than 1");
  const start = query["cursor"] === undefined ? 0 : placeIn(query["cursor"]);
  const rows = all.slice(start, start + limit);
  const end = start + rows.length;
  return { rows, cursor: rows.length === 0 ? {} : { cursor: `1767225600000__bafyrei${end}` } };
}

function placeIn(cursor: string): number {
  const [, place] = /^\d{13}__bafyrei(\d+)$/.exec(cursor) ?? [];
  if (place === undefined) throw new XrpcError(500, "InternalServerError", "Internal Server Error");
  return Number(place);
}

/** As the server really gives it: what a person did not fill in is absent. */
function actorView({ did, handle, displayName }: Actor): object {
  const named = displayName === undefined ? {} : { displayName };
  return { did, handle, ...named, associated: { chat: { allowIncoming: "all" } }, labels: [] };
}
