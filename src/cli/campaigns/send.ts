/**
 * `peyk send`: one campaign from a list to its end. The same task id is the same campaign: whoever has the message is
 * skipped, so a command that was stopped at whatever moment is simply given again.
 */
import type { CampaignView } from "../../app/app.ts";
import type { Draft, NamedCount, Plan } from "../../app/drafts/draft.ts";
import type { Followed } from "../../app/campaigns/follow-campaign.ts";
import { followCampaign } from "../../app/campaigns/follow-campaign.ts";
import { ValidationError } from "../../domain/errors.ts";
import { rejectedWords } from "../../words/file-words.ts";
import type { Words } from "../../words/words.ts";
import { countsText, eventText, momentText, pauseText, progressLine, statusWords } from "./campaign-lines.ts";
import type { Ending } from "../command.ts";
import { withPeyk } from "../command.ts";
import type { Output } from "../output.ts";
import { prepareSend } from "./prepare-send.ts";
import type { SendOptions } from "./send-request.ts";
import { checkSendOptions, messageOf } from "./send-request.ts";
import { startProblemText } from "./send-terms.ts";
import type { OpenPeyk, OpenRequest, ProgramParts } from "../program-parts.ts";
import { DONE, UNFINISHED } from "../program-parts.ts";

/** Who starts and pauses what this command starts and pauses. */
const BY = "command line";

interface Sending {
  readonly options: SendOptions;
  readonly output: Output;
  readonly parts: ProgramParts;
}

/** @throws {ValidationError} saying what is wrong with the command, the list or the message */
export async function send(options: SendOptions, output: Output, parts: ProgramParts): Promise<Ending> {
  const message = await messageOf(options);
  await checkSendOptions(options);
  const { concurrency, dryRun = false } = options;
  const request: OpenRequest = {
    purpose: dryRun ? "plan" : "send",
    ...(concurrency === undefined ? {} : { concurrency }),
  };
  return withPeyk(parts, request, async (peyk) => {
    const sending = { options, output, parts };
    const prepared = await prepareSend(sending, peyk.app, message).catch((error: unknown) => {
      if (error === parts.interrupted.reason) return undefined;
      throw error;
    });
    if (!prepared) return interruptedBefore(output);
    const { draft, consent, invalid } = prepared;
    if (dryRun) return rehearse(sending, peyk, draft);
    if (invalid > 0)
      output.say(
        `All unusable lines: ${await peyk.app.rejectedRows(draft.listId, rejectedWords(peyk.words))}`,
      );
    return run(sending, peyk, draft, consent);
  });
}

function interruptedBefore(output: Output, taskId?: string): Ending {
  output.say("Interrupted before anything was sent.");
  const id = taskId === undefined ? {} : { taskId };
  return { exitCode: UNFINISHED, summary: { ...id, end: "interrupted" } };
}

/** What is known before the start and costs money or accounts when it is not. */
function warningLines(plan: Plan, channel: string, words: Words): string[] {
  const { cost, corrected, tooLong, empty } = plan;
  const price = cost && `Costs at most $${cost.dollars.toFixed(2)} by the prices of ${cost.asOf}.`;
  return [
    price,
    corrected === 0 ? undefined : `Other values than before in this list, which are sent: ${corrected}.`,
    leftOutText(plan),
    contactedText(plan, words),
    unfitText("too long", tooLong),
    unfitText("empty", empty),
    rulesOf.get(channel),
  ].filter((line) => line !== undefined);
}

function leftOutText({ contactedLately, otherCampaign }: Plan): string | undefined {
  const count = contactedLately + otherCampaign;
  return count === 0 ? undefined : `Left out because another campaign wrote to them: ${count}.`;
}

/** Nobody gets a second message unnoticed. */
function contactedText({ contacted }: Plan, words: Words): string | undefined {
  const { count, days, by } = contacted;
  if (count === 0) return undefined;
  const each = by
    .slice(0, 3)
    .map((one) => `${one.campaignId} to ${one.count}, the last ${momentText(one.lastAt, words)}`);
  return (
    `Other campaigns wrote to ${count} of them in the last ${days} days: ${each.join("; ")}. ` +
    `--not-within-days ${days} leaves them out.`
  );
}

