import type { Channel } from "../channels/channel.ts";
import type { Limit } from "../domain/limits.ts";

/** What the platform allows an account, by its last word; by what it publishes while it has said nothing. */
export function ratesOf(channel: Channel, account: string): readonly Limit[] {
  return channel.limitsOf?.(account) ?? channel.manifest.publishedLimits;
}
