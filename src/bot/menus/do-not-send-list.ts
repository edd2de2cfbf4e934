/** /suppressed: the do-not-send list to look at and to look somebody up in, and the whole of it as a file. */
import { Composer, InputFile } from "grammy";
import { takenOut } from "../../app/history/taking-out.ts";
import type { Suppression } from "../../domain/people/suppression.ts";
import { profileNameOf } from "../../domain/people/profile-link.ts";
import { CSV_START, csvLine } from "../../lib/files/csv-line.ts";
import { typed } from "../../words/markup.ts";
import { noteText } from "../../words/suppression-note.ts";
import type { Words } from "../../words/words.ts";
import type { BotParts, OperatorContext } from "../bot-parts.ts";
import { uploadRetrying } from "../calls/retried-upload.ts";
import { chatOf } from "../conversations/dialogue.ts";
import { FILE_CHOICE, LONGEST_SOUGHT, doNotSendList, readLook } from "../views/do-not-send-list.ts";
import { sendView } from "../views/view.ts";
import { answered } from "./begin.ts";
import { replaceCard } from "./campaigns/uncertain.ts";

/** The command and the buttons of the list; a page that is turned takes the place of the one before. */
export function doNotSendListMenu({ app, clock }: BotParts): Composer<OperatorContext> {
  const menu = new Composer<OperatorContext>();
  menu.command("suppressed", async (context) => {
    const view = doNotSendList(await app.suppress.list(), soughtIn(context.match), context.words);
    await sendView(context.api, chatOf(context), view);
  });
  menu.callbackQuery(FILE_CHOICE, async (context) => {
    await answered(context);
    const { words, api, work } = context;
    const all = await takenOut(app.takingOut, { deed: "exportSuppressed" }, () => app.suppress.list());
    const bytes = new TextEncoder().encode(fileText(all, words));
    const file = new InputFile(bytes, words.plain("suppress-file"));
    const how = { caption: words.say("suppress-file-caption"), parse_mode: "HTML" } as const;
    work.letOthersPass();
    await uploadRetrying(() => api.sendDocument(chatOf(context), file, how), { clock, signal: work.signal });
  });
  menu.on("callback_query:data", async (context, next) => {
    const look = readLook(context.callbackQuery.data);
    if (!look) return next();
    await answered(context);
    await replaceCard(context, doNotSendList(await app.suppress.list(), look, context.words));
  });
  return menu;
}

/** A part of a name as somebody types it, with or without the @ or as a link, or words of a note; in any case. */
function soughtIn(text: string) {
  const link = profileNameOf(typed(text));
  const sought = link.kind === "profile" ? link.name : typed(text).replace(/^@/, "");
  return { sought: fitting(sought.toLowerCase().replaceAll(/\s+/g, " "), LONGEST_SOUGHT), page: 0 };
}

/** As much of the beginning as has room in so many bytes. */
function fitting(text: string, bytes: number): string {
  let kept = "";
  for (const letter of text) {
    if (Buffer.byteLength(kept + letter) > bytes) break;
    kept += letter;
  }
  return kept.trim();
}

/** Everybody on it, so that the same file can be given back. */
function fileText(all: readonly Suppression[], words: Words): string {
  const headings = ["heading-username", "heading-reason", "heading-time", "heading-note"];
  return [
    CSV_START + csvLine(headings.map((id) => words.plain(id))),
    ...all.map(({ username, reason, at, note = "" }) =>
      csvLine([username, words.plain(`suppressed-${reason}`), words.timestamp(at), noteText(note, words)]),
    ),
  ].join("");
}
