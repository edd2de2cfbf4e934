/** `peyk change ID`: another text for those who are still to be written to; beside a running Peyk through it. */
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { ChangeResult } from "../../app/campaigns/changing.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking } from "../command.ts";
import { doneOr } from "../command.ts";
import { messageProblemText } from "../lists/list-lines.ts";
import type { Output } from "../output.ts";
import type { ProgramParts } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";
import { messageOf } from "./send-request.ts";
import { unknownCampaign } from "./status.ts";

/** Who changes what is changed here, as whoever starts here. */
const BY = "command line";

export interface ChangeOptions extends Json {
  readonly message?: string;
  readonly messageFile?: string;
}

interface Ways extends Pick<ProgramParts, "change"> {
  readonly looking: Looking;
}

/** @throws {SaidError} saying why nothing was changed */
export async function changeCampaign(
  { looking, change }: Ways,
  { id: given, ...options }: ChangeOptions & { readonly id: string },
  output: Output,
): Promise<Ending> {
  const { id, words } = await looking(async ({ app, words: spoken }) => {
    const campaign = campaignMeant(await app.campaigns(), given);
    if (!campaign) throw await unknownCampaign(app, given, spoken);
    return { id: campaign.id, words: spoken };
  });
  const text = (await messageOf({ ...options, list: "", channel: "" }, words)) ?? "";
  const changed = doneOr(await change({ campaignId: id, text, by: BY }), `peyk status ${id}`, words);
  const { result } = changed;
  if (!result.ok) throw new SaidError(refusalText(id, result, words));
  const { revision, left } = result;
  output.say(words.plain("cli-changed", { id, revision, left }));
  return { exitCode: DONE, summary: { taskId: id, revision, left } };
}

function refusalText(id: string, result: Extract<ChangeResult, { ok: false }>, words: Words): string {
  if (result.problem !== "message") return words.plain(`cli-not-changed-${result.problem}`, { id });
  return result.problems.map((one) => messageProblemText(one, words)).join("\n");
}
