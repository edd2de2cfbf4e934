/** Links under the message: asked for on the preview, where they can be sent. */
import type { DraftExtras } from "../../../../app/drafts/draft.ts";
import { shorten } from "../../../../words/markup.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Note, Talk } from "../../step.ts";
import { exitOf, exits, lines } from "../../step.ts";

type LinkButton = NonNullable<DraftExtras["buttons"]>[number];

const MOST_BUTTONS = 10;
const LONGEST_LABEL = 64;

/** Asks until every line is a link or the operator leaves it; `same` when nothing was changed. */
export async function askLinks(
  { dialogue }: Talk,
  state: DraftState,
): Promise<"changed" | "same" | "cancel"> {
  let note: Note | undefined;
  for (;;) {
    const shown = note;
    const none = state.extras?.buttons?.length ? "none" : undefined;
    await dialogue.ask((words) => ({
      text: lines(shown?.(words), words.say("ask-links", { most: MOST_BUTTONS })),
      rows: [none ? [{ label: words.plain("button-no-links"), choice: none }] : [], exits(words, "later")],
    }));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit === "back" ? "same" : "cancel";
    if (answer.kind === "button") {
      setButtons(state, []);
      return "changed";
    }
    const found = answer.kind === "text" ? linksIn(answer.text) : { wrong: "" };
    if ("links" in found) {
      setButtons(state, found.links);
      return "changed";
    }
    note = (words) => words.say("links-wrong", { text: shorten(found.wrong, 60) });
  }
}

function setButtons(state: DraftState, buttons: readonly LinkButton[]): void {
  const { buttons: _before, ...others } = state.extras ?? {};
  state.extras = buttons.length > 0 ? { ...others, buttons } : others;
}

/** One link a line, `label | address`; or the first line that is none. */
export function linksIn(
  text: string,
): { readonly links: readonly LinkButton[] } | { readonly wrong: string } {
  const links: LinkButton[] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, label = "", url = ""] = /^(.*?)\s*[|｜]\s*(\S+)\s*$/.exec(line.trim()) ?? [];
    if (label === "" || label.length > LONGEST_LABEL || !isAddress(url) || links.length === MOST_BUTTONS)
      return { wrong: line };
    links.push({ label, url });
  }
  return links.length > 0 ? { links } : { wrong: text };
}

function isAddress(text: string): boolean {
  return /^(?:https?|tg):\/\//i.test(text) && URL.canParse(text);
}
