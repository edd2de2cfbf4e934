// @ts-check
/** The people one can be, each with the last line of their chat and what they have not read. */
import { button, byId, element } from "../shared/dom.js";
import { clockTime, number } from "./format.js";
import { summary } from "./message-view.js";

/** @typedef {import("./chat-state.js").ChatState} ChatState */
/** @typedef {import("./chat-state.js").ChatView} ChatView */
/** @typedef {import("./message-view.js").Tongue} Tongue */

/**
 * @param {ChatState} state
 * @param {Tongue} tongue
 * @param {(person: number) => void} onChoose
 */
export function showPeople(state, tongue, onChoose) {
  const current = state.current;
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset["person"] : undefined;
  byId("person-list").replaceChildren(
    ...[...state.chats.values()].map((chat) => element("li", "", personView(chat, state, tongue, onChoose))),
  );
  if (focused !== undefined)
    byId("person-list")
      .querySelector(`[data-person="${CSS.escape(focused)}"]`)
      ?.dispatchEvent(new Event("refocus"));
  if (current) paintAvatar(byId("own-avatar"), current);
  const others = [...state.chats.values()].filter((chat) => chat !== current);
  showBadge(
    byId("other-unread"),
    others.reduce((sum, chat) => sum + state.unread(chat), 0),
    tongue,
  );
}

/**
 * @param {HTMLElement} badge
 * @param {number} count
 * @param {Tongue} tongue
 */
export function showBadge(badge, count, { words, language }) {
  badge.hidden = count === 0;
  badge.textContent = number(count, language);
  badge.setAttribute("aria-label", words.unread(number(count, language)));
}

/**
 * @param {ChatView} chat
 * @param {ChatState} state
 * @param {Tongue} tongue
 * @param {(person: number) => void} onChoose
 */
function personView(chat, state, tongue, onChoose) {
  const { person, messages } = chat;
  const { words, language } = tongue;
  const last = messages.at(-1);
  const avatar = element("span", "avatar");
  avatar.ariaHidden = "true";
  paintAvatar(avatar, chat);
  const name = element("bdi", "person-name", person.firstName);
  const time = element("span", "person-time", last ? clockTime(last.date, language) : "");
  const line = element("bdi", "person-last", last ? summary(last, words) : words.noMessages);
  const badge = element("span", "badge");
  showBadge(badge, chat === state.current ? 0 : state.unread(chat), tongue);
  const made = button(
    "person",
    () => onChoose(person.id),
    avatar,
    element("span", "person-top", name, time),
    element(
      "span",
      "person-role",
      `${words[person.role]} · ${person.languageCode === "fa" ? "فارسی" : "English"}`,
    ),
    element("span", "person-bottom", line, badge),
  );
  made.dataset["person"] = String(person.id);
  made.setAttribute("aria-current", String(chat === state.current));
  made.addEventListener("refocus", () => made.focus());
  return made;
}

/**
 * @param {HTMLElement} avatar
 * @param {ChatView} chat
 */
function paintAvatar(avatar, { person }) {
  avatar.textContent = person.firstName.charAt(0);
  avatar.dataset["hue"] = String(person.id % 5);
}
