/** From a command to a draft: the list is read, the message looked over, and what a campaign that is there allows is asked. */
import type { Planner } from "../../app/drafts/planner.ts";
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import type { ChannelChoice, Draft, ExistingCampaign } from "../../app/drafts/draft.ts";
import type { ListReport } from "../../app/lists/list-report.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Caps } from "../../domain/accounts/limits.ts";
import { joinedNames } from "../../words/joined.ts";
import { channelText } from "./campaign-lines.ts";
import type { Words } from "../../words/words.ts";
import { listProblemText, messageProblemText, reportLines } from "../lists/list-lines.ts";
import { knownSource } from "../audiences/known-source.ts";
import { choicesOf, unanswered } from "../lists/list-options.ts";
import type { Output } from "../output.ts";
import type { Former } from "./send-from.ts";
import { formerFor, takenOver } from "./send-from.ts";
import type { SendOptions } from "./send-request.ts";
import { sourceOf } from "./send-request.ts";
import type { ProgramParts } from "../program-parts.ts";
import { settingsIn } from "./send-settings.ts";
import { whenOf } from "./send-when.ts";
import { refuseAnother, termsFor } from "./send-terms.ts";

/** A command at work. */
interface Sending {
  /** What goes with the message that is given; absent: nothing is said of it. */
  readonly beside?: Draft["extras"];
  readonly options: SendOptions;
  readonly output: Output;
  readonly parts: Pick<ProgramParts, "interrupted" | "words">;
}

/** What `peyk send` is about to start. */
export interface Prepared {
  readonly draft: Draft;
  /** Absent: the campaign's own stays. */
  readonly consent: string | undefined;
  /** Rows that are no recipients. */
  readonly invalid: number;
}

/**
 * Makes the draft of a command and says what was read.
 * @param given The message; undefined: the campaign's own
 * @throws {SaidError} saying what is wrong with the command, the list or the message
 */
export async function prepareSend(
  asked: Sending,
  app: Planner,
  given: string | undefined,
): Promise<Prepared> {
  const { output, parts, beside } = asked;
  const { words } = parts;
  const former = await formerFor(asked.options, app, { output, words });
  const options = former
    ? { ...asked.options, channel: asked.options.channel ?? former.existing.channel }
    : asked.options;
  const sending = { ...asked, options };
  const channel = await channelOf(app, options.channel, words);
  const campaignId = await idFor(app, options.taskId, words);
  const existing = await app.existing(campaignId);
  if (former?.existing.id === campaignId)
    throw new SaidError(words.plain("cli-from-itself", { id: campaignId }));
  if (existing) refuseAnother(existing, channel.name, words);
  const message = given ?? (existing ?? former?.existing)?.message;
  if (message === undefined) throw new SaidError(words.plain("cli-no-message"));
  const consent = consentOf(options, { channel, existing, words });
  const terms = existing ? termsFor(existing, { options, channel, message: given, beside, words }) : {};
  const when = whenOf(options, app, { isNew: existing === undefined, words });
  const report = await importList(app, sending, { campaignId, former });
  for (const line of reportLines(report, words)) output.say(line);
  output.record({ ...report, kind: "list" });
  const { listId, origin } = report;
  const draft: Draft = {
    campaignId,
    listId,
    origin,
    message,
    channel: channel.name,
    ...withLimit(
      {
        accounts: channel.accounts,
        ...(former && !existing
          ? takenOver(former, channel, given !== undefined && options.textOnly === true)
          : {}),
      },
      options,
    ),
    ...(beside && Object.keys(beside).length > 0 ? { extras: beside } : {}),
    ...(await rulesIn(sending, app, campaignId)),
    ...settingsIn(options, { channel, words }),
    ...when,
    ...terms,
  };
  const columns = await columnsFor(app, draft, report, existing);
  await checkMessage(app, { draft, channel, columns, words });
  return { draft, consent, invalid: report.invalid };
}

/** @throws {SaidError} for a campaign that there is not: nobody would be left out */
async function rulesIn(
  { options: { notWithinDays, excludeCampaign = [] }, parts: { words } }: Sending,
  app: Planner,
  campaignId: string,
): Promise<Pick<Draft, "notWithinDays" | "excludes">> {
  const campaigns = excludeCampaign.length > 0 ? await app.campaigns() : [];
  const excludes = excludeCampaign.map((given) => {
    const meant = campaignMeant(campaigns, given);
    if (meant?.id === campaignId) throw new SaidError(words.plain("cli-exclude-itself", { id: given }));
    if (meant) return meant.id;
    throw new SaidError(words.plain("cli-exclude-unknown", { id: given }));
  });
  return {
    ...(notWithinDays === undefined ? {} : { notWithinDays }),
    ...(excludes.length > 0 ? { excludes } : {}),
  };
}

