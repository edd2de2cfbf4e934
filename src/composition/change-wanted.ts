import type { ChangeRequest } from "../app/campaigns/changing.ts";
import type { TextRequest } from "../cli/program-parts.ts";

/** Another text as the application is asked for it, by the process that does it. */
export function changeWanted({ by, revision, ...message }: Omit<TextRequest, "campaignId">): ChangeRequest {
  return { message, by, ...(revision === undefined ? {} : { revision }) };
}
