/** `peyk answers [ABOUT]`: what people answered, of a campaign, of a person, or all. It only looks. */
import type { Command } from "commander";
import { countedIn } from "../../domain/people/answer.ts";
import type { OwnReply } from "../../domain/people/own-reply.ts";
import { answerText, answererName } from "../../words/answer-lines.ts";
import { typed } from "../../words/markup.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json, Looking, Run } from "../command.ts";
import type { Output } from "../output.ts";
import type { LookedAt } from "../program-parts.ts";
import { DONE } from "../program-parts.ts";

interface Ways {
  readonly run: Run;
  readonly looking: Looking;
  readonly words: Words;
}

export function addAnswers(program: Command, { run, looking, words }: Ways): void {
  program
    .command("answers")
    .description(words.plain("cli-command-answers"))
    .argument("[about]", words.plain("cli-argument-answers"))
    .option("--json", words.plain("cli-option-json"))
    .action((about: string | undefined, { json }: Json) =>
      run("answers", json, (output) => looking((peyk) => tellAnswers(peyk, about, output))),
    );
}

/** What an operator wrote back, and what became of it. */
function replyLine({ at, text, state, why }: OwnReply, words: Words): string {
  const told = {
    moment: momentText(at, words),
    text: text.replaceAll(/\s+/g, " "),
    state: words.plain(`reply-state-${state}`),
  };
  return state === "failed" || state === "uncertain"
    ? words.plain("cli-answer-replied-why", { ...told, why: words.reason(why) })
    : words.plain("cli-answer-replied", told);
}

/** The newest first, as the chat has them. */
async function tellAnswers(
  { app, words }: LookedAt,
  about: string | undefined,
  output: Output,
): Promise<Ending> {
  const answers = await app.answers.list(about === undefined ? undefined : typed(about));
  const { people, automatic } = countedIn(answers);
  output.say(words.plain("cli-answers", { count: answers.length }));
  if (answers.length > 0) output.say(words.plain("cli-answers-people", { count: people }));
  for (const answer of answers) {
    const { number, campaignId, at, channel, account, text, media, isAutomatic } = answer;
    const name = answererName(answer, words);
    const told = {
      name,
      moment: momentText(at, words),
      text: answerText(answer, words).replaceAll(/\s+/g, " "),
    };
    output.say(
      campaignId === undefined
        ? words.plain("cli-answer", told)
        : words.plain("cli-answer-to", { ...told, id: campaignId }),
    );
    const { username } = answer;
    const replies = await app.answers.repliesTo(number);
    for (const one of replies) output.say(replyLine(one, words));
    output.record({
      kind: "answer",
      number,
      taskId: campaignId,
      channel,
      account,
      username,
      at,
      text,
      media,
      isAutomatic,
      ...(replies.length > 0 ? { replies } : {}),
    });
  }
  return { exitCode: DONE, summary: { answers: answers.length, people, automatic } };
}
