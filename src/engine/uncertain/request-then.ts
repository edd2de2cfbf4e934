import type { SendRequest } from "../../channels/channel.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { Claim } from "../../domain/journal.ts";
import { messageOf } from "../../domain/message-at.ts";
import type { EngineParts } from "../engine-parts.ts";
import { messageExtras } from "../turns/message-extras.ts";
import { requestFor } from "../turns/request-for.ts";

/** The request that was, or would have been, sent for a claim: in the campaign's words of that moment. */
export function requestThen(
  claim: Claim,
  campaign: Campaign,
  { renderer, campaigns }: Pick<EngineParts, "renderer" | "campaigns">,
): SendRequest {
  const then = { id: campaign.id, ...messageOf(campaign, claim) };
  return requestFor(claim, { render: renderer(then), extras: messageExtras(then, campaigns) });
}
