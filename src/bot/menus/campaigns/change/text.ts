/** Another text for those who are still to be written to: written, seen as real recipients get it, confirmed. */
import type { ExistingCampaign, DraftExtras } from "../../../../app/drafts/draft.ts";
import type { ChangePreview, ChangeResult } from "../../../../app/campaigns/changing.ts";
import { seenContent } from "../../../../words/content-name.ts";
import { quoted, shorten } from "../../../../words/markup.ts";
import { forgetFile } from "../../../conversations/draft-files.ts";
import { emptyDraft, hasExtras } from "../../../conversations/draft-state.ts";
import type { DraftState } from "../../../conversations/draft-state.ts";
import type { Note, Talk } from "../../../conversations/step.ts";
import { exitOf, exits, paragraphs } from "../../../conversations/step.ts";
import { askLinks } from "../../../conversations/steps/message/link-buttons.ts";
import { messageStep } from "../../../conversations/steps/message/message.ts";
import { showReal } from "../../../conversations/steps/message/real-preview.ts";
import { usableFor } from "../../../conversations/steps/channel.ts";
import { previewHeading } from "../../../views/drafts/preview-heading.ts";
import { problemText } from "../../../views/drafts/message-problem.ts";
import type { View } from "../../../views/view.ts";
import type { Words } from "../../../../words/words.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";

const LONGEST_VALUE = 24;
const LONGEST_SHOWN = 800;

export const textTopic: ChangeTopic = {
  name: "text",
  value: ({ campaign: { message, extras } }, words) => {
    const { attachment, ...beside } = extras ?? {};
    const line = seenContent({ message, extras: beside }, words).replaceAll(/\s+/g, " ").trim();
    return shorten(line === "" ? (attachment?.name ?? "…") : line, LONGEST_VALUE);
  },
  isFor: ({ campaign: { status } }) => status === "running" || status === "paused",
  run: changeText,
};

async function changeText(talk: Talk, { campaignId }: Topical): Promise<TopicEnd> {
  const found = await textState(talk, campaignId);
  if ("kind" in found) return found;
  const { state, existing } = found;
  const end = await askAndChange(talk, state, existing);
  if (state.extras?.attachment?.path !== existing.extras?.attachment?.path)
    await forgetFile(talk, state.extras);
  return end;
}

interface TextState {
  readonly state: DraftState;
  readonly existing: ExistingCampaign;
}

/** The campaign's text as it is now, to be changed; or why it can't be. */
export async function textState(talk: Talk, campaignId: string): Promise<TextState | TopicEnd> {
  const { dialogue, parts } = talk;
  const existing = await dialogue.perform(() =>
    parts.app.existing(campaignId).then((found) => found ?? null),
  );
  if (!existing) return { kind: "done", note: (words) => words.say("unknown-campaign") };
  const state = stateOf(existing);
  const [channel] = await usableFor(talk, state);
  if (!channel)
    return { kind: "done", note: (words) => words.say("addition-no-channel", { id: campaignId }) };
  state.channel = channel;
  return { state, existing };
}

/** The campaign's own text is there to be kept; its own file is not, so that nobody takes it for an upload and removes it. */
function stateOf(existing: ExistingCampaign): DraftState {
  const { attachment: _, ...beside } = existing.extras ?? {};
  const list = { listId: "", origin: "", columns: existing.columns, valid: existing.total };
  const { id, message } = existing;
  return { ...emptyDraft(), id, existing, changes: ["message"], list, message, extras: beside };
}

async function askAndChange(talk: Talk, state: DraftState, existing: ExistingCampaign): Promise<TopicEnd> {
  for (;;) {
    const turn = await messageStep.run(talk, state);
    if (turn === "back" || turn === "cancel") return { kind: turn };
    await keepFile(talk, state, existing);
    const confirmed = await confirmText(talk, state, existing);
    if (confirmed !== "again") return confirmed;
    if (state.extras?.attachment?.path === existing.extras?.attachment?.path) {
      const { attachment: _, ...beside } = state.extras ?? {};
      state.extras = beside;
    }
  }
}

