/** From a command to a draft: the list is read, the message looked over, and what a campaign that is there allows is asked. */
import type { App } from "../../app/app.ts";
import { campaignMeant, idProblemText } from "../../app/campaigns/campaign-id.ts";
import type { ChannelChoice, Draft, ExistingCampaign } from "../../app/drafts/draft.ts";
import type { ListReport } from "../../app/lists/list-report.ts";
import { ValidationError } from "../../domain/errors.ts";
import type { Caps } from "../../domain/accounts/limits.ts";
import { listProblemText, messageProblemText, reportLines } from "../lists/list-lines.ts";
import { choicesOf, unanswered } from "../lists/list-options.ts";
import type { Output } from "../output.ts";
import type { SendOptions } from "./send-request.ts";
import { NO_MESSAGE, sourceOf } from "./send-request.ts";
import type { ProgramParts } from "../program-parts.ts";
import { refuseAnother, termsFor } from "./send-terms.ts";

const SIMULATED = "Simulated recipients; nobody real is written to.";

/** What a channel that is absent lacks. */
const howToSetUp: ReadonlyMap<string, string> = new Map([
  ["telegram", "It needs BOT_TOKEN, the token of your bot. "],
  ["x", "It needs X_ACCOUNTS_FILE, a file with the keys of your accounts. "],
]);

/** A command at work. */
interface Sending {
  readonly options: SendOptions;
  readonly output: Output;
  readonly parts: Pick<ProgramParts, "interrupted">;
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
 * @throws {ValidationError} saying what is wrong with the command, the list or the message
 */
export async function prepareSend(sending: Sending, app: App, given: string | undefined): Promise<Prepared> {
  const { options, output } = sending;
  const channel = await channelOf(app, options.channel);
  const campaignId = await idFor(app, options.taskId);
  const existing = await app.existing(campaignId);
  if (existing) refuseAnother(existing, channel.name);
  const message = given ?? existing?.message;
  if (message === undefined) throw new ValidationError(NO_MESSAGE);
  const consent = consentOf(options, channel, existing);
  const terms = existing ? termsFor(existing, { options, channel, message: given }) : {};
  const report = await importList(app, sending, campaignId);
  for (const line of reportLines(report)) output.say(line);
  output.record({ ...report, kind: "list" });
  const { listId, origin } = report;
  const draft: Draft = {
    campaignId,
    listId,
    origin,
    message,
    channel: channel.name,
    accounts: accountsFor(options, channel),
    ...rulesIn(app, options, campaignId),
    ...terms,
  };
  await checkMessage(app, { draft, channel, columns: await columnsFor(app, draft, report, existing) });
  return { draft, consent, invalid: report.invalid };
}

/** @throws {ValidationError} for a campaign that there is not: nobody would be left out */
function rulesIn(
  app: App,
  { notWithinDays, excludeCampaign = [] }: SendOptions,
  campaignId: string,
): Pick<Draft, "notWithinDays" | "excludes"> {
  const excludes = excludeCampaign.map((given) => {
    const meant = campaignMeant(app.campaigns(), given);
    if (meant?.id === campaignId)
      throw new ValidationError(
        `--exclude-campaign ${given} is the campaign itself: it writes to nobody twice.`,
      );
    if (meant) return meant.id;
    throw new ValidationError(`--exclude-campaign ${given}: there is no such campaign. See peyk status.`);
  });
  return {
    ...(notWithinDays === undefined ? {} : { notWithinDays }),
    ...(excludes.length > 0 ? { excludes } : {}),
  };
}

/** Where the permission comes from: said for a new campaign, and each time where real people are written to. */
function consentOf(
  { consent }: SendOptions,
  { name, reachesPeople }: ChannelChoice,
  existing: ExistingCampaign | undefined,
): string | undefined {
  if (consent === undefined && !reachesPeople) return existing ? undefined : SIMULATED;
  if (consent === undefined || consent.trim() === "")
    throw new ValidationError(
      `${name} reaches real people. Say with --consent where the permission to write to them comes from.`,
    );
  return consent;
}

function accountsFor({ maxPerAccount }: SendOptions, { accounts }: ChannelChoice): Draft["accounts"] {
  return accounts.map(({ name, caps }) => ({ name, caps: limited(caps, maxPerAccount) }));
}

function limited(caps: Caps, maxPerAccount: number | undefined): Caps {
  return maxPerAccount === undefined ? caps : { ...caps, perDay: maxPerAccount };
}

interface Looked {
  readonly draft: Draft;
  readonly channel: ChannelChoice;
  readonly columns: readonly string[];
}

async function checkMessage(app: App, { draft, channel, columns }: Looked): Promise<void> {
  const form = { channel, ...(draft.extras ? { extras: draft.extras } : {}) };
  const problems = app.checkMessage(draft.message, columns, form);
  if (problems.length === 0) return;
  await app.discardList(draft.listId);
  throw new ValidationError(problems.map(messageProblemText).join("\n"));
}

/** Values of people the campaign knows already stand in its own lists: a list without them takes none away. */
async function columnsFor(
  app: App,
  draft: Draft,
  { columns }: ListReport,
  existing: ExistingCampaign | undefined,
): Promise<readonly string[]> {
  if (!existing) return columns;
  const { added } = await app.plan(draft);
  return added > 0 ? columns : [...new Set([...columns, ...existing.columns])];
}

async function channelOf(app: App, name: string): Promise<ChannelChoice> {
  const channels = await app.channels();
  const channel = channels.find((one) => one.name === name);
  const names = channels.map((one) => one.name).join(", ");
  if (!channel)
    throw new ValidationError(
      `--channel ${name} is not set up here. ${howToSetUp.get(name) ?? ""}There is: ${names || "none"}.`,
    );
  if (channel.accounts.length === 0)
    throw new ValidationError(`${name} has no account to send through. Add one to its settings.`);
  return channel;
}

/** The spelling in use counts: `Spring` and `spring` are one campaign. */
async function idFor(app: App, taskId: string | undefined): Promise<string> {
  if (taskId === undefined) return app.newCampaignId();
  const named = await app.nameCampaign(taskId);
  if (named.ok) return named.id;
  throw new ValidationError(`--task-id ${idProblemText(taskId, named)}`);
}

function nobodyText(source: string | undefined): string {
  const from = source === undefined ? "" : ` from ${source}`;
  return `--list: nobody${from} is subscribed. People subscribe by pressing Start on the bot.`;
}

async function importList(
  app: App,
  { options, output, parts }: Sending,
  campaignId: string,
): Promise<ListReport> {
  const { list } = options;
  const source = sourceOf(list);
  if (source.kind === "subscribers" && app.subscribers.count(source.source) === 0)
    throw new ValidationError(nobodyText(source.source));
  const { channel } = options;
  const request = { source, campaignId, channel, choices: choicesOf(options) };
  const result = await app.importList(request, parts.interrupted);
  if (result.kind === "report") return result;
  if (result.problem === "question") throw unanswered(result.question, list, output);
  throw new ValidationError(listProblemText(result, list));
}
