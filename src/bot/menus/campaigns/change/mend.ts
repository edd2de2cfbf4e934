/** Mending what was sent: another text in the place of the one that people have, written, seen, confirmed. */
import type { AmendmentPlan, AmendmentRequest } from "../../../../app/amending/amending.ts";
import type { DraftExtras } from "../../../../app/drafts/draft-extras.ts";
import type { ExistingCampaign } from "../../../../app/drafts/draft.ts";
import { usableFor } from "../../../conversations/steps/channel.ts";
import { askLanguages } from "../../../conversations/steps/options/languages.ts";
import { messageStep } from "../../../conversations/steps/message/message.ts";
import { forgetFile } from "../../../conversations/draft-files.ts";
import { emptyDraft } from "../../../conversations/draft-state.ts";
import type { DraftState } from "../../../conversations/draft-state.ts";
import type { Note, Talk } from "../../../conversations/step.ts";
import { exitOf, exits, lines, paragraphs } from "../../../conversations/step.ts";
import { quoted, shorten } from "../../../../words/markup.ts";
import type { Words } from "../../../../words/words.ts";
import type { View } from "../../../views/view.ts";
import type { Scoped } from "./scope.ts";
import { askScope, growsLine, nobodyText, staysLines } from "./scope.ts";
import { amendNote } from "./take-back.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";

const LONGEST_SHOWN = 800;

export const mendTopic: ChangeTopic = {
  name: "mend",
  value: ({ amended }, words) => words.plain("change-amended", { count: amended?.mended ?? 0 }),
  isFor: ({ amends, counts }) => amends?.mends === true && counts.sent > 0,
  run: mend,
};

async function mend(talk: Talk, { campaignId }: Topical): Promise<TopicEnd> {
  const { dialogue, parts } = talk;
  const scoped = await askScope(talk, { campaignId, kind: "mend" });
  if (scoped === "back" || scoped === "cancel") return { kind: scoped };
  if (typeof scoped === "function") return { kind: "done", note: scoped };
  const existing = await dialogue.perform(() =>
    parts.app.existing(campaignId).then((found) => found ?? null),
  );
  const state = existing && (await stateFor(talk, existing, scoped));
  if (!state) return { kind: "done", note: (words) => words.say("unknown-campaign") };
  for (;;) {
    const turn = await messageStep.run(talk, state);
    if (turn === "back" || turn === "cancel") return { kind: turn };
    await leaveFile(talk, state);
    const answer = await confirmed(talk, state, scoped);
    if (answer === "cancel") return { kind: "cancel" };
    if (typeof answer === "function") return { kind: "done", note: answer };
    if (answer === "go") return { kind: "done", note: await begin(talk, state, scoped) };
  }
}

/** The text that people have is there to be used; a file can't be put in the place of a text, so none is taken. */
async function stateFor(
  talk: Talk,
  existing: ExistingCampaign,
  { plan: { now } }: Scoped,
): Promise<DraftState | undefined> {
  const { id, columns, total } = existing;
  const { message, extras } = now ?? existing;
  const { attachment: _, ...beside } = extras ?? {};
  const list = { listId: "", origin: "", columns, valid: total };
  const state: DraftState = {
    ...emptyDraft(),
    id,
    existing,
    changes: ["message"],
    list,
    message,
    extras: beside,
  };
  const [channel] = await usableFor(talk, state);
  if (!channel) return undefined;
  return { ...state, channel };
}

/** What people have keeps its file, or has none. */
async function leaveFile(talk: Talk, state: DraftState): Promise<void> {
  const { attachment, ...beside } = state.extras ?? {};
  if (!attachment) return;
  await forgetFile(talk, state.extras);
  state.extras = beside;
  await talk.dialogue.tell((words) => words.say("amend-no-file"));
}

/** With the text it is known whom it fits; answers a sentence when it is nobody, and goes back for another text. */
async function confirmed(
  talk: Talk,
  state: DraftState,
  { scope }: Scoped,
): Promise<"go" | "back" | "cancel" | Note> {
  const { dialogue, parts } = talk;
  const id = state.id ?? "";
  for (;;) {
    const wanted = { kind: "mend", scope, message: messageOf(state) } as const;
    const plan = await dialogue.perform(() =>
      parts.app.planAmendment(id, wanted).then((found) => found ?? null),
    );
    if (!plan) return (words) => words.say("unknown-campaign");
    if (plan.problems) {
      state.messageProblems = plan.problems;
      return "back";
    }
    const isNobody = plan.count === 0 && plan.otherLanguage === 0;
    if (isNobody) return (words) => nobodyText({ campaignId: id, kind: "mend" }, plan, words);
    await dialogue.ask((words) => confirmation(state, plan, words));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind !== "button") continue;
    if (answer.choice !== "languages") return "go";
    if ((await askLanguages(talk, state)) === "cancel") return "cancel";
  }
}

function confirmation(state: DraftState, plan: AmendmentPlan, words: Words): View {
  const { preview } = plan;
  const shown = preview?.text ?? state.message ?? "";
  return {
    text: paragraphs(
      lines(
        preview ? words.say("preview-for", { username: preview.username }) : undefined,
        quoted(shorten(shown, LONGEST_SHOWN)),
      ),
      plan.count === 0
        ? nobodyText({ campaignId: state.id ?? "", kind: "mend" }, plan, words)
        : lines(
            words.say("amend-confirm-mend", { id: state.id ?? "", count: plan.count }),
            ...staysLines(plan, words),
            growsLine(plan, words),
          ),
    ),
    rows: [
      plan.count === 0
        ? []
        : [{ label: words.plain("button-amend-mend", { count: plan.count }), choice: "go" }],
      plan.otherLanguage > 0 || state.extras?.translations
        ? [{ label: words.plain("button-amend-languages"), choice: "languages" }]
        : [],
      exits(words, "later"),
    ],
  };
}

function messageOf({ message = "", extras = {} }: DraftState): NonNullable<AmendmentRequest["message"]> {
  const { attachment: _, translations, ...beside } = extras;
  const texts = translations && { translations: translations.map(withoutFile) };
  const given = { ...beside, ...texts };
  return { text: message, ...(Object.keys(given).length > 0 ? { extras: given } : {}) };
}

/** A file can't be put in the place of a text in another language either. */
function withoutFile({ language, message, extras = {} }: NonNullable<DraftExtras["translations"]>[number]) {
  const { attachment: _, copy: _copy, ...beside } = extras;
  return { language, message, ...(Object.keys(beside).length > 0 ? { extras: beside } : {}) };
}

async function begin({ dialogue, parts }: Talk, state: DraftState, { scope }: Scoped): Promise<Note> {
  const id = state.id ?? "";
  const message = messageOf(state);
  const result = await dialogue.perform((context) =>
    context.work.handOver(() =>
      parts.app.amend(id, { kind: "mend", scope, message, by: String(context.operatorId) }),
    ),
  );
  return amendNote(result, id, "mend");
}