interface ConsentNeeds {
  readonly channel: Pick<ChannelChoice, "name" | "reachesPeople">;
  readonly existing: ExistingCampaign | undefined;
  readonly words: Words;
}

/** Where the permission comes from: said for a new campaign, and each time where real people are written to. */
export function consentOf(
  { consent }: Pick<SendOptions, "consent">,
  { channel: { name, reachesPeople }, existing, words }: ConsentNeeds,
): string | undefined {
  if (consent === undefined && !reachesPeople) return existing ? undefined : words.plain("cli-simulated");
  if (consent === undefined || consent.trim() === "")
    throw new SaidError(words.plain("cli-needs-consent", { channel: channelText(name, words) }));
  return consent;
}

/** A limit of the command counts for every account. */
function withLimit<T extends Pick<Draft, "accounts">>(draft: T, { maxPerAccount }: SendOptions): T {
  const accounts = draft.accounts.map(({ name, caps }) => ({ name, caps: limited(caps, maxPerAccount) }));
  return { ...draft, accounts };
}

function limited(caps: Caps, maxPerAccount: number | undefined): Caps {
  return maxPerAccount === undefined ? caps : { ...caps, perDay: maxPerAccount };
}

interface Looked {
  readonly draft: Draft;
  readonly channel: ChannelChoice;
  readonly columns: readonly string[];
  readonly words: Words;
}

async function checkMessage(app: Planner, { draft, channel, columns, words }: Looked): Promise<void> {
  const form = { channel, ...(draft.extras ? { extras: draft.extras } : {}) };
  const further = (draft.followUps ?? []).flatMap(({ message }) =>
    app.checkMessage(message, columns, channel.maxMessageLength),
  );
  const problems = [...app.checkMessage(draft.message, columns, form), ...further];
  if (problems.length === 0) return;
  await app.discardList(draft.listId);
  throw new SaidError(problems.map((one) => messageProblemText(one, words)).join("\n"));
}

/** Values of people the campaign knows already stand in its own lists: a list without them takes none away. */
async function columnsFor(
  app: Planner,
  draft: Draft,
  { columns }: ListReport,
  existing: ExistingCampaign | undefined,
): Promise<readonly string[]> {
  if (!existing) return columns;
  const { added } = await app.plan(draft);
  return added > 0 ? columns : [...new Set([...columns, ...existing.columns])];
}

async function channelOf(app: Planner, name: string, words: Words): Promise<ChannelChoice> {
  const channels = await app.channels();
  const channel = channels.find((one) => one.name === name);
  const known = channels.map((one) => one.name);
  const names = known.length === 0 ? words.plain("cli-none") : joinedNames(known, words);
  if (!channel) {
    if (name !== "x" && name !== "telegram" && name !== "webhook")
      throw new SaidError(words.plain("cli-no-channel-other", { name, names }));
    const needs = words.plain(`cli-needs-${name}`);
    throw new SaidError(words.plain("cli-no-channel", { name, names, needs }));
  }
  if (channel.accounts.length === 0)
    throw new SaidError(words.plain("cli-no-account", { channel: channelText(name, words) }));
  return channel;
}

/** The spelling in use counts: `Spring` and `spring` are one campaign. */
async function idFor(app: Planner, taskId: string | undefined, words: Words): Promise<string> {
  if (taskId === undefined) return app.newCampaignId();
  const named = await app.nameCampaign(taskId);
  if (named.ok) return named.id;
  const [one = "", other = ""] = named.ids;
  const ids = words.plain("cli-and", { one, other });
  throw new SaidError(words.plain(`cli-id-${named.problem}`, { id: taskId, ids }));
}

function nobodyText(source: string | undefined, words: Words): string {
  if (source === undefined) return words.plain("cli-nobody-subscribed");
  return words.plain("cli-nobody-subscribed-from", { source });
}

async function importList(
  app: Planner,
  { options, output, parts }: Sending,
  { campaignId, former }: { readonly campaignId: string; readonly former: Former | undefined },
): Promise<ListReport> {
  const list = former?.campaign.id ?? options.list;
  const source = former?.source ?? sourceOf(list);
  if (source.kind === "subscribers" && (await app.subscribers.count(source.source)) === 0)
    throw new SaidError(nobodyText(source.source, parts.words));
  const { channel } = options;
  const request = {
    source: await knownSource(app, source, { channel, words: parts.words }),
    campaignId,
    channel,
    choices: choicesOf(options),
  };
  const result = await app.importList(request, parts.interrupted);
  if (result.kind === "report") return result;
  if (result.problem === "question")
    throw unanswered(result.question, { file: list, output, words: parts.words });
  throw new SaidError(listProblemText(result, list, parts.words));
}
