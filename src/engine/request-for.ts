import type { SendRequest } from "../channels/channel.ts";
import type { Claim } from "../domain/journal.ts";
import type { RunnerParts } from "./runner-parts.ts";

/** The request for a claim; its dedup key is the same for every attempt at this recipient. */
export function requestFor(
  claim: Claim,
  { render, extras }: Pick<RunnerParts, "render" | "extras">,
): SendRequest {
  const { username } = claim.recipient;
  return {
    account: claim.account,
    username,
    text: render(claim.recipient),
    dedupKey: `${claim.campaignId}:${username}`,
    ...(extras ? { extras } : {}),
  };
}
