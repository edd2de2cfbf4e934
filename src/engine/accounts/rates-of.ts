import type { Channel } from "../../channels/channel.ts";
import type { Limit } from "../../domain/accounts/limits.ts";

/** What the platform allows an account, by its last word; by what it publishes while it has said nothing. */
export function ratesOf(channel: Channel, account: string): readonly Limit[] {
  return channel.limitsOf?.(account) ?? channel.manifest.publishedLimits;
}

/** The same in a form in which a change shows; how long is still to wait is none. */
export function toldLimits(channel: Channel, account: string): string {
  const limits = channel.limitsOf?.(account);
  if (!limits) return "";
  return limits.map((one) => `${one.count} ${one.kind === "sliding" ? one.freesAt : ""}`).join();
}
