/**
 * The one place that lists the sources: a new one is a folder under `sources/`, one entry here, and the contract suite
 * green. A source that is not set up here is simply absent.
 */
import { randomBytes } from "node:crypto";
import { readAccountsFile } from "../channels/x/accounts-file.ts";
import type { Clock } from "../lib/clock.ts";
import { createAskJson } from "../lib/http/http-json.ts";
import { createXClient } from "../lib/x-api/x-client.ts";
import { openBlueskyFollowers, openBlueskyLikers } from "../sources/bluesky/listed-people.ts";
import { openBlueskyPosts } from "../sources/bluesky/posts.ts";
import type { BlueskyParts } from "../sources/bluesky/questions.ts";
import { openBlueskyRepliers } from "../sources/bluesky/repliers.ts";
import type { BlueskyLogin } from "../sources/bluesky/session.ts";
import { BlueskySession } from "../sources/bluesky/session.ts";
import { openSimulatedCreators } from "../sources/simulator/simulated-creators.ts";
import { openSimulatedPosts } from "../sources/simulator/simulated-posts.ts";
import { checkedSource } from "../sources/checked-source.ts";
import type { Source } from "../sources/source.ts";
import type { TikTokAccess } from "../sources/tiktok/providers.ts";
import { openTikTok } from "../sources/tiktok/tiktok.ts";
import { openXFollowers } from "../sources/x/followers.ts";
import { openXPosts } from "../sources/x/posts.ts";
import { openXRepliers } from "../sources/x/repliers.ts";

/** What the sources are set up by; whatever is absent leaves its sources out. The whole configuration fits. */
export interface SourceSettings {
  /** Without it there is no TikTok. */
  readonly tiktok?: TikTokAccess;
  /** Bluesky's public service, without a slash at the end; it needs no key. */
  readonly blueskyApiBaseUrl?: string;
  /** The account that searches Bluesky for posts. */
  readonly blueskyLogin?: BlueskyLogin;
  /** X's API; default the real one. */
  readonly xApiBaseUrl?: string;
  /** Keys of the X accounts; without it there is no X. The first account asks for all. */
  readonly xAccountsFile?: string;
}

const PUBLIC_BLUESKY = "https://public.api.bsky.app";

export interface OpenSources extends AsyncDisposable {
  /** By the name in their manifests, in the order people are offered them. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Opens every source that is set up and asks nobody anything yet. Throws, with lines for people, when the file of X
 * accounts can't be used.
 */
export async function openSources({
  settings,
  clock,
}: {
  readonly settings: SourceSettings;
  readonly clock: Clock;
}): Promise<OpenSources> {
  const x = await openX(settings, clock);
  const simulated = [openSimulatedCreators({ clock }), openSimulatedPosts({ clock })];
  const all = [...x, ...openTikTokIn(settings, clock), ...openBluesky(settings, clock), ...simulated];
  return {
    sources: new Map(all.map((source) => [source.manifest.name, checkedSource(source)])),
    async [Symbol.asyncDispose]() {
      for (const source of all) await source[Symbol.asyncDispose]();
    },
  };
}

async function openX({ xAccountsFile, xApiBaseUrl }: SourceSettings, clock: Clock): Promise<Source[]> {
  if (xAccountsFile === undefined) return [];
  const [account] = await readAccountsFile(xAccountsFile);
  if (!account) return [];
  const client = createXClient({
    baseUrl: xApiBaseUrl ?? "https://api.x.com",
    clock,
    nonce: () => randomBytes(16).toString("hex"),
  });
  const parts = { client, keys: account.keys, clock };
  return [openXFollowers(parts), openXRepliers(parts), openXPosts(parts)];
}

function openTikTokIn({ tiktok: access }: SourceSettings, clock: Clock): Source[] {
  return access ? [openTikTok({ access, ask: createAskJson({ clock }), clock })] : [];
}

function openBluesky(settings: SourceSettings, clock: Clock): Source[] {
  const { blueskyApiBaseUrl: baseUrl } = settings;
  if (baseUrl === undefined) return [];
  const parts = { baseUrl, ask: createAskJson({ clock }), clock };
  const people = [openBlueskyFollowers(parts), openBlueskyLikers(parts), openBlueskyRepliers(parts)];
  return [...people, ...openPosts(settings, parts)];
}

/** Bluesky's public service shows posts to nobody who is not logged in: without a login only other servers are asked. */
function openPosts({ blueskyLogin: login }: SourceSettings, parts: BlueskyParts): Source[] {
  if (login)
    return [
      openBlueskyPosts({
        ...parts,
        baseUrl: login.serviceUrl,
        session: new BlueskySession({ ...parts, login }),
      }),
    ];
  return parts.baseUrl === PUBLIC_BLUESKY ? [] : [openBlueskyPosts(parts)];
}
