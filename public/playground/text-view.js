// @ts-check
/** A text with its entities as nodes. Built piece by piece from text: markup in a message stays text. */
import { button, element } from "../shared/dom.js";

/** @typedef {import("@grammyjs/types").MessageEntity} Entity */
/** @typedef {{ onCommand: (command: string) => void, revealLabel: string }} TextActs */

/** @type {ReadonlyMap<string, "strong" | "em" | "u" | "s" | "code" | "pre" | "blockquote">} */
const tags = new Map([
  ["bold", "strong"],
  ["italic", "em"],
  ["underline", "u"],
  ["strikethrough", "s"],
  ["code", "code"],
  ["pre", "pre"],
  ["blockquote", "blockquote"],
  ["expandable_blockquote", "blockquote"],
]);
const blocks = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * @param {string} text
 * @param {readonly Entity[]} entities In order, outer before inner
 * @param {TextActs} acts
 * @returns {(Node | string)[]}
 */
export function textNodes(text, entities, acts) {
  return nodes(text, entities, { from: 0, to: text.length }, acts);
}

/**
 * @param {string} text
 * @param {readonly Entity[]} entities
 * @param {{ from: number, to: number }} range
 * @param {TextActs} acts
 * @returns {(Node | string)[]}
 */
function nodes(text, entities, { from, to }, acts) {
  /** @type {(Node | string)[]} */
  const made = [];
  let at = from;
  for (const [index, outer] of entities.entries()) {
    if (outer.offset < at) continue;
    const end = Math.min(to, outer.offset + outer.length);
    const inner = entities.slice(index + 1).filter((one) => one.offset < end);
    const isBlock = blocks.has(outer.type);
    const before = text.slice(at, outer.offset);
    if (before !== "") made.push(isBlock ? before.replace(/\n$/, "") : before);
    const children = nodes(text, inner, { from: outer.offset, to: end }, acts);
    made.push(wrapped(outer, text.slice(outer.offset, end), children, acts));
    // A block stands on lines of its own already; the line end beside it would show as an empty line.
    at = isBlock && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) made.push(text.slice(at, to));
  return made;
}

/**
 * @param {Entity} entity
 * @param {string} text
 * @param {(Node | string)[]} children
 * @param {TextActs} acts
 * @returns {Node}
 */
function wrapped(entity, text, children, acts) {
  const { type } = entity;
  if (type === "url") return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, children);
  if (type === "text_link") return link(entity.url, children);
  if (type === "email") return link(`mailto:${text}`, children);
  if (type === "bot_command") return button("command", () => acts.onCommand(text), ...children);
  if (type === "mention" || type === "hashtag") return element("bdi", "tag", ...children);
  if (type === "spoiler") return spoiler(children, acts.revealLabel);
  const made = element(tags.get(type) ?? "span", type, ...children);
  if (type === "code" || type === "pre") made.dir = "ltr";
  return made;
}

/**
 * Only addresses that lead somewhere harmless become links.
 * @param {string} address
 * @param {(Node | string)[]} children
 */
function link(address, children) {
  const made = element("a", "", ...children);
  if (!/^(?:https?|mailto|tg):/i.test(address)) return made;
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

/**
 * @param {(Node | string)[]} children
 * @param {string} label
 */
function spoiler(children, label) {
  const made = button("spoiler", () => made.classList.add("shown"), ...children);
  made.title = label;
  return made;
}
