import type { SendRequest } from "../../channels/channel.ts";
import type { Claim } from "../../domain/journal.ts";
import type { SendingParts } from "./sending-parts.ts";

/** The request for a claim; its dedup key is the same for every attempt at this recipient. */
export function requestFor(claim: Claim, { texts }: Pick<SendingParts, "texts">): SendRequest {
  const { render, extras } = texts(claim.language);
  const { username, variables: values } = claim.recipient;
  return {
    account: claim.account,
    username,
    text: render(claim.recipient),
    dedupKey: `${claim.campaignId}:${username}`,
    values,
    ...(extras ? { extras } : {}),
  };
}
