/** `peyk reply CAMPAIGN NAME`: writes back to whoever answered, from the account that wrote to them; beside a running Peyk through it. */
import type { Command } from "commander";
import type { ReplyResult } from "../../app/people/answers.ts";
import type { Answer } from "../../domain/people/answer.ts";
import type { OwnReply } from "../../domain/people/own-reply.ts";
import { soughtIn } from "../../domain/people/sought.ts";
import { typed } from "../../words/markup.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import { messageOf } from "../campaigns/send-request.ts";
import { unknownCampaign } from "../campaigns/status.ts";
import type { Ending, Json, Looking, Performing, Run } from "../command.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE, FAILED, UNFINISHED } from "../program-parts.ts";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly performing: Performing;
  readonly words: Words;
}

interface Options extends Json {
  readonly message?: string;
  readonly messageFile?: string;
}

interface Wanted extends Options {
  readonly id: string;
  readonly name: string;
}

export function addReply(program: Command, { run, ...ways }: Ways): void {
  const { words } = ways;
  program
    .command("reply")
    .description(words.plain("cli-command-reply"))
    .argument("<id>", words.plain("cli-argument-id"))
    .argument("<name>", words.plain("cli-argument-who"))
    .option("--message <text>", words.plain("cli-option-reply-message"))
    .option("--message-file <file>", words.plain("cli-option-message-file"))
    .option("--json", words.plain("cli-option-json"))
    .action((id: string, name: string, options: Options) =>
      run("reply", options.json, (output) => reply(ways, { ...options, id, name }, output)),
    );
}

async function reply(
  { looking, performing, words }: Omit<Ways, "run">,
  { id, name, message, messageFile }: Wanted,
  output: Output,
): Promise<Ending> {
  const given = {
    ...(message === undefined ? {} : { message }),
    ...(messageFile === undefined ? {} : { messageFile }),
  };
  const text = (await messageOf({ list: "", channel: "", ...given }, words)) ?? "";
  const answer = await looking((peyk) => newestOf(peyk, { id, name }));
  const { result, byProcess } = await performing(
    { deed: "reply", asked: { answer: answer.number, text, by: "command line" } },
    `peyk answers ${id}`,
  );
  if (!result.ok) throw new SaidError(problemText(result, words));
  const { state, why, messageId } = result.reply;
  const said = endText(result.reply, { answer, id, isThere: byProcess !== undefined }, words);
  const exitCode = exitCodeOf(result.reply);
  if (exitCode === FAILED) output.complain(said);
  else output.say(said);
  const { username, channel, account } = answer;
  const to = { taskId: id, answer: answer.number, username, channel, account };
  return { exitCode, summary: { ...to, reply: result.reply.id, state, why, messageId, byProcess } };
}

/** What this person wrote last to this campaign. @throws {SaidError} where there is nothing of that */
async function newestOf(
  { app, words }: LookedAt,
  { id, name }: Pick<Wanted, "id" | "name">,
): Promise<Answer> {
  if (!(await app.view(id))) throw await unknownCampaign(app, id, words);
  const sought = soughtIn(typed(name));
  if (!sought.ok)
    throw new SaidError(words.plain("cli-reply-no-name", { why: words.plain(`invalid-${sought.reason}`) }));
  const isTheirs = ({ username, personId }: Answer): boolean =>
    sought.names.includes(username) || (personId !== undefined && sought.ids.includes(personId));
  const found = (await app.answers.list(id)).find(isTheirs);
  if (!found) throw new SaidError(words.plain("cli-reply-nobody", { name: sought.text, id }));
  return found;
}

function problemText(problem: Extract<ReplyResult, { ok: false }>, words: Words): string {
  switch (problem.problem) {
    case "noAnswer":
      return words.plain("cli-reply-noAnswer");
    case "tooLong":
      return words.plain("reply-problem-tooLong", { length: problem.length, max: problem.max });
    case "empty":
    case "notSetUp":
      return words.plain(`reply-problem-${problem.problem}`);
  }
}

/** What may have arrived is no failure. */
function exitCodeOf({ state }: OwnReply): number {
  if (state === "sent") return DONE;
  return state === "failed" ? FAILED : UNFINISHED;
}

interface About {
  readonly answer: Answer;
  readonly id: string;
  /** A running Peyk has it. */
  readonly isThere: boolean;
}

function endText(
  { state, why, isLeft }: OwnReply,
  { answer: { username: name, account }, id, isThere }: About,
  words: Words,
): string {
  switch (state) {
    case "sent":
      return words.plain("cli-reply-sent", { name, account });
    case "planned":
      return words.plain(isThere ? "cli-reply-waits" : "cli-reply-waits-here", { name, account, id });
    case "failed":
      return words.plain("cli-reply-failed", { name, why: words.reason(why) });
    // Whoever claimed it died over the call.
    case "claimed":
      return words.plain("cli-reply-uncertain", { name, id, why: words.reason("interruptedBeforeRecord") });
    case "uncertain":
      return isLeft
        ? words.plain("cli-reply-uncertain-left", { name, account, why: words.reason(why) })
        : words.plain("cli-reply-uncertain", { name, id, why: words.reason(why) });
  }
}
