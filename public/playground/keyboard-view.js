// @ts-check
/** The inline keyboard under a message: its buttons spin from the press until the bot answers. */
import { button, element } from "../shared/dom.js";
import { icon } from "./icons.js";

/** @typedef {import("@grammyjs/types").InlineKeyboardMarkup} Markup */
/** @typedef {import("@grammyjs/types").InlineKeyboardButton} Key */
/** @typedef {{ onPress: (pressed: string) => void, onCopy: (text: string) => void, isWaiting: (pressed: string) => boolean }} KeyboardActs */

/**
 * @param {Markup} markup
 * @param {KeyboardActs} acts
 */
export function keyboardView(markup, acts) {
  const rows = markup.inline_keyboard.map((row) =>
    element("div", "keys", ...row.map((key) => keyView(key, acts))),
  );
  return element("div", "keyboard", ...rows);
}

/**
 * @param {Key} key
 * @param {KeyboardActs} acts
 */
function keyView(key, acts) {
  const label = element("span", "key-label", key.text);
  label.dir = "auto";
  if ("url" in key) {
    const made = element("a", "key", label, icon("link"));
    if (/^(?:https?|tg):/i.test(key.url)) made.href = key.url;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    return made;
  }
  if ("copy_text" in key) return button("key", () => acts.onCopy(key.copy_text.text), label, icon("copy"));
  const pressed = "callback_data" in key ? key.callback_data : "";
  const made = button("key", () => acts.onPress(pressed), label, element("span", "spinner"));
  made.dataset["pressed"] = pressed;
  showWaiting(made, acts.isWaiting(pressed));
  return made;
}

/**
 * @param {HTMLElement} key
 * @param {boolean} waiting
 */
export function showWaiting(key, waiting) {
  key.classList.toggle("waiting", waiting);
  key.setAttribute("aria-busy", String(waiting));
}
