/**
 * Bluesky's public service as a source of people: followers of an account, likers and repliers of a post. Owns what a
 * person is here, one DID whatever the handle, and the rule that pages are asked for at full size. Free, and no key.
 */
import type { SourceManifest } from "../source.ts";

/** Of one address on the internet (docs.bsky.app, rate limits). */
const callLimit = { count: 3000, windowMs: 5 * 60_000 };

/** What the three sources say of themselves. Nobody on Bluesky can be written to from here. */
export function blueskyManifest(
  name: string,
  targetKind: SourceManifest["targetKind"],
  pageSize: number,
): SourceManifest {
  return { name, targetKind, pageSize, callLimit };
}
