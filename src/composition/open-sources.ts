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
import { openBlueskyRepliers } from "../sources/bluesky/repliers.ts";
import { openSimulatedCreators } from "../sources/simulator/simulated-creators.ts";
import { checkedSource } from "../sources/checked-source.ts";
import type { Source } from "../sources/source.ts";
import type { TikTokAccess } from "../sources/tiktok/providers.ts";
import { openTikTok } from "../sources/tiktok/tiktok.ts";
import { openXFollowers } from "../sources/x/followers.ts";
import { openXRepliers } from "../sources/x/repliers.ts";

/** What the sources are set up by; whatever is absent leaves its sources out. The whole configuration fits. */
export interface SourceSettings {
  /** Without it there is no TikTok. */
  readonly tiktok?: TikTokAccess;
  /** Bluesky's public service, without a slash at the end; it needs no key. */
  readonly blueskyApiBaseUrl?: string;
  /** X's API; default the real one. */
  readonly xApiBaseUrl?: string;
  /** Keys of the X accounts; without it there is no X. The first account asks for all. */
  readonly xAccountsFile?: string;
}

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
  const simulated = openSimulatedCreators({ clock });
  const all = [...x, ...openTikTokIn(settings, clock), ...openBluesky(settings, clock), simulated];
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
  return [openXFollowers(parts), openXRepliers(parts)];
}

function openTikTokIn({ tiktok: access }: SourceSettings, clock: Clock): Source[] {
  return access ? [openTikTok({ access, ask: createAskJson({ clock }), clock })] : [];
}

function openBluesky({ blueskyApiBaseUrl: baseUrl }: SourceSettings, clock: Clock): Source[] {
  if (baseUrl === undefined) return [];
  const parts = { baseUrl, ask: createAskJson({ clock }), clock };
  return [openBlueskyFollowers(parts), openBlueskyLikers(parts), openBlueskyRepliers(parts)];
}
