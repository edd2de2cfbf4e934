/** From the options of a {@link CampaignSender} to the draft it starts, and why it can't. */
import type { App } from "../app/app.ts";
import { campaignMeant, idProblemText } from "../app/campaigns/campaign-id.ts";
import type { ChannelChoice, Draft, DraftTerms, StartResult, ExistingCampaign } from "../app/drafts/draft.ts";
import { ValidationError } from "../domain/errors.ts";
import { withTexts } from "../domain/languages/text-in.ts";
import { whenOf } from "./when-of-options.ts";
import type { CampaignSettings } from "../domain/settings/settings.ts";
import { settingsOf } from "../domain/settings/settings.ts";
import type { FollowUpProblem } from "../app/follow-ups/check-follow-ups.ts";
import { followUpProblem } from "../app/follow-ups/check-follow-ups.ts";
import { LONGEST_FOLLOW_UP_DAYS, MOST_FOLLOW_UPS } from "../domain/settings/follow-up.ts";
import { firstFew } from "../domain/settings/try-first.ts";
import type { CampaignSenderOptions } from "./options.ts";

/** Who starts and pauses what this library starts and pauses. */
export const BY = "library";

/** Answers the task id. The spelling in use counts: `Spring` and `spring` are one campaign. */
export async function idFor(app: App, taskId: string | undefined): Promise<string> {
  if (taskId === undefined) return app.newCampaignId();
  const named = await app.nameCampaign(taskId);
  if (named.ok) return named.id;
  throw new ValidationError(`taskId: ${idProblemText(taskId, named)}`);
}

/**
 * Makes the draft; its list is stored.
 * @throws {ValidationError} naming the option that is wrong, or that a campaign which is there does not allow
 */
export async function prepared(
  app: App,
  campaignId: string,
  usernames: readonly string[],
  options: CampaignSenderOptions,
): Promise<{ readonly draft: Draft; readonly consent: Parameters<App["start"]>[1] }> {
  const { message, channel: name = "simulator", maxPerAccount } = options;
  const channel = (await app.channels()).find((one) => one.name === name);
  if (!channel) throw new ValidationError(`channel: ${name} is not set up here.`);
  if (options.spendCap !== undefined && channel.isCharged !== true)
    throw new ValidationError(`spendCap: ${name} charges nothing, so nothing could reach the cap.`);
  const problem = followUpProblem(options.followUps ?? [], channel);
  if (problem) throw new ValidationError(`followUps: ${followUpProblems[problem]}`);
  const existing = await app.existing(campaignId);
  if (existing && existing.channel !== name)
    throw new ValidationError(`taskId: ${campaignId} goes through ${existing.channel}, not ${name}.`);
  const accounts = options.accounts.map((account) => {
    const known = channel.accounts.find((one) => one.name === account);
    if (!known) throw new ValidationError(`accounts: ${name} has no account ${JSON.stringify(account)}.`);
    const own = existing?.accounts.find((one) => one.name === account) ?? known;
    return maxPerAccount === undefined
      ? own
      : { name: account, caps: { ...own.caps, perDay: maxPerAccount } };
  });
  const consent = { by: BY, ...statementOf(options, channel, existing) };
  const terms = existing ? { terms: termsOf(options, existing) } : {};
  const rules = await rulesIn(app, options, campaignId);
  const when = whenOf(options, app.when, existing === undefined);
  const listId = await stored(app, campaignId, usernames);
  const draft = {
    campaignId,
    listId,
    origin: "program",
    message,
    ...extrasOf(options, existing),
    channel: name,
    accounts,
    ...rules,
    ...settingsIn(options),
    ...when,
    ...terms,
  };
  return { draft, consent };
}

const followUpProblems: Readonly<Record<FollowUpProblem, string>> = {
  notHeard: "through this channel nobody can be heard, so nobody knows who did not answer.",
  tooMany: `at most ${MOST_FOLLOW_UPS} are sent.`,
  days: `afterDays is no whole number from 1 to ${LONGEST_FOLLOW_UP_DAYS}.`,
  empty: "a message is empty.",
};

/** What goes with the text stays, unless it is to stand alone; texts in languages that are not named stay too. */
function extrasOf(
  { messages = {}, textOnly = false }: CampaignSenderOptions,
  existing: ExistingCampaign | undefined,
): Pick<Draft, "extras"> {
  const given = Object.entries(messages).map(([language, message]) => ({ language, message }));
  const extras = withTexts(textOnly ? undefined : existing?.extras, given);
  return extras ? { extras } : {};
}

