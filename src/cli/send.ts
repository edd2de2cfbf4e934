/**
 * `peyk send`: one campaign from a list to its end. The same task id is the same campaign: whoever has the message is
 * skipped, so a command that was stopped at whatever moment is simply given again.
 */
import type { App, CampaignView } from "../app/app.ts";
import type { ChannelChoice, Draft, Plan } from "../app/draft.ts";
import type { ListReport } from "../app/list-report.ts";
import type { Followed } from "../app/follow-campaign.ts";
import { idProblemText } from "../app/campaign-id.ts";
import { followCampaign } from "../app/follow-campaign.ts";
import { ValidationError } from "../domain/errors.ts";
import { countsText, eventText, momentText, pauseText, progressLine, statusWords } from "./campaign-lines.ts";
import type { Ending } from "./command.ts";
import { withPeyk } from "./command.ts";
import { listProblemText, messageProblemText, rejectedWords, reportLines } from "./list-lines.ts";
import type { Output } from "./output.ts";
import type { SendOptions } from "./send-request.ts";
import { checkSendOptions, messageOf, sourceOf } from "./send-request.ts";
import type { OpenPeyk, OpenRequest, Surroundings } from "./surroundings.ts";
import { DONE, UNFINISHED } from "./surroundings.ts";

const SIMULATED = "Simulated recipients; nobody real is written to.";

/** What a channel that is absent lacks. */
const howToSetUp: ReadonlyMap<string, string> = new Map([
  ["telegram", "It needs BOT_TOKEN, the token of your bot. "],
  ["x", "It needs X_ACCOUNTS_FILE, a file with the keys of your accounts. "],
]);

interface Sending {
  readonly options: SendOptions;
  readonly output: Output;
  readonly surroundings: Surroundings;
}

/** @throws {ValidationError} saying what is wrong with the command, the list or the message */
export async function send(
  options: SendOptions,
  output: Output,
  surroundings: Surroundings,
): Promise<Ending> {
  const message = await messageOf(options);
  await checkSendOptions(options);
  const { concurrency, dryRun = false } = options;
  const request: OpenRequest = {
    purpose: dryRun ? "plan" : "send",
    ...(concurrency === undefined ? {} : { concurrency }),
  };
  return withPeyk(surroundings, request, async (peyk) => {
    const sending = { options, output, surroundings };
    const { draft, consent, invalid } = await prepare(sending, peyk.app, message);
    if (dryRun) return rehearse(sending, peyk, draft);
    if (invalid > 0)
      output.say(`All unusable lines: ${await peyk.app.rejectedRows(draft.listId, rejectedWords)}`);
    return run(sending, peyk, draft, consent);
  });
}

