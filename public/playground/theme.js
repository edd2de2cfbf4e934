// @ts-check
/** Light, dark, or as the system has it; remembered in this browser. */
import { icon } from "./icons.js";
import { recall, remember } from "./memory.js";

const themes = /** @type {const} */ (["auto", "light", "dark"]);
/** @typedef {typeof themes[number]} Theme */

/** @returns {Theme} */
export function theme() {
  return themes.find((one) => one === recall("theme")) ?? "auto";
}

/** Goes on to the next one. */
export function switchTheme() {
  const next = themes[(themes.indexOf(theme()) + 1) % themes.length] ?? "auto";
  remember("theme", next);
  document.documentElement.dataset["theme"] = next;
}

/**
 * Shows the current choice on its button.
 * @param {HTMLElement} button
 * @param {import("./words.js").Words} words
 */
export function showTheme(button, words) {
  document.documentElement.dataset["theme"] = theme();
  button.replaceChildren(icon(theme()));
  button.setAttribute("aria-label", words[theme()]);
  button.title = words[theme()];
}
