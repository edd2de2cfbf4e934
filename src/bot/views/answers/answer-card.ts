/** What somebody answered, as operators are told of it, and the list of answers. */
import type { AnswerChannel, AnswerView } from "../../../app/people/answers.ts";
import type { Answer } from "../../../domain/people/answer.ts";
import { answerText, answererName, answersHeading } from "../../../words/answer-lines.ts";
import { channelName } from "../../../words/channel-name.ts";
import { quoted, shorten } from "../../../words/markup.ts";
import type { Words } from "../../../words/words.ts";
import type { Button, View } from "../view.ts";
import { replyEnd } from "./reply-words.ts";
import { answerChoice, keepChoice } from "./answer-choice.ts";

const LONGEST_ANSWER = 3000;
const LONGEST_ANSWERED = 300;
const LONGEST_IN_LIST = 160;
const LISTED = 8;
const BUTTONS_A_ROW = 4;

/**
 * One answer, with the campaign and the text it answers.
 * @param mayReply Whoever reads it may write back
 */
export function answerCard(
  { answer, answered, replies }: AnswerView,
  { words, mayReply }: { readonly words: Words; readonly mayReply: boolean },
): View {
  const { campaignId: id, at, account, isAutomatic } = answer;
  const name = answererName(answer, words);
  const told = { name, moment: words.moment(at) };
  return {
    text: [
      id === undefined ? words.say("answer-title", told) : words.say("answer-title-to", { ...told, id }),
      quoted(shorten(answerText(answer, words), LONGEST_ANSWER)),
      ...(answered === undefined
        ? []
        : [words.say("answer-answered"), quoted(shorten(answered, LONGEST_ANSWERED))]),
      ...(isAutomatic ? [words.say("answer-automatic")] : []),
      ...replies.flatMap((one) => [
        words.say("answer-replied", { moment: words.moment(one.at) }),
        quoted(shorten(one.text, LONGEST_ANSWERED)),
        replyEnd(one, name, words),
      ]),
      ...(mayReply ? [words.say("answer-how-to-reply", { account })] : []),
    ].join("\n"),
    rows: [
      [
        { label: words.plain("button-answer-who"), choice: answerChoice("who", answer) },
        { label: words.plain("button-who-block"), choice: answerChoice("block", answer) },
      ],
    ],
  };
}

/** The newest answers to something, and how each channel's are heard. @param about What was asked for; absent: all */
export function answerList(
  answers: readonly Answer[],
  { about, channels, words }: { about?: string; channels: readonly AnswerChannel[]; words: Words },
): View {
  const shown = answers.slice(0, LISTED);
  const heading = answersHeading(answers, about, words);
  const switches = about === undefined ? channels : [];
  return {
    text: [
      heading,
      ...shown.map((one) => listed(one, words)),
      ...(about === undefined ? [channelLines(switches, words)] : []),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    rows: [
      ...rowsOf(
        shown.map((one) => ({
          label: words.plain("button-answer", { number: one.number }),
          choice: answerChoice("card", one),
        })),
      ),
      ...switches.map((one) => [keepButton(one, words)]),
    ],
  };
}

function listed(answer: Answer, words: Words): string {
  const { number, campaignId: id, at } = answer;
  const text = shorten(answerText(answer, words).replaceAll(/\s+/g, " "), LONGEST_IN_LIST);
  const told = { number, name: answererName(answer, words), moment: words.moment(at), text };
  return id === undefined ? words.say("answers-line", told) : words.say("answers-line-to", { ...told, id });
}

function rowsOf(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = [];
  for (let at = 0; at < buttons.length; at += BUTTONS_A_ROW) rows.push(buttons.slice(at, at + BUTTONS_A_ROW));
  return rows;
}

function channelLines(channels: readonly AnswerChannel[], words: Words): string {
  return channels
    .map(({ name, isOn }) =>
      words.say(isOn ? "answers-channel-on" : "answers-channel-off", { channel: channelName(name, words) }),
    )
    .join("\n");
}

function keepButton({ name, isOn, price }: AnswerChannel, words: Words): Button {
  const channel = channelName(name, words);
  if (isOn) return { label: words.plain("button-answers-off", { channel }), choice: keepChoice("off", name) };
  const verb = price ? "ask" : "on";
  return { label: words.plain("button-answers-on", { channel }), choice: keepChoice(verb, name) };
}

/** Before answers are kept whose reading costs. */
export function keepQuestion({ name, price }: AnswerChannel, words: Words): View {
  const channel = channelName(name, words);
  const { dollars: spent = 0, asOf: day = "" } = price ?? {};
  return {
    text: words.say("answers-ask", { channel, spent, day }),
    rows: [
      [{ label: words.plain("button-answers-on", { channel }), choice: keepChoice("on", name) }],
      [{ label: words.plain("button-who-keep"), choice: keepChoice("leave", name) }],
    ],
  };
}