function settingsIn(options: CampaignSenderOptions): CampaignSettings {
  const { tryFirst, sendWindow: _, ...others } = options;
  return { ...settingsOf(others), ...(tryFirst === undefined ? {} : { tryFirst: firstFew(tryFirst) }) };
}

async function rulesIn(
  app: App,
  { notWithinDays, excludeCampaigns = [] }: CampaignSenderOptions,
  campaignId: string,
): Promise<Pick<Draft, "notWithinDays" | "excludes">> {
  const campaigns = excludeCampaigns.length > 0 ? await app.campaigns() : [];
  const excludes = excludeCampaigns.map((given) => {
    const meant = campaignMeant(campaigns, given);
    if (meant && meant.id !== campaignId) return meant.id;
    throw new ValidationError(
      `excludeCampaigns: ${JSON.stringify(given)} is no other campaign of this folder.`,
    );
  });
  return {
    ...(notWithinDays === undefined ? {} : { notWithinDays }),
    ...(excludes.length > 0 ? { excludes } : {}),
  };
}

/** @throws {ValidationError} when nothing says where the permission of real people comes from */
export function statementOf(
  { consent }: Pick<CampaignSenderOptions, "consent">,
  { name, reachesPeople }: ChannelChoice,
  existing: ExistingCampaign | undefined,
): { readonly statement?: string } {
  if (consent === undefined && !reachesPeople) return existing ? {} : { statement: "Simulated recipients." };
  if (consent === undefined || consent.trim() === "")
    throw new ValidationError(`consent: ${name} reaches real people; say where their permission comes from.`);
  return { statement: consent };
}

/** @throws {ValidationError} when the campaign has another message or other accounts and they are not to change */
function termsOf(options: CampaignSenderOptions, existing: ExistingCampaign): DraftTerms {
  const { message, maxPerAccount, changeMessage = false, changeAccounts = false } = options;
  const isAlone = options.textOnly === true && existing.extras !== undefined;
  const { extras } = extrasOf(options, existing);
  const isIn = JSON.stringify(extras?.translations) === JSON.stringify(existing.extras?.translations);
  const isOther = message !== existing.message || isAlone || !isIn;
  if (isOther && !changeMessage)
    throw new ValidationError(
      `message: ${existing.id} has another, ${JSON.stringify(existing.message)}; changeMessage: true sends ` +
        `${JSON.stringify(message)} to the ${existing.left} who are still to be written to.`,
    );
  const had = existing.accounts.map(({ name }) => name).toSorted();
  if (!changeAccounts && had.join("\n") !== options.accounts.toSorted().join("\n"))
    throw new ValidationError(
      `accounts: ${existing.id} goes through ${had.join(", ")}, not ${options.accounts.join(", ")}; ` +
        `changeAccounts: true sends through these from now on.`,
    );
  const changes = [
    ...(changeMessage ? ["message" as const] : []),
    ...(changeAccounts || maxPerAccount !== undefined ? ["accounts" as const] : []),
  ];
  const { revision } = existing;
  return { kind: "goOn", changes, revision, resumes: options.resume === true ? "any" : "own" };
}

/** Says why the draft was not started although the options are sound. */
export function refusalText(id: string, { problem }: Extract<StartResult, { ok: false }>): string {
  if (problem === "past") return "startAt: is over.";
  if (problem === "begun") return `startAt: ${id} has begun already; without it, it goes on.`;
  if (problem === "cancelled") return `taskId: ${id} was cancelled and takes nobody in any more.`;
  return `taskId: ${id} was changed by somebody else just now, or can't be started as it stands.`;
}

async function stored(app: App, campaignId: string, usernames: readonly string[]): Promise<string> {
  if (usernames.length === 0) throw new ValidationError("usernames: none of them is a username.");
  // With its @ a name is never taken for the heading of a column.
  const text = usernames.map((username) => `@${username}`).join("\n");
  const report = await app.importList({ source: { kind: "text", text }, campaignId });
  if (report.kind === "report") return report.listId;
  throw new ValidationError(
    report.problem === "tooBig"
      ? "usernames: are more than one list can hold; give them in parts under the same taskId."
      : "usernames: can't be read as a list.",
  );
}
