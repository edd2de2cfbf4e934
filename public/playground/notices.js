// @ts-check
/** Short notices over the chat, and the alert a bot may answer a press with. */
import { byId, element } from "../shared/dom.js";

/** How long a notice stays, in ms. */
const STAYS_MS = 4000;

/** @param {string} text */
export function showToast(text) {
  const toast = element("p", "toast", text);
  toast.dir = "auto";
  byId("toasts").append(toast);
  setTimeout(() => toast.remove(), STAYS_MS);
}

/** @param {string} text */
export function showAlert(text) {
  byId("alert-text").textContent = text;
  byId("alert", HTMLDialogElement).showModal();
}
