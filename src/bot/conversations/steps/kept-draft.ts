/** What was prepared and not started is offered before anything is asked anew. */
import type { KeptDraft } from "../../documents.ts";
import type { View } from "../../views/view.ts";
import type { Words } from "../../../words/words.ts";
import type { Talk } from "../step.ts";
import { exits } from "../step.ts";

/** The operator's kept draft. */
export async function keptDraft({ dialogue, parts }: Talk): Promise<KeptDraft | undefined> {
  const kept = await dialogue.perform(
    async ({ operatorId }) => (await parts.keptDrafts.of(operatorId)) ?? null,
  );
  return kept ?? undefined;
}

/** Asks whether to go on with it; begun anew, it is thrown away. */
export async function askAboutDraft(talk: Talk, kept: KeptDraft): Promise<"goOn" | "anew" | "cancel"> {
  await talk.dialogue.ask((words) => draftQuestion(kept, words));
  for (;;) {
    const answer = await talk.dialogue.next();
    if (answer.kind !== "button") {
      await talk.dialogue.ask((words) => draftQuestion(kept, words));
      continue;
    }
    if (answer.choice === "cancel") return "cancel";
    if (answer.choice === "goOn") return "goOn";
    await talk.dialogue.perform(({ operatorId }) => talk.parts.keptDrafts.drop(operatorId).then(() => null));
    return "anew";
  }
}

function draftQuestion({ state, at }: KeptDraft, words: Words): View {
  const { list, message } = state;
  const text = [
    words.say("draft-there", { id: state.id ?? "", moment: words.moment(at) }),
    list ? words.say("draft-list", { file: list.origin, count: list.valid }) : words.say("draft-list-gone"),
    ...(message === undefined ? [] : [words.say("draft-message")]),
  ].join("\n");
  const row = (id: string, choice: string) => [{ label: words.plain(id), choice }];
  return {
    text,
    rows: [row("button-go-on", "goOn"), row("button-begin-anew", "anew"), exits(words, "first")],
  };
}
