/** The preview: the very texts that arrive, and a test send to one name. */
import type { Preview, TestSendResult } from "../../../../app/drafts/draft.ts";
import type { OperatorContext } from "../../../bot-parts.ts";
import type { InvalidReason } from "../../../../domain/people/username.ts";
import { parseUsername } from "../../../../domain/people/username.ts";
import { accountLines } from "../../../../words/pause-sentence.ts";
import { pieces, quoted, typed } from "../../../../words/markup.ts";
import { sendView } from "../../../views/view.ts";
import type { Words } from "../../../../words/words.ts";
import { chatOf } from "../../dialogue.ts";
import { change, draftFrom, hasExtras, isAsked, messageIn } from "../../draft-state.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Step, Talk, Turn } from "../../step.ts";
import { exitOf, exits, paragraphs } from "../../step.ts";
import { askLinks } from "./link-buttons.ts";
import { languagesOf } from "../../../../domain/languages/text-in.ts";
import { previewHeading } from "../../../views/drafts/preview-heading.ts";
import { showReal } from "./real-preview.ts";

/** Shows what real recipients get, and sends a test where one is wanted. */
export const previewStep: Step = { name: "preview", run: showPreview };

/** Telegram's limit is 4096 after its markup is taken out (Bot API 10.1); counted here with it. */
const LONGEST_TEXT = 4096;
/** What is asked below the texts. */
const REST = 200;

async function showPreview(talk: Talk, state: DraftState): Promise<Turn> {
  const previews = await talk.dialogue.perform(() => talk.parts.app.preview(draftFrom(state)));
  let isShown = false;
  for (;;) {
    const { extras } = messageIn(state);
    const isReal = !isShown && hasExtras(extras);
    const real = { previews, id: state.id ?? "", extras: extras ?? {}, parts: talk.parts };
    if (isReal) await talk.dialogue.perform((context) => showReal(context, real));
    await askWhetherRight(talk, state, isShown || isReal ? [] : previews);
    isShown = true;
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    if (answer.kind !== "button") continue;
    if (answer.choice === "go") return "next";
    if (answer.choice === "edit") {
      change(state, "message");
      return "message";
    }
    if (answer.choice === "links") {
      const turn = await askLinks(talk, state);
      if (turn === "cancel") return "cancel";
      isShown = turn === "same";
    }
    if (answer.choice === "test" && (await offerTest(talk, state)) === "cancel") return "cancel";
  }
}

async function askWhetherRight(
  { dialogue }: Talk,
  state: DraftState,
  previews: readonly Preview[],
): Promise<void> {
  const { channel } = state;
  const { extras } = messageIn(state);
  const isAlbum = (extras?.copy?.messageIds.length ?? 0) > 1;
  const links = extras?.buttons?.length ? "button-links-change" : "button-links";
  const isLong = await dialogue.perform(
    ({ words }) => previewText(previews, words).length > LONGEST_TEXT - REST,
  );
  if (isLong) await dialogue.perform((context) => showOneByOne(context, previews));
  await dialogue.ask((words) => ({
    text: paragraphs(
      isLong || previews.length === 0 ? undefined : previewText(previews, words),
      extras?.copy ? words.say("preview-copied") : undefined,
      state.settings.followUps && languagesOf(extras).length > 0
        ? words.say("follow-up-one-language")
        : undefined,
      channel?.hasLeaveButton ? words.say(isAlbum ? "preview-leave-album" : "preview-leave") : undefined,
      words.say("preview-ask"),
    ),
    rows: [
      [{ label: words.plain("button-continue"), choice: "go" }],
      [
        { label: words.plain("button-test-send"), choice: "test" },
        { label: words.plain("button-edit-message"), choice: "edit" },
      ],
      channel?.takes?.buttons && !isAlbum && isAsked(state, "message")
        ? [{ label: words.plain(links), choice: "links" }]
        : [],
      exits(words, "later"),
    ],
  }));
}

function previewText(previews: readonly Preview[], words: Words): string {
  const shown = previews.map((one) => `${previewHeading(one, words)}\n${quoted(one.text)}`);
  return paragraphs(words.say("preview-title"), ...shown);
}

/** Long texts go out as messages of their own, without any markup. */
async function showOneByOne(context: OperatorContext, previews: readonly Preview[]): Promise<null> {
  const chatId = chatOf(context);
  await sendView(context.api, chatId, { text: context.words.say("preview-title") });
  for (const one of previews) {
    await sendView(context.api, chatId, { text: previewHeading(one, context.words) });
    for (const piece of pieces(one.text, LONGEST_TEXT)) await context.api.sendMessage(chatId, piece);
  }
  return null;
}

async function offerTest(talk: Talk, state: DraftState): Promise<"done" | "cancel"> {
  await talk.dialogue.ask((words) => ({ text: words.say("ask-test-name"), rows: [exits(words, "later")] }));
  for (;;) {
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit === "back" ? "done" : "cancel";
    const name = answer.kind === "text" ? typed(answer.text) : undefined;
    const parsed = name === undefined ? undefined : parseUsername(name);
    if (name !== undefined && parsed?.ok) {
      await startTest(talk, state, name);
      return "done";
    }
    await talk.dialogue.ask((words) => ({
      text:
        name === undefined || !parsed || parsed.ok
          ? words.say("test-not-text")
          : badName(name, parsed.reason, words),
      rows: [exits(words, "later")],
    }));
  }
}

/**
 * Sends the test beside the dialogue: a slow service must not hold up the chat. The update counts as handled before
 * the send begins, so that a crash can't repeat it.
 */
async function startTest({ dialogue, parts }: Talk, state: DraftState, name: string): Promise<void> {
  const draft = draftFrom(state);
  await dialogue.perform(async (context) => {
    await parts.seen.add(context.update.update_id);
    const chatId = chatOf(context);
    await sendView(context.api, chatId, {
      text: context.words.say("test-sending", { username: name.slice(0, 64) }),
    });
    parts.inBackground(async () => {
      for (const language of [undefined, ...languagesOf(draft.extras)]) {
        const result = await parts.app.testSend(draft, name, language);
        const words = parts.operators.wordsFor(context.operatorId);
        await sendView(context.api, chatId, { text: testResultText(result, name, words) });
        if (result.kind !== "sent") break;
      }
    });
    return null;
  });
}

function testResultText(result: TestSendResult, name: string, words: Words): string {
  switch (result.kind) {
    case "sent":
      return words.say("test-sent", { username: result.username });
    case "notSent":
      return [
        words.say("test-not-sent", { username: result.username, why: words.reason(result.why) }),
        ...accountLines(result.waits ?? [], words),
      ].join("\n");
    case "uncertain":
      return words.say("test-uncertain", { username: result.username, why: words.reason(result.why) });
    case "badName":
      return badName(name, result.reason, words);
  }
}

function badName(name: string, reason: InvalidReason, words: Words): string {
  return words.say("test-bad-name", {
    username: name.slice(0, 64),
    reason: words.plain(`invalid-${reason}`),
  });
}