/** A text alone changes the text alone: the file stays where the text has room beside it, and it is said where not. */
async function keepFile(
  { dialogue, parts }: Talk,
  state: DraftState,
  existing: ExistingCampaign,
): Promise<void> {
  const { message = "", channel } = state;
  const file = existing.extras?.attachment;
  if (!file || !channel || state.extras?.attachment) return;
  const extras = { ...state.extras, attachment: file };
  const problems = await dialogue.perform(() =>
    parts.app.checkMessage(message, existing.columns, { channel, extras }),
  );
  if (problems.length === 0) state.extras = extras;
  else
    await dialogue.tell((words) =>
      words.say("change-file-no-room", { name: file.name, max: channel.maxCaptionLength ?? 0 }),
    );
}

/** Shows what real recipients will get, and makes the change where the operator agrees. */
export async function confirmText(
  talk: Talk,
  state: DraftState,
  existing: ExistingCampaign,
): Promise<TopicEnd | "again"> {
  const { dialogue, parts } = talk;
  const { id } = existing;
  for (let isShown = false; ;) {
    const message = messageOf(state);
    const shown = await dialogue.perform(() =>
      parts.app.previewChange(id, message).then((found) => found ?? null),
    );
    if (!shown) return { kind: "done", note: (words) => words.say("unknown-campaign") };
    const { previews } = shown;
    const { extras } = message;
    if (extras && !isShown)
      await dialogue.perform((context) => showReal(context, { previews, id, extras, parts }));
    isShown = true;
    await dialogue.ask((words) => confirmation({ shown, state, id, extras }, words));
    const answer = await dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit === "back" ? "again" : { kind: exit };
    if (answer.kind !== "button") continue;
    if (answer.choice === "links") {
      const turn = await askLinks(talk, state);
      if (turn === "cancel") return { kind: "cancel" };
      isShown = turn === "same";
    }
    if (answer.choice === "alone") {
      const { attachment: _, ...beside } = state.extras ?? {};
      state.extras = beside;
      isShown = false;
    }
    if (answer.choice === "go") return { kind: "done", note: await apply(talk, state, existing) };
  }
}

interface Shown {
  readonly shown: ChangePreview;
  readonly state: DraftState;
  readonly id: string;
  readonly extras: DraftExtras | undefined;
}

function confirmation({ shown, state, id, extras }: Shown, words: Words): View {
  const { previews, left, had } = shown;
  const texts = extras
    ? []
    : previews.map(
        (one) => `${previewHeading(one, words, "left")}\n${quoted(shorten(one.text, LONGEST_SHOWN))}`,
      );
  const links = extras?.buttons?.length ? "button-links-change" : "button-links";
  const isAlbum = (extras?.copy?.messageIds.length ?? 0) > 1;
  const hasOwnFile = extras?.attachment !== undefined && extras.attachment.path === undefined;
  return {
    text: paragraphs(...texts, words.say("change-text-ask", { id, left, had })),
    rows: [
      [{ label: words.plain("button-change-apply"), choice: "go" }],
      state.channel?.takes?.buttons && !isAlbum ? [{ label: words.plain(links), choice: "links" }] : [],
      hasOwnFile && state.message !== ""
        ? [{ label: words.plain("button-without-file"), choice: "alone" }]
        : [],
      exits(words, "later"),
    ],
  };
}

function messageOf({ message = "", extras }: DraftState): {
  readonly text: string;
  readonly extras?: DraftExtras;
} {
  return { text: message, ...(hasExtras(extras) ? { extras } : {}) };
}

/** Left half-way it is made all the same; asked for once more after a crash it changes nothing. */
async function apply(
  { dialogue, parts }: Talk,
  state: DraftState,
  { id, revision }: ExistingCampaign,
): Promise<Note> {
  const result = await dialogue.perform(async (context) => {
    const by = String(context.operatorId);
    return context.work.handOver(() => parts.app.change(id, { message: messageOf(state), by, revision }));
  });
  return noteOf(result, id);
}

/** How a change went, in a sentence. */
export function noteOf(result: ChangeResult, id: string): Note {
  if (result.ok) {
    const { revision, left } = result;
    return (words) => words.say("change-done", { id, revision, left });
  }
  if (result.problem === "message") {
    const { problems } = result;
    return (words) => problems.map((one) => problemText(one, words)).join("\n");
  }
  const { problem } = result;
  return (words) => words.say(`change-refused-${problem}`, { id });
}
