// @ts-check
/** One message as a bubble with its file, text, time and keyboard. */
import { button, element } from "../shared/dom.js";
import { clockTime, fileSize, fullTime } from "./format.js";
import { icon } from "./icons.js";
import { keyboardView } from "./keyboard-view.js";
import { textNodes } from "./text-view.js";

/** @typedef {import("./chat-state.js").Message} Message */
/** @typedef {{ words: import("./words.js").Words, language: import("./words.js").Language }} Tongue */
/** @typedef {{ onReply?: () => void }} ReplyActs Absent: it is not to be replied to */
/** @typedef {import("./text-view.js").TextActs & import("./keyboard-view.js").KeyboardActs & ReplyActs} MessageActs */

/** Letters of right-to-left scripts. */
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LETTER = /\p{L}/u;

/**
 * Everything inside a message's list item.
 * @param {Message} message
 * @param {Tongue} tongue
 * @param {MessageActs} acts
 * @returns {Node[]}
 */
export function messageNodes(message, tongue, acts) {
  const bubble = element("div", "bubble");
  if (message.reply_to_message) bubble.append(quotedView(message.reply_to_message, tongue));
  if (message.photo) bubble.append(photoView(message, tongue));
  const content = contentName(message, tongue.words);
  if (content !== "") bubble.append(contentView(message, content));
  if (message.document && !message.animation) bubble.append(documentView(message.document, tongue));
  const text = message.text ?? message.caption ?? "";
  const meta = metaView(message, tongue);
  if (acts.onReply) meta.append(replyButton(tongue, acts.onReply));
  if (text !== "") {
    const shown = textView(text, message.entities ?? message.caption_entities ?? [], acts);
    // The style sheet keeps this much room for the time at the end of the last line.
    shown.dataset["meta"] = `${meta.textContent}${acts.onReply ? REPLY_ROOM : ""}`;
    bubble.append(shown);
  }
  bubble.append(meta);
  bubble.classList.toggle("ends-rtl", text !== "" && endsRightToLeft(text));
  bubble.classList.toggle("ends-ltr", text !== "" && !endsRightToLeft(text));
  bubble.classList.toggle("bare-photo", message.photo !== undefined && text === "");
  return message.reply_markup ? [bubble, keyboardView(message.reply_markup, acts)] : [bubble];
}

/** As wide as the button that stands behind the time. */
const REPLY_ROOM = "\u00a0".repeat(6);

/**
 * @param {Tongue} tongue
 * @param {() => void} onReply
 */
function replyButton({ words }, onReply) {
  const made = button("reply", onReply, icon("reply"));
  made.setAttribute("aria-label", words.reply);
  made.title = words.reply;
  return made;
}

/**
 * What a message answers to, above it.
 * @param {Message} quoted
 * @param {Tongue} tongue
 */
function quotedView(quoted, { words }) {
  const made = element("div", "quoted", summary(quoted, words));
  made.dir = "auto";
  return made;
}

/**
 * What a message is in one line: for the list of people and the pinned bar.
 * @param {Message} message
 * @param {import("./words.js").Words} words
 */
export function summary(message, words) {
  return (
    message.text ??
    message.caption ??
    message.document?.file_name ??
    (message.photo ? words.photo : contentName(message, words) || words.file)
  )
    .replace(/\s+/g, " ")
    .slice(0, 120);
}

/** Contents beside text, photo and document, with the sign that each stands under. */
const contents = /** @type {const} */ ([
  ["animation", "🎞"],
  ["video", "🎬"],
  ["video_note", "⏺"],
  ["audio", "🎵"],
  ["voice", "🎤"],
  ["sticker", "🌷"],
  ["poll", "📊"],
  ["venue", "📍"],
  ["location", "📍"],
  ["contact", "👤"],
  ["dice", "🎲"],
]);

/**
 * What a message is beside a text, a photo or a file; empty when it is nothing else.
 * @param {Message} message
 * @param {import("./words.js").Words} words
 */
function contentName(message, words) {
  const found = contents.find(([field]) => field in message);
  return found ? `${found[1]} ${words[found[0]]}` : "";
}

/**
 * Content that the page can't play is named; a poll shows its question and answers.
 * @param {Message} message
 * @param {string} name
 */
function contentView({ poll }, name) {
  const made = element("div", "content", element("strong", "", name));
  if (poll) {
    const question = element("p", "", poll.question);
    const answers = poll.options.map(({ text }) => element("li", "", text));
    for (const one of [question, ...answers]) one.dir = "auto";
    made.append(question, element("ul", "", ...answers));
  }
  return made;
}

/**
 * Tells on which side the last line ends: there the time stands.
 * @param {string} text
 */
function endsRightToLeft(text) {
  const line = text.split("\n").findLast((one) => LETTER.test(one)) ?? "";
  return RTL.test(LETTER.exec(line)?.[0] ?? "");
}

/**
 * @param {string} text
 * @param {readonly import("@grammyjs/types").MessageEntity[]} entities
 * @param {MessageActs} acts
 */
function textView(text, entities, acts) {
  const made = element("div", "text", ...textNodes(text, entities, acts));
  made.dir = "auto";
  return made;
}

/**
 * @param {Message} message
 * @param {Tongue} tongue
 */
function metaView(message, { words, language }) {
  const time = element("time", "", clockTime(message.date, language));
  time.dateTime = new Date(message.date * 1000).toISOString();
  time.title = fullTime(message.edit_date ?? message.date, language);
  const made = element("span", "meta", time);
  if (message.edit_date !== undefined) made.prepend(element("span", "edited", words.edited), " ");
  return made;
}

/**
 * @param {import("@grammyjs/types").Document} file
 * @param {Tongue} tongue
 */
function documentView(file, { words, language }) {
  const name = file.file_name ?? words.file;
  const ending = element(
    "span",
    "file-ending",
    name.includes(".") ? (name.split(".").at(-1)?.slice(0, 4) ?? "") : "",
  );
  const title = element("span", "file-name", name);
  title.dir = "auto";
  const size = element("span", "file-size", fileSize(file.file_size ?? 0, language));
  const made = element(
    "a",
    "document",
    element("span", "file-icon", icon("file"), ending),
    element("span", "file-text", title, size),
  );
  made.href = `/chat/files/${file.file_id}`;
  made.download = name;
  made.setAttribute("aria-label", `${words.download}: ${name}`);
  return made;
}

/**
 * @param {Message} message
 * @param {Tongue} tongue
 */
function photoView(message, { words }) {
  const photo = message.photo?.at(-1);
  const picture = element("img", "");
  picture.alt = message.caption ?? words.photo;
  picture.width = photo?.width ?? 320;
  picture.height = photo?.height ?? 240;
  picture.src = `/chat/files/${photo?.file_id ?? ""}`;
  const made = element("a", "photo", picture);
  made.href = picture.src;
  made.target = "_blank";
  made.rel = "noopener";
  return made;
}
