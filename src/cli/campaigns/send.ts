/**
 * `peyk send`: one campaign from a list to its end. The same task id is the same campaign: whoever has the message is
 * skipped, so a command that was stopped at whatever moment is simply given again.
 */
import type { CampaignView } from "../../app/app.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { Draft } from "../../app/drafts/draft.ts";
import type { Planner } from "../../app/drafts/planner.ts";
import type { Followed } from "../../app/campaigns/follow-campaign.ts";
import { followCampaign } from "../../app/campaigns/follow-campaign.ts";
import { SaidError } from "../../words/said-error.ts";
import { rejectedWords } from "../../words/file-words.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";
import {
  channelText,
  countsText,
  eventText,
  pauseText,
  progressLine,
  startText,
  statusText,
} from "./campaign-lines.ts";
import { fullMoment, windowText } from "../../words/when-words.ts";
import { languageLines } from "../../words/language-lines.ts";
import { languageWord } from "../../words/language-word.ts";
import type { Ending } from "../command.ts";
import { withPeyk, withPlan } from "../command.ts";
import type { Output } from "../output.ts";
import type { Prepared } from "./prepare-send.ts";
import { prepareSend } from "./prepare-send.ts";
import { checkWhom } from "./send-from.ts";
import type { SendOptions } from "./send-request.ts";
import { checkSendOptions, messageOf } from "./send-request.ts";
import { translationsIn } from "./languages.ts";
import { savedTextNamed } from "../saved-texts.ts";
import { startProblemText } from "./send-terms.ts";
import { warningLines } from "./send-warnings.ts";
import type { OpenPeyk, OpenRequest, Planned, ProgramParts } from "../program-parts.ts";
import { DONE, UNFINISHED } from "../program-parts.ts";

/** Who starts and pauses what this command starts and pauses. */
const BY = "command line";

interface Sending {
  /** What goes with a saved text. */
  readonly beside?: Draft["extras"];
  readonly options: SendOptions;
  readonly output: Output;
  readonly parts: ProgramParts;
}

/** @throws {SaidError} saying what is wrong with the command, the list or the message */
export async function send(options: SendOptions, output: Output, parts: ProgramParts): Promise<Ending> {
  checkWhom(options, parts.words);
  const written = await messageOf(options, parts.words);
  const saved = options.savedText === undefined ? undefined : await savedTextNamed(options.savedText, parts);
  const message = saved?.message ?? written;
  await checkSendOptions(options, parts.words);
  const { concurrency, dryRun = false } = options;
  const translations = await translationsIn(options, parts.words);
  const beside = translations.length > 0 ? { ...saved?.extras, translations } : saved?.extras;
  const sending = { options, output, parts, ...(beside ? { beside } : {}) };
  if (dryRun)
    return withPlan(parts, async (peyk) => {
      const prepared = await preparedUnlessStopped(sending, peyk.app, message);
      return prepared ? rehearse(sending, peyk, prepared.draft) : interruptedBefore(output, parts.words);
    });
  const request: OpenRequest = { purpose: "send", ...(concurrency === undefined ? {} : { concurrency }) };
  return withPeyk(parts, request, async (peyk) => {
    const prepared = await preparedUnlessStopped(sending, peyk.app, message);
    if (!prepared) return interruptedBefore(output, parts.words);
    const { draft, consent, invalid } = prepared;
    if (invalid > 0) {
      const table = await peyk.app.rejectedRows(draft.listId, rejectedWords(peyk.words));
      const path = table ? await peyk.keep(table) : "";
      output.say(peyk.words.plain("cli-all-unusable", { path }));
    }
    return run(sending, peyk, draft, consent);
  });
}

/** Undefined when whoever typed the command ended it meanwhile. */
function preparedUnlessStopped(
  sending: Sending,
  app: Planner,
  message: string | undefined,
): Promise<Prepared | undefined> {
  return prepareSend(sending, app, message).catch((error: unknown) => {
    if (error === sending.parts.interrupted.reason) return undefined;
    throw error;
  });
}

function interruptedBefore(output: Output, words: Words, taskId?: string): Ending {
  output.say(words.plain("cli-interrupted-before"));
  const id = taskId === undefined ? {} : { taskId };
  return { exitCode: UNFINISHED, summary: { ...id, end: "interrupted" } };
}

