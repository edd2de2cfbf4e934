/** The message in other languages: which there are, and the text of each. */
import type { MessageProblem } from "../../../../app/drafts/draft.ts";
import type { DraftExtras } from "../../../../app/drafts/draft-extras.ts";
import { languageMeant } from "../../../../domain/languages/language-tag.ts";
import { languagesOf } from "../../../../domain/languages/text-in.ts";
import { seenContent } from "../../../../words/content-name.ts";
import { joined } from "../../../../words/joined.ts";
import { languageWord } from "../../../../words/language-word.ts";
import { quoted, shorten, typed } from "../../../../words/markup.ts";
import type { Words } from "../../../../words/words.ts";
import { problemText } from "../../../views/drafts/message-problem.ts";
import type { View } from "../../../views/view.ts";
import { forgetFile } from "../../draft-files.ts";
import type { DraftState } from "../../draft-state.ts";
import { isAsked } from "../../draft-state.ts";
import type { Note, Talk } from "../../step.ts";
import { exitOf, exits, lines, paragraphs } from "../../step.ts";
import type { Room, WrittenMessage } from "../message/room.ts";
import { writtenIn } from "../message/written-message.ts";
import type { Topic } from "./topic.ts";

type Translations = NonNullable<DraftExtras["translations"]>;

/** Offered by a button; any other can be typed. */
const OFFERED = ["fa", "en", "ar", "tr", "ru", "de"];
const LONGEST_SHOWN = 200;

export const languagesTopic: Topic = {
  name: "languages",
  isFor: (state) => state.message !== undefined && isAsked(state, "message"),
  value: ({ extras }, words) => {
    const names = languagesOf(extras).map((tag) => languageWord(tag, words));
    return names.length === 0 ? undefined : joined(names, words);
  },
  run: askLanguages,
};

/** Shows the languages and takes the text of each, until the operator goes back. */
export async function askLanguages(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  let note: Note | undefined;
  for (;;) {
    const shown = note;
    await talk.dialogue.show((words) => languagesView(state, words, shown));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const pressed = answer.kind === "button" ? answer.choice.slice("lang=".length) : undefined;
    const tag = pressed ?? (answer.kind === "text" ? languageMeant(typed(answer.text)) : undefined);
    note = (words) => words.say("language-unknown");
    if (tag === undefined) continue;
    const turn = await askText(talk, state, tag);
    if (turn === "cancel") return turn;
    note = undefined;
  }
}

function languagesView({ message = "", extras }: DraftState, words: Words, note: Note | undefined): View {
  const translations = extras?.translations ?? [];
  const main = seenContent({ message, ...(extras ? { extras } : {}) }, words);
  const others = translations.map((one) => textLine(one, words));
  const known = translations.map(({ language }) => language);
  const button = (tag: string) => ({ label: languageWord(tag, words), choice: `lang=${tag}` });
  const offered = OFFERED.filter((tag) => !known.includes(tag)).map(button);
  return {
    text: paragraphs(
      note?.(words),
      words.say("ask-languages"),
      lines(words.say("languages-main", { text: shorten(main, LONGEST_SHOWN) }), ...others),
    ),
    rows: [
      ...known.map((tag) => [
        {
          label: words.plain("button-language-text", { language: languageWord(tag, words) }),
          choice: `lang=${tag}`,
        },
      ]),
      offered.slice(0, 3),
      offered.slice(3),
      exits(words, "later"),
    ],
  };
}

function textLine({ language, ...text }: Translations[number], words: Words): string {
  const told = {
    language: languageWord(language, words),
    text: shorten(seenContent(text, words), LONGEST_SHOWN),
  };
  return words.say("languages-text", told);
}

/** Takes the text in one language, or none any more. */
async function askText(talk: Talk, state: DraftState, language: string): Promise<"back" | "cancel"> {
  const room: Room = state.channel ?? { maxMessageLength: 0 };
  let note: Note | undefined;
  for (;;) {
    const shown = note;
    const before = state.extras?.translations?.find((one) => one.language === language);
    await talk.dialogue.ask((words) => textQuestion(language, before, words, shown));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") {
      await put(talk, state, language, undefined);
      return "back";
    }
    const written = await writtenIn(talk, { ...state, extras: {} }, answer, room);
    if (written === "cancel") return "cancel";
    if (written === "back") continue;
    note = typeof written === "function" ? written : await take(talk, state, { language, written });
    if (!note) return "back";
  }
}

function textQuestion(
  tag: string,
  before: Translations[number] | undefined,
  words: Words,
  note: Note | undefined,
): View {
  const language = languageWord(tag, words);
  const none = { label: words.plain("button-language-none"), choice: "none" };
  return {
    text: paragraphs(
      note?.(words),
      words.say("ask-language-text", { language }),
      before && `${words.say("message-kept")}\n${quoted(shorten(seenContent(before, words), LONGEST_SHOWN))}`,
    ),
    rows: [before ? [none] : [], exits(words, "later")],
  };
}

interface Given {
  readonly language: string;
  readonly written: WrittenMessage;
}

/** What is wrong with the text in this language; with the main one it was said before. */
async function take(talk: Talk, state: DraftState, { language, written }: Given): Promise<Note | undefined> {
  const { message = "", channel, list } = state;
  const extras = withText(state.extras, language, written);
  const room = channel ?? { maxMessageLength: 0 };
  const problems = await talk.dialogue.perform((): MessageProblem[] =>
    talk.parts.app
      .checkMessage(message, list?.columns ?? [], { channel: room, extras })
      .filter((one) => one.language === language),
  );
  if (problems.length === 0) {
    await put(talk, state, language, written);
    return undefined;
  }
  await forgetFile(talk, written.extras);
  return (words) => problems.map((one) => problemText(one, words)).join("\n");
}

async function put(
  talk: Talk,
  state: DraftState,
  language: string,
  written: WrittenMessage | undefined,
): Promise<void> {
  const before = state.extras?.translations?.find((one) => one.language === language);
  await forgetFile(talk, before?.extras);
  state.extras = withText(state.extras, language, written);
  delete state.savedAs;
}

function withText(
  { translations = [], ...main }: DraftExtras = {},
  language: string,
  written: WrittenMessage | undefined,
): DraftExtras {
  const { translations: _, ...beside } = written?.extras ?? {};
  const own = Object.keys(beside).length > 0 ? { extras: beside } : {};
  const text = written && { language, message: written.message, ...own };
  const others = translations.filter((one) => one.language !== language);
  const all = text ? [...others, text] : others;
  return all.length > 0 ? { ...main, translations: all } : main;
}
