/**
 * `peyk change ID`: another text for those who are still to be written to; beside a running Peyk through it. What went with
 * the text before (formatting, a file, buttons) stays, and is said, unless the text is to stand alone.
 */
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { ChangeResult } from "../../app/campaigns/changing.ts";
import type { Campaign } from "../../domain/campaign.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking } from "../command.ts";
import { doneOr } from "../command.ts";
import { messageProblemText } from "../lists/list-lines.ts";
import type { Output } from "../output.ts";
import type { ProgramParts, TextRequest } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";
import { besideText } from "./beside-text.ts";
import { translationsIn } from "./languages.ts";
import type { LanguageOptions } from "./send-request.ts";
import { messageOf } from "./send-request.ts";
import { unknownCampaign } from "./status.ts";

/** Who changes what is changed here, as whoever starts here. */
const BY = "command line";

export interface ChangeOptions extends Json, LanguageOptions {
  readonly message?: string;
  readonly messageFile?: string;
  /** Formatting, file and buttons go. */
  readonly textOnly?: boolean;
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
  const { campaign, words } = await looking(async ({ app, words: spoken }) => {
    const found = campaignMeant(await app.campaigns(), given);
    if (!found) throw await unknownCampaign(app, given, spoken);
    return { campaign: found, words: spoken };
  });
  const { id } = campaign;
  const translations = await translationsIn(options, words);
  const isAsked = options.message !== undefined || options.messageFile !== undefined;
  const text =
    translations.length > 0 && !isAsked
      ? campaign.message
      : ((await messageOf({ ...options, list: "", channel: "" }, words)) ?? "");
  const request = requestFor(campaign, { text, translations }, options);
  const changed = doneOr(await change(request), `peyk status ${id}`, words);
  const { result } = changed;
  if (!result.ok) throw new SaidError(refusalText(id, result, words));
  const { revision, left } = result;
  output.say(words.plain("cli-changed", { id, revision, left }));
  const kept = keptText(campaign, request, words);
  if (kept !== undefined) output.say(kept);
  return { exitCode: DONE, summary: { taskId: id, revision, left } };
}

/** What is asked for: what goes with the text stays, unless it is told to stand alone. */
export function requestFor(
  { id: campaignId, revision = 0 }: Pick<Campaign, "id" | "revision">,
  { text, translations = [] }: Pick<TextRequest, "text" | "translations">,
  { textOnly = false }: ChangeOptions,
): TextRequest {
  const texts = translations.length > 0 ? { translations } : {};
  return { campaignId, text, ...texts, ...(textOnly ? {} : { keepsExtras: true }), revision, by: BY };
}

/** Says what stays with the new text; undefined where nothing does. */
export function keptText(
  { extras }: Pick<Campaign, "extras">,
  { keepsExtras }: TextRequest,
  words: Words,
): string | undefined {
  const beside = besideText((keepsExtras && extras) ?? {}, words);
  return beside === "" ? undefined : words.plain("cli-changed-beside", { beside });
}

function refusalText(id: string, result: Extract<ChangeResult, { ok: false }>, words: Words): string {
  if (result.problem !== "message") return words.plain(`cli-not-changed-${result.problem}`, { id });
  return result.problems.map((one) => messageProblemText(one, words)).join("\n");
}
