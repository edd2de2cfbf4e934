/**
 * The one place that lists the sources of leads: a new one is a folder under `sources/`, one line in `openers`, and the
 * contract suite green. A source that is not set up here is simply absent.
 */
import type { Clock } from "./lib/clock.ts";
import { createAskJson } from "./lib/http-json.ts";
import type { Source } from "./sources/source.ts";
import type { TikTokProvider } from "./sources/tiktok/providers.ts";
import { openTikTok } from "./sources/tiktok/tiktok.ts";

/** What the sources are set up by; whatever is absent leaves its source out. */
export interface SourceSettings {
  readonly tiktokProvider?: TikTokProvider;
  /** Another address than the provider's own. */
  readonly tiktokApiBaseUrl?: string;
  /** A secret; without it there is no TikTok. */
  readonly tiktokApiKey?: string;
  readonly blueskyApiBaseUrl?: string;
  readonly xApiBaseUrl?: string;
  readonly xAccountsFile?: string;
}

/** What a source may be made of. */
export interface SourceParts {
  readonly settings: SourceSettings;
  readonly clock: Clock;
}

/** Opens sources of one kind; none when they are not set up here. */
export type SourceOpener = (parts: SourceParts) => Promise<readonly Source[]>;

/** Every source there is, in the order people are offered them. */
const openers: readonly SourceOpener[] = [openTikTokSearch];

export interface OpenSources extends AsyncDisposable {
  /** By the name in their manifests. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** Opens every source that is set up; when one can't be, those already open are closed and its error thrown. */
export async function openSources(parts: SourceParts, from = openers): Promise<OpenSources> {
  const sources = new Map<string, Source>();
  const close = async (): Promise<void> => {
    for (const source of sources.values()) await source[Symbol.asyncDispose]();
  };
  try {
    for (const open of from)
      for (const source of await open(parts)) sources.set(source.manifest.name, source);
  } catch (error) {
    await close();
    throw error;
  }
  return { sources, [Symbol.asyncDispose]: close };
}

function openTikTokSearch({ settings, clock }: SourceParts): Promise<readonly Source[]> {
  const {
    tiktokProvider: provider = "scrapecreators",
    tiktokApiBaseUrl: baseUrl,
    tiktokApiKey: key,
  } = settings;
  if (key === undefined) return Promise.resolve([]);
  const access = { provider, key, ...(baseUrl === undefined ? {} : { baseUrl }) };
  return Promise.resolve([openTikTok({ access, ask: createAskJson({ clock }), clock })]);
}
