/** Whose messages are taken back or mended: asked with the number of each, and of those that must stay. */
import type { AmendmentPlan } from "../../../../app/amending/amending.ts";
import type { AmendmentKind, AmendmentScope } from "../../../../domain/amending/amendment.ts";
import { stays } from "../../../../words/amend-words.ts";
import { parseUsername } from "../../../../domain/people/username.ts";
import { shorten, typed } from "../../../../words/markup.ts";
import type { Words } from "../../../../words/words.ts";
import type { Note, Talk } from "../../../conversations/step.ts";
import { exitOf, exits, lines, paragraphs } from "../../../conversations/step.ts";
import type { Button, View } from "../../../views/view.ts";

export interface Scoped {
  readonly scope: AmendmentScope;
  readonly plan: AmendmentPlan;
}

interface Asked {
  readonly campaignId: string;
  readonly kind: AmendmentKind;
}

const MOST_REVISIONS = 6;
const LONGEST_TEXT = 60;

/** Asks until it is somebody's message that can be amended; a text when there is nobody's. */
export async function askScope(talk: Talk, asked: Asked): Promise<Scoped | "back" | "cancel" | Note> {
  const all = await planFor(talk, asked, { kind: "all" });
  if (!all || all.count === 0) return (words) => nobodyText(asked, all, words);
  let note: Note | undefined;
  for (;;) {
    const shown = note;
    await talk.dialogue.ask((words) => scopeView(asked, all, { note: shown, words }));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const scope = answer.kind === "button" ? chosenScope(answer.choice) : typedScope(answer);
    const plan = scope && (await planFor(talk, asked, scope));
    if (scope && plan && plan.count > 0) return { scope, plan };
    note = (words) => words.say("amend-not-his");
  }
}

async function planFor(
  { dialogue, parts }: Talk,
  { campaignId, kind }: Asked,
  scope: AmendmentScope,
): Promise<AmendmentPlan | undefined> {
  const plan = await dialogue.perform(() =>
    parts.app.planAmendment(campaignId, { kind, scope }).then((found) => found ?? null),
  );
  return plan ?? undefined;
}

function chosenScope(choice: string): AmendmentScope | undefined {
  if (choice === "all") return { kind: "all" };
  const revision = /^r(\d{1,5})$/.exec(choice)?.[1];
  return revision === undefined ? undefined : { kind: "revision", revision: Number(revision) - 1 };
}

/** A name may be typed at any time. */
function typedScope(answer: { readonly kind: string; readonly text?: string }): AmendmentScope | undefined {
  const parsed = parseUsername(typed(answer.text ?? ""));
  return parsed.ok ? { kind: "name", username: parsed.username } : undefined;
}

function scopeView(
  { campaignId: id, kind }: Asked,
  plan: AmendmentPlan,
  { note, words }: { readonly note: Note | undefined; readonly words: Words },
): View {
  const shown = plan.revisions.length > 1 ? plan.revisions.slice(-MOST_REVISIONS) : [];
  const texts = shown.map(({ revision, count, text }) =>
    words.say("amend-revision", {
      revision,
      count,
      text: shorten(text.replaceAll(/\s+/g, " "), LONGEST_TEXT),
    }),
  );
  const rows = shown.map(({ revision, count }): Button[] => [
    { label: words.plain("button-amend-revision", { revision, count }), choice: `r${revision}` },
  ]);
  return {
    text: paragraphs(
      note?.(words),
      lines(words.say(`amend-ask-${kind}`, { id, count: plan.count }), ...staysLines(plan, words)),
      lines(...texts),
      words.say("amend-ask-name"),
    ),
    rows: [
      [{ label: words.plain("button-amend-all", { count: plan.count }), choice: "all" }],
      ...rows,
      exits(words, "first"),
    ],
  };
}

/** Whose message must stay, each with its number. */
export function staysLines(plan: AmendmentPlan, words: Words): string[] {
  return stays(plan, words).map(({ sentence, told }) => words.say(sentence, told));
}

/** Says that the number is one of this moment; nothing where nobody joins them any more. */
export function growsLine({ grows }: AmendmentPlan, words: Words): string | undefined {
  return grows ? words.say("amend-grows") : undefined;
}

/** Says that there is nobody's message, and of whom it stays. */
export function nobodyText(
  { campaignId: id, kind }: Asked,
  plan: AmendmentPlan | undefined,
  words: Words,
): string {
  return lines(words.say(`amend-nobody-${kind}`, { id }), ...(plan ? staysLines(plan, words) : []));
}
