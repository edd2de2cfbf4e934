import type { SendRequest } from "../../channels/channel.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { Claim } from "../../domain/journal.ts";
import { messageOf } from "../../domain/message-at.ts";
import type { EngineParts } from "../engine-parts.ts";
import { messageTexts } from "../turns/message-texts.ts";
import { requestFor } from "../turns/request-for.ts";

/** The request that was, or would have been, sent for a claim: in the campaign's words of that moment. */
export function requestThen(
  claim: Claim,
  campaign: Campaign,
  parts: Pick<EngineParts, "renderer" | "campaigns">,
): SendRequest {
  return requestFor(claim, {
    texts: messageTexts({ id: campaign.id, ...messageOf(campaign, claim) }, parts),
  });
}