function unfitText(what: string, { count, names }: NamedCount): string | undefined {
  if (count === 0) return undefined;
  const more = count > names.length ? ` and ${count - names.length} more` : "";
  return (
    `With the recipient's values the message is ${what} for ${count}: ${names.join(", ")}${more}. ` +
    `They fail and are not written to; a list with other values repairs them.`
  );
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
async function rehearse({ output }: Sending, { app, words }: OpenPeyk, draft: Draft): Promise<Ending> {
  const plan = await app.plan(draft);
  const previews = await app.preview(draft);
  await app.discardList(draft.listId);
  const end = plan.finishesAt === undefined ? "" : `, expected end ${momentText(plan.finishesAt, words)}`;
  output.say(
    `Dry run: ${plan.toSend} messages through ${draft.accounts.length} accounts of ${draft.channel}${end}.`,
  );
  for (const line of warningLines(plan, draft.channel, words)) output.say(line);
  for (const { username, text } of previews) output.say(`\nFor ${username}:\n${text}`);
  output.say("\nNothing was sent. Leave --dry-run out to send.");
  return { exitCode: DONE, summary: { taskId: draft.campaignId, dryRun: true, plan, previews } };
}

async function run(
  { options, output, parts }: Sending,
  { app, words }: OpenPeyk,
  draft: Draft,
  statement: string | undefined,
): Promise<Ending> {
  const { clock, interrupted } = parts;
  const id = draft.campaignId;
  if (interrupted.aborted) {
    await app.discardList(draft.listId);
    return interruptedBefore(output, id);
  }
  const unwatch = app.watch((event) => {
    if (event.campaignId !== id) return;
    output.record(event);
    const line = eventText(event, words, options.verbose ?? false);
    if (line !== undefined) output.say(line);
  });
  try {
    for (const line of warningLines(await app.plan(draft), draft.channel, words)) output.say(line);
    output.say(`Sending ${id} through ${draft.channel}. Ctrl+C pauses it.`);
    const consent = statement === undefined ? { by: BY } : { statement, by: BY };
    const started = await app.start(draft, consent);
    if (!started.ok) throw new ValidationError(startProblemText(id, started));
    if (started.corrected > 0) output.say(correctedText(started.corrected));
    if (started.pausedBy !== undefined) output.say(pausedText(id, started.pausedBy));
    const followed = await followCampaign(app, id, {
      clock,
      signal: interrupted,
      by: BY,
      onProgress: (view) => output.progress(progressLine(view, clock.now())),
      onWait: pauseTeller(output, words),
    });
    return endingOf(followed, output, words);
  } finally {
    unwatch();
  }
}

function correctedText(count: number): string {
  const people = count === 1 ? "1 recipient has" : `${count} recipients have`;
  return `${people} other values in this list than before; whoever is still to be written to gets the new ones.`;
}

function pausedText(id: string, by: string): string {
  const who = by === "" ? "somebody" : by === "library" ? "a program" : `operator ${by}`;
  return `${id} was paused by ${who} and stays paused; its list is up to date. --resume goes on with it.`;
}

/** Says once what is waited for: nothing else would move until it is over. */
function pauseTeller(output: Output, words: Words): (view: CampaignView) => void {
  let said: string | undefined;
  return (view) => {
    const pause = pauseText(view, words);
    if (pause !== undefined && pause !== said) output.say(`${pause} This command waits for it.`);
    said = pause;
  };
}

function endingOf({ end, view }: Followed, output: Output, words: Words): Ending {
  const { campaign, counts, imported } = view;
  const { id, status, pause } = campaign;
  output.end();
  output.say(`${id} is ${statusWords[status]}: ${countsText(counts)} of ${imported}.`);
  const why = end === "interrupted" ? "It was interrupted." : pauseText(view, words);
  if (end !== "finished" && why !== undefined)
    output.say(`${why} The same command goes on where it stopped.`);
  if (counts.uncertain > 0)
    output.say(
      `${counts.uncertain} may or may not have arrived and were not sent again. Decide with: peyk resolve ${id} NAME sent|again|skip, or --all`,
    );
  if (counts.failed > 0)
    output.say(
      `${counts.failed} failed: peyk export ${id} says why of each. The same command tries them again.`,
    );
  if (view.sentAgain)
    output.say(`${view.sentAgain} were sent to again as you decided, and may have the message twice.`);
  const summary = { taskId: id, end, status, imported, counts, ...(pause ? { pause } : {}) };
  return { exitCode: end === "finished" ? DONE : UNFINISHED, summary };
}
