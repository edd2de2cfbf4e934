/** The send window: the days and hours in which a campaign sends, told in full before they are taken. */
import type { ReadWindow } from "../../../../app/when/when-reading.ts";
import type { SendWindow } from "../../../../domain/when/send-window.ts";
import { escapeHtml } from "../../../../words/markup.ts";
import { windowProblemText } from "../../../../words/when-answers.ts";
import { windowText, workingDaysText } from "../../../../words/when-words.ts";
import type { Words } from "../../../../words/words.ts";
import type { View } from "../../../views/view.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Answer } from "../../answer.ts";
import type { Talk } from "../../step.ts";
import { exitOf, exits, paragraphs } from "../../step.ts";
import type { Topic } from "./topic.ts";

export const sendWindowTopic: Topic = {
  name: "send-window",
  value: (state, words) => {
    const window = windowIn(state);
    return window && windowText(window, words);
  },
  run: askWindow,
};

function windowIn({ settings, atAnyTime, usualWindow }: DraftState): SendWindow | undefined {
  return settings.sendWindow ?? (atAnyTime ? undefined : usualWindow);
}

/** Hours to tap: the words on the button are the ones that mean them. */
const offered = ["window-daytime", "window-office", "window-quiet-night"] as const;

async function askWindow(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  let problem: Extract<ReadWindow, { kind: "problem" }> | undefined;
  let other: Typed | undefined;
  for (;;) {
    const said = problem;
    if (!other) await talk.dialogue.show((words) => questionView(said, words));
    const answer: Answer = other ?? (await talk.dialogue.next());
    other = undefined;
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button" && answer.choice === "always") return take(state, undefined);
    const tapped = offered.find((id) => answer.kind === "button" && answer.choice === id);
    const typed = answer.kind === "text" ? answer.text : "";
    const found = await talk.dialogue.perform(async ({ words }) =>
      talk.parts.app.when.readWindow(tapped ? words.plain(tapped) : typed),
    );
    problem = found.kind === "problem" ? found : undefined;
    if (found.kind === "always") return take(state, undefined);
    if (found.kind !== "window") continue;
    const turn = await confirm(talk, found);
    if (turn === "take") return take(state, found.window);
    if (turn === "cancel") return "cancel";
    if (turn !== "again") other = turn;
  }
}

type Typed = Extract<Answer, { kind: "text" }>;

function take(state: DraftState, window: SendWindow | undefined): "back" {
  const { sendWindow: _sendWindow, ...others } = state.settings;
  state.settings = window ? { ...others, sendWindow: window } : others;
  if (window) delete state.atAnyTime;
  else state.atAnyTime = true;
  return "back";
}

async function confirm(
  talk: Talk,
  { window, workingDays }: Extract<ReadWindow, { kind: "window" }>,
): Promise<Typed | "take" | "again" | "cancel"> {
  for (;;) {
    const { isOpen, until } = await talk.dialogue.perform(async () => {
      const state = talk.parts.app.when.windows(window, talk.parts.clock.now());
      return { isOpen: state.isOpen, until: state.until };
    });
    await talk.dialogue.show((words) => ({
      text: paragraphs(
        workingDays && escapeHtml(workingDaysText(workingDays, window.timeZone, words)),
        words.say(isOpen ? "window-right-open" : "window-right", {
          window: windowText(window, words),
          moment: words.moment(until),
        }),
      ),
      rows: [[{ label: words.plain("button-window-right"), choice: "take" }], exits(words, "later")],
    }));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit === "back" ? "again" : "cancel";
    if (answer.kind === "button") return "take";
    // Whoever writes other hours instead means those.
    if (answer.kind === "text") return answer;
  }
}

function questionView(problem: Extract<ReadWindow, { kind: "problem" }> | undefined, words: Words): View {
  const rows = offered.map((id) => [{ label: words.plain(id), choice: id }]);
  return {
    text: paragraphs(problem && escapeHtml(windowProblemText(problem, words)), words.say("ask-send-window")),
    rows: [
      [{ label: words.plain("topic-send-window-off"), choice: "always" }],
      ...rows,
      exits(words, "later"),
    ],
  };
}
