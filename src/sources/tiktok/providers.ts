/** How each data provider is asked for a page of a keyword search. */
import type { JsonQuestion } from "../../lib/http/http-json.ts";

export const tiktokProviders = ["scrapecreators", "ensembledata", "sociavault"] as const;
export type TikTokProvider = (typeof tiktokProviders)[number];

export interface TikTokAccess {
  readonly provider: TikTokProvider;
  /** Without a slash at the end; absent: the provider's own. */
  readonly baseUrl?: string;
  /** A secret. */
  readonly key: string;
}

/** Widest stretch of days that EnsembleData can be asked for (ensembledata.com/guide, keyword search). */
const PERIOD_DAYS = "180";

/**
 * Makes the question for a page.
 * @param cursor As the page before gave it; absent for the first one
 */
export function questionFor(access: TikTokAccess, keywords: string, cursor?: string): JsonQuestion {
  const base = access.baseUrl ?? homeOf(access.provider);
  const continued = cursor === undefined ? {} : { cursor };
  switch (access.provider) {
    case "scrapecreators":
      return {
        // Trimmed pages are some tenth of the size and hold all that is needed.
        url: address(base, "/v1/tiktok/search/keyword", { query: keywords, ...continued, trim: "true" }),
        headers: { "x-api-key": access.key },
      };
    case "sociavault":
      return {
        url: address(base, "/v1/scrape/tiktok/search/keyword", { query: keywords, ...continued }),
        headers: { "x-api-key": access.key },
      };
    case "ensembledata":
      return {
        url: address(base, "/apis/tt/keyword/search", {
          name: keywords,
          period: PERIOD_DAYS,
          cursor: cursor ?? "0",
          token: access.key,
        }),
      };
  }
}

function homeOf(provider: TikTokProvider): string {
  switch (provider) {
    case "scrapecreators":
      return "https://api.scrapecreators.com";
    case "sociavault":
      return "https://api.sociavault.com";
    case "ensembledata":
      return "https://ensembledata.com";
  }
}

function address(base: string, path: string, parameters: Readonly<Record<string, string>>): URL {
  return new URL(`${base}${path}?${new URLSearchParams(parameters).toString()}`);
}
