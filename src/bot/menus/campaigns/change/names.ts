/**
 * More names for a campaign that runs, waits or is paused: the list is read and shown the very way that a new campaign's is,
 * they come with a statement of consent of their own, and it is said who joins before anybody does.
 */
import type { AddNamesResult, NamesPreview } from "../../../../app/campaigns/adding-names.ts";
import type { ExistingCampaign } from "../../../../app/drafts/draft.ts";
import { quoted } from "../../../../words/markup.ts";
import { namesProblem, previewLines } from "../../../../words/names-words.ts";
import { emptyDraft } from "../../../conversations/draft-state.ts";
import type { DraftState } from "../../../conversations/draft-state.ts";
import type { Note, Talk } from "../../../conversations/step.ts";
import { exitOf, exits, lines, paragraphs } from "../../../conversations/step.ts";
import { usableFor } from "../../../conversations/steps/channel.ts";
import { consentStep } from "../../../conversations/steps/consent.ts";
import { recipientsStep } from "../../../conversations/steps/recipients.ts";
import type { View } from "../../../views/view.ts";
import type { Words } from "../../../../words/words.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";

export const namesTopic: ChangeTopic = {
  name: "names",
  value: ({ imported }, words) => words.plain("change-names-count", { count: imported }),
  run: addNames,
};

async function addNames(talk: Talk, { campaignId }: Topical): Promise<TopicEnd> {
  const state = await stateFor(talk, campaignId);
  if (!state) return { kind: "done", note: (words) => words.say("unknown-campaign") };
  const end = await askAndAdd(talk, state);
  const listId = state.list?.listId;
  if (listId !== undefined)
    await talk.dialogue.perform(() => talk.parts.app.discardList(listId).then(() => null));
  return end;
}

async function stateFor(talk: Talk, id: string): Promise<(DraftState & Named) | undefined> {
  const { dialogue, parts } = talk;
  const existing = await dialogue.perform(() => parts.app.existing(id).then((found) => found ?? null));
  if (!existing) return undefined;
  const state = { ...emptyDraft(), id: existing.id, existing, changes: ["consent" as const] };
  const [channel] = await usableFor(talk, state);
  return channel ? { ...state, channel } : state;
}

interface Named {
  readonly id: string;
  readonly existing: ExistingCampaign;
}

async function askAndAdd(talk: Talk, state: DraftState & Named): Promise<TopicEnd> {
  for (;;) {
    const turn = await recipientsStep.run(talk, state);
    if (turn === "cancel" || turn === "back") return { kind: turn };
    const preview = await previewOf(talk, state);
    const problem = preview && namesProblem(preview, state.id);
    // It came to its end meanwhile: no other list would help.
    if (problem && preview?.isOver) return { kind: "done", note: problem };
    if (!preview || problem) {
      await talk.dialogue.tell(problem ?? ((words) => words.say("names-refused-noList", { id: state.id })));
      continue;
    }
    const consented = await consentStep.run(talk, state);
    if (consented === "cancel") return { kind: "cancel" };
    if (consented === "back") continue;
    const answer = await confirmed(talk, state, preview);
    if (answer === "cancel") return { kind: "cancel" };
    if (answer === "go") return { kind: "done", note: await add(talk, state) };
  }
}

async function previewOf({ dialogue, parts }: Talk, { id, list }: DraftState & Named) {
  const listId = list?.listId ?? "";
  return dialogue.perform(() => parts.app.previewNames(id, listId).then((found) => found ?? null));
}

async function confirmed(
  { dialogue }: Talk,
  state: DraftState & Named,
  preview: NamesPreview,
): Promise<"go" | "back" | "cancel"> {
  for (;;) {
    await dialogue.ask((words) => confirmation(state, preview, words));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind === "button") return "go";
  }
}

function confirmation({ id, consent = "" }: DraftState & Named, preview: NamesPreview, words: Words): View {
  return {
    text: paragraphs(
      lines(words.say("names-ask", { id }), ...previewLines(preview, words)),
      lines(words.say("names-consent"), quoted(consent)),
    ),
    rows: [
      [{ label: words.plain("button-names-add", { count: preview.added }), choice: "go" }],
      exits(words, "later"),
    ],
  };
}

async function add({ dialogue, parts }: Talk, { id, list, consent }: DraftState & Named): Promise<Note> {
  const result = await dialogue.perform((context) =>
    context.work.handOver(() =>
      parts.app.addNames(id, {
        names: { listId: list?.listId ?? "" },
        origin: list?.origin ?? "",
        by: String(context.operatorId),
        ...(consent === undefined ? {} : { statement: consent }),
      }),
    ),
  );
  return noteOf(result, id);
}

function noteOf(result: AddNamesResult, id: string): Note {
  if (result.ok) {
    const { added, known, left } = result;
    return (words) => words.say("names-added", { id, added, known, left });
  }
  if (result.problem !== "columns") {
    const { problem } = result;
    return (words) => words.say(`names-refused-${problem}`, { id });
  }
  const { missing } = result;
  return (words) => words.say("names-refused-columns", { id, names: words.codes(missing) });
}