async function prepare({ options, output }: Sending, app: App, message: string) {
  const channel = await channelOf(app, options.channel);
  const consent = options.consent ?? (channel.reachesPeople ? undefined : SIMULATED);
  if (consent === undefined || consent.trim() === "")
    throw new ValidationError(
      `${channel.name} reaches real people. Say with --consent where the permission to write to them comes from.`,
    );
  const campaignId = await idFor(app, options.taskId);
  refuseAnother(app, campaignId, channel.name);
  const report = await importList(app, options, campaignId);
  for (const line of reportLines(report)) output.say(line);
  output.record({ ...report, kind: "list" });
  const problems = app.checkMessage(message, report.columns, channel.maxMessageLength);
  if (problems.length > 0) {
    await app.discardList(report.listId);
    throw new ValidationError(problems.map(messageProblemText).join("\n"));
  }
  const accounts = channel.accounts.map(({ name, caps }) => ({
    name,
    caps: options.maxPerAccount === undefined ? caps : { ...caps, perDay: options.maxPerAccount },
  }));
  const { listId, origin } = report;
  const draft: Draft = { campaignId, listId, origin, message, channel: channel.name, accounts };
  return { draft, consent, invalid: report.invalid };
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

/** A task id that belongs to something else is not mixed with it. */
function refuseAnother(app: App, id: string, channel: string): void {
  const existing = app.campaigns().find((one) => one.id === id);
  if (existing?.status === "cancelled")
    throw new ValidationError(`${id} was cancelled and takes nobody in any more. Choose another --task-id.`);
  if (existing && existing.channel !== channel)
    throw new ValidationError(
      `${id} goes through ${existing.channel}, not ${channel}. Choose another --task-id.`,
    );
}

function nobodyText(source: string | undefined): string {
  const from = source === undefined ? "" : ` from ${source}`;
  return `--list: nobody${from} is subscribed. People subscribe by pressing Start on the bot.`;
}

async function importList(app: App, { list, column }: SendOptions, campaignId: string): Promise<ListReport> {
  const source = sourceOf(list);
  if (source.kind === "subscribers" && app.subscribers.count(source.source) === 0)
    throw new ValidationError(nobodyText(source.source));
  const choices = column === undefined ? {} : { choices: { column } };
  const result = await app.importList({ source, campaignId, ...choices });
  if (result.kind === "problem") throw new ValidationError(listProblemText(result, list));
  return result;
}

/** What is known before the start and costs money or accounts when it is not. */
function warningLines({ cost }: Plan, channel: string): string[] {
  const price = cost && `Costs at most $${cost.dollars.toFixed(2)} by the prices of ${cost.asOf}.`;
  return [price, rulesOf.get(channel)].filter((line) => line !== undefined);
}

/** What the platforms' own rules ask of whoever sends. */
const rulesOf: ReadonlyMap<string, string> = new Map([
  [
    "x",
    "X allows automated messages only to people who asked for them in advance. Writing to strangers, or the same text " +
      "from several accounts, can cost you the app and the accounts.",
  ],
  ["telegram", "Only people who pressed Start on your bot can get this; everybody else counts as not found."],
]);

/** Shows what would be sent, and sends nothing. */
async function rehearse({ output }: Sending, { app, timeZone }: OpenPeyk, draft: Draft): Promise<Ending> {
  const plan = await app.plan(draft);
  const previews = await app.preview(draft);
  await app.discardList(draft.listId);
  const end = plan.finishesAt === undefined ? "" : `, expected end ${momentText(plan.finishesAt, timeZone)}`;
  output.say(
    `Dry run: ${plan.toSend} messages through ${draft.accounts.length} accounts of ${draft.channel}${end}.`,
  );
  for (const line of warningLines(plan, draft.channel)) output.say(line);
  for (const { username, text } of previews) output.say(`\nFor ${username}:\n${text}`);
  output.say("\nNothing was sent. Leave --dry-run out to send.");
  return { exitCode: DONE, summary: { taskId: draft.campaignId, dryRun: true, plan, previews } };
}

async function run(
  { options, output, surroundings }: Sending,
  { app, timeZone }: OpenPeyk,
  draft: Draft,
  statement: string,
): Promise<Ending> {
  const { clock, interrupted } = surroundings;
  const id = draft.campaignId;
  if (interrupted.aborted) {
    await app.discardList(draft.listId);
    output.say("Interrupted before anything was sent.");
    return { exitCode: UNFINISHED, summary: { taskId: id, end: "interrupted" } };
  }
  const unwatch = app.watch((event) => {
    if (event.campaignId !== id) return;
    output.record(event);
    const line = eventText(event, timeZone, options.verbose ?? false);
    if (line !== undefined) output.say(line);
  });
  try {
    for (const line of warningLines(await app.plan(draft), draft.channel)) output.say(line);
    output.say(`Sending ${id} through ${draft.channel}. Ctrl+C pauses it.`);
    const started = await app.start(draft, { statement, by: "command line" });
    if (!started.ok) throw new ValidationError(`${id} can't be started as it stands: peyk status ${id}`);
    const followed = await followCampaign(app, id, {
      clock,
      signal: interrupted,
      onProgress: (view) => output.progress(progressLine(view, clock.now())),
      onWait: pauseTeller(output, timeZone),
    });
    return endingOf(followed, output, timeZone);
  } finally {
    unwatch();
  }
}

/** Says once what is waited for: nothing else would move until it is over. */
function pauseTeller(output: Output, timeZone: string): (view: CampaignView) => void {
  let said: string | undefined;
  return (view) => {
    const pause = pauseText(view, timeZone);
    if (pause !== undefined && pause !== said) output.say(`${pause} This command waits for it.`);
    said = pause;
  };
}

function endingOf({ end, view }: Followed, output: Output, timeZone: string): Ending {
  const { campaign, counts, imported } = view;
  const { id, status, pause } = campaign;
  output.end();
  output.say(`${id} is ${statusWords[status]}: ${countsText(counts)} of ${imported}.`);
  const why = end === "interrupted" ? "It was interrupted." : pauseText(view, timeZone);
  if (end !== "finished" && why !== undefined)
    output.say(`${why} The same command goes on where it stopped.`);
  if (counts.uncertain > 0)
    output.say(
      `${counts.uncertain} may or may not have arrived and were not sent again. Decide with: peyk resolve ${id} NAME sent|again|skip`,
    );
  if (counts.failed > 0)
    output.say(
      `${counts.failed} failed: peyk export ${id} says why of each. The same command tries them again.`,
    );
  const summary = { taskId: id, end, status, imported, counts, ...(pause ? { pause } : {}) };
  return { exitCode: end === "finished" ? DONE : UNFINISHED, summary };
}