/** Shows what would be sent, and sends nothing. */
async function rehearse({ output }: Sending, { app, words }: Planned, draft: Draft): Promise<Ending> {
  const plan = await app.plan(draft);
  const previews = await app.preview(draft);
  await app.discardList(draft.listId);
  const told = {
    count: plan.toSend,
    accounts: draft.accounts.length,
    channel: channelText(draft.channel, words),
  };
  if (draft.startAt) {
    const { at, timeZone } = draft.startAt;
    output.say(words.plain("cli-would-start", { moment: fullMoment(at, timeZone, words) }));
  }
  if (draft.sendWindow)
    output.say(words.plain("cli-would-send", { window: windowText(draft.sendWindow, words) }));
  if (plan.nothingBefore !== undefined)
    output.say(words.plain("cli-nothing-today", { moment: momentText(plan.nothingBefore, words) }));
  output.say(
    plan.finishesAt === undefined
      ? words.plain("cli-dry-run", told)
      : words.plain("cli-dry-run-end", { ...told, moment: momentText(plan.finishesAt, words) }),
  );
  for (const line of warningLines(plan, draft, words)) output.say(line);
  for (const line of languageLines(plan, words)) output.say(line);
  for (const { username, text, language: tag } of previews) {
    const language = tag === undefined ? undefined : languageWord(tag, words);
    const heading =
      language === undefined
        ? words.plain("cli-preview", { username })
        : words.plain("cli-preview-in", { username, language });
    output.say(`\n${heading}\n${text}`);
  }
  output.say(`\n${words.plain("cli-dry-run-over")}`);
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
    return interruptedBefore(output, words, id);
  }
  const unwatch = app.watch((event) => {
    if (event.campaignId !== id) return;
    output.record(event);
    const line = eventText(event, words, options.verbose ?? false);
    if (line !== undefined) output.say(line);
  });
  try {
    for (const line of warningLines(await app.plan(draft), draft, words)) output.say(line);
    output.say(words.plain("cli-sending", { id, channel: channelText(draft.channel, words) }));
    const consent = statement === undefined ? { by: BY } : { statement, by: BY };
    const started = await app.start(draft, consent);
    if (!started.ok) throw new SaidError(startProblemText(id, started, words));
    if (started.corrected > 0) output.say(words.plain("cli-corrected-start", { count: started.corrected }));
    if (draft.sendWindow)
      output.say(words.plain("cli-sends-only", { window: windowText(draft.sendWindow, words) }));
    if (started.startsAt) output.say(startText(started.startsAt, clock.now(), words));
    if (started.pausedBy !== undefined) output.say(pausedText(id, started.pausedBy, words));
    const followed = await followCampaign(app, id, {
      clock,
      signal: interrupted,
      by: BY,
      onProgress: (view) => output.progress(progressLine(view, clock.now(), words)),
      onWait: pauseTeller(output, words),
    });
    await unwatch();
    return endingOf(followed, output, words);
  } finally {
    await unwatch();
  }
}

function pausedText(id: string, by: string, words: Words): string {
  return words.plain("cli-paused-by", { id, who: whoText(by, words) });
}

function whoText(by: string, words: Words): string {
  switch (by) {
    case "":
      return words.plain("cli-somebody");
    case "library":
      return words.plain("cli-a-program");
    case BY:
      return words.plain("cli-a-terminal");
    default:
      return words.plain("cli-operator", { name: by });
  }
}

/** Says once what is waited for: nothing else would move until it is over. */
function pauseTeller(output: Output, words: Words): (view: CampaignView) => void {
  let said: string | undefined;
  return (view) => {
    const pause = pauseText(view, words);
    if (pause !== undefined && pause !== said) output.say(words.plain("cli-waits-for-it", { pause }));
    said = pause;
  };
}

/** A pause after which the same command does something else, as its own text says. */
function asksForOptions(pause: Campaign["pause"]): boolean {
  return (
    pause?.kind === "triedFirst" ||
    pause?.kind === "missedStart" ||
    pause?.kind === "approval" ||
    pause?.kind === "restored"
  );
}

function endingOf({ end, view }: Followed, output: Output, words: Words): Ending {
  const { campaign, counts, imported } = view;
  const { id, status, pause } = campaign;
  output.end();
  output.say(
    words.plain("cli-stands", {
      id,
      status: statusText(status, words),
      counts: countsText(view, words),
      total: imported,
    }),
  );
  const why = end === "interrupted" ? words.plain("cli-was-interrupted") : pauseText(view, words);
  if (end !== "finished" && why !== undefined)
    output.say(end !== "interrupted" && asksForOptions(pause) ? why : words.plain("cli-goes-on", { why }));
  if (counts.uncertain > 0) output.say(words.plain("cli-some-uncertain", { count: counts.uncertain, id }));
  if (counts.failed > 0) output.say(words.plain("cli-some-failed", { count: counts.failed, id }));
  if (view.sentAgain) output.say(words.plain("cli-some-again", { count: view.sentAgain }));
  const summary = { taskId: id, end, status, imported, counts, ...(pause ? { pause } : {}) };
  return { exitCode: end === "finished" ? DONE : UNFINISHED, summary };
}
