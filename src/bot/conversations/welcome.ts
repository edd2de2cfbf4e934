/** The dialogue that begins the welcome: its text with whatever goes with it, then a word that it is to begin. */
import type { Conversation } from "@grammyjs/conversations";
import type { Context } from "grammy";
import type { WelcomeResult } from "../../app/welcome/welcome.ts";
import { WELCOME_COLUMNS } from "../../domain/people/newcomers.ts";
import { seenContent } from "../../words/content-name.ts";
import { quoted, shorten } from "../../words/markup.ts";
import { problemText } from "../views/drafts/message-problem.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { forgetFile } from "./draft-files.ts";
import { Dialogue } from "./dialogue.ts";
import type { DraftState } from "./draft-state.ts";
import { emptyDraft, messageIn } from "./draft-state.ts";
import type { Note, Talk } from "./step.ts";
import { exitOf, exits, paragraphs } from "./step.ts";
import { messageStep } from "./steps/message/message.ts";

/** The conversation's name. */
export const WELCOME = "welcome";

const LONGEST_SHOWN = 1000;

export function createWelcomeDialogue(
  parts: BotParts,
): (conversation: Conversation<OperatorContext>, opened: Context) => Promise<void> {
  return async (conversation, opened) => {
    const talk = { dialogue: new Dialogue(conversation, opened, WELCOME), parts };
    const said = await begun(talk);
    await talk.dialogue.close(parts.inBackground);
    await talk.dialogue.tell(said);
  };
}

const cancelled: Note = (words) => words.say("welcome-cancelled");

/** Answers what there is to say of it. */
async function begun(talk: Talk): Promise<Note> {
  const state: DraftState = {
    ...emptyDraft(),
    list: { listId: "", origin: "subscribers", columns: [...WELCOME_COLUMNS], valid: 0, isSubscribers: true },
  };
  const hasTelegram = await talk.dialogue.perform(async () =>
    (await talk.parts.app.channels()).some(({ name }) => name === "telegram"),
  );
  if (!hasTelegram) return (words) => words.say("welcome-noTelegram");
  for (;;) {
    if ((await messageStep.run(talk, state)) !== "next") break;
    const answer = await confirmed(talk, state);
    if (answer === "cancel") break;
    if (answer === "start") return start(talk, state);
  }
  await forgetFile(talk, state.extras);
  return cancelled;
}

async function confirmed({ dialogue }: Talk, state: DraftState): Promise<"start" | "back" | "cancel"> {
  for (;;) {
    await dialogue.ask((words) => ({
      text: paragraphs(
        quoted(shorten(seenContent(state, words), LONGEST_SHOWN)),
        words.say("welcome-confirm"),
      ),
      rows: [[{ label: words.plain("button-welcome-start"), choice: "start" }], exits(words, "later")],
    }));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") return "start";
  }
}

function begunNote({ id, putBackFrom }: Extract<WelcomeResult, { ok: true }>): Note {
  return (words) =>
    [
      words.say("welcome-begun", { id }),
      ...(putBackFrom === undefined
        ? []
        : [words.say("started-put-back", { id, moment: words.exactMoment(putBackFrom) })]),
    ].join("\n");
}

async function start(talk: Talk, state: DraftState): Promise<Note> {
  const { message = "", extras } = messageIn(state);
  const result = await talk.dialogue.perform(({ operatorId, words, work }) =>
    work.handOver(() =>
      talk.parts.app.welcome.begin({
        message,
        ...(extras ? { extras } : {}),
        statement: words.plain("welcome-consent"),
        by: String(operatorId),
        operatorId,
      }),
    ),
  );
  await forgetFile(talk, state.extras);
  if (result.ok) return begunNote(result);
  if (result.problem === "message")
    return (words) => result.problems.map((one) => problemText(one, words)).join("\n");
  return (words) => words.say(`welcome-${result.problem}`);
}
