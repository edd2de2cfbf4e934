/**
 * `peyk send --from ID`: a new campaign from an old one. Its people, text and settings are taken unless the command says
 * otherwise; consent is asked anew.
 */
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { ChannelChoice, Draft, ExistingCampaign } from "../../app/drafts/draft.ts";
import type { Planner } from "../../app/drafts/planner.ts";
import type { ListSource } from "../../app/lists/list-report.ts";
import type { AgainGroup } from "../../domain/again.ts";
import type { Campaign } from "../../domain/campaign.ts";
import { settingsOf } from "../../domain/settings/settings.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import type { Output } from "../output.ts";
import type { FormerState } from "./former-states.ts";
import type { SendOptions } from "./send-request.ts";
import { unknownCampaign } from "./status.ts";

export interface Former {
  readonly existing: ExistingCampaign;
  readonly campaign: Campaign;
  readonly source: ListSource;
}

/** What a command needs to say for itself. @throws {SaidError} naming the option that is missing or too much */
export function checkWhom(
  { list, from, states, channel }: Partial<Pick<SendOptions, "list" | "from" | "states" | "channel">>,
  words: Words,
): void {
  const missing = (text: string): SaidError =>
    new SaidError(
      [
        words.plain("cli-usage-missingMandatoryOptionValue", { text }),
        words.plain("cli-help-after-error"),
      ].join("\n"),
    );
  if (list !== undefined && from !== undefined) throw new SaidError(words.plain("cli-from-and-list"));
  if (list === undefined && from === undefined) throw missing("--list <file>");
  if (states !== undefined && from === undefined) throw missing("--from <id>");
  if (channel === undefined && from === undefined) throw missing("--channel <name>");
}

/**
 * The old campaign, and those of it who are meant; undefined where the command names none.
 * @throws {SaidError} when there is no such campaign, or nobody of it is in these states
 */
export async function formerFor(
  { from, states = ["everyone"] }: Pick<SendOptions, "from" | "states">,
  app: Planner,
  { output, words }: { readonly output: Output; readonly words: Words },
): Promise<Former | undefined> {
  if (from === undefined) return undefined;
  const campaign = campaignMeant(await app.campaigns(), from);
  const existing = campaign && (await app.existing(campaign.id));
  const counts = campaign && (await app.againGroups(campaign.id));
  if (!existing || !counts) throw await unknownCampaign(app, from, words);
  const groups = [...new Set(states.map(groupOf))];
  const [group = "everyone", ...also] = groups;
  if (groups.every((one) => counts[one] === 0))
    throw new SaidError(words.plain("cli-from-nobody", { id: campaign.id }));
  if (counts.uncertain > 0 && groups.some((one) => one === "everyone" || one === "uncertain"))
    output.say(words.plain("again-uncertain", { count: counts.uncertain }));
  return { existing, campaign, source: { kind: "campaign", id: campaign.id, group, also } };
}

function groupOf(state: FormerState): AgainGroup {
  return state === "planned" ? "neverTried" : state;
}

/** What a new campaign takes over, before the command's own options. @param isAlone The command's text stands alone */
export function takenOver(
  { existing, campaign }: Former,
  channel: ChannelChoice,
  isAlone: boolean,
): Partial<Pick<Draft, "extras" | "accounts" | "notWithinDays">> {
  const { notWithinDays } = campaign;
  const known = campaign.channel === channel.name ? campaign.accounts : [];
  const accounts = channel.accounts.flatMap(({ name }) => known.filter((one) => one.name === name));
  return {
    ...settingsOf(campaign),
    ...(notWithinDays === undefined ? {} : { notWithinDays }),
    ...(!isAlone && existing.extras ? { extras: existing.extras } : {}),
    ...(accounts.length > 0 ? { accounts } : {}),
  };
}
