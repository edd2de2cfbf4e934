// @ts-check
/**
 * The list of messages. Each message keeps its list item for good: an edit changes what is inside, so nothing jumps and
 * the focus stays. Keeps to the bottom unless the person scrolled up.
 */
import { byId, element } from "../shared/dom.js";
import { dayName } from "./format.js";
import { showWaiting } from "./keyboard-view.js";
import { messageNodes } from "./message-view.js";

/** @typedef {import("./chat-state.js").Message} Message */
/** @typedef {import("./message-view.js").Tongue} Tongue */
/**
 * @typedef {object} ListActs
 * @property {(message: Message) => boolean} isFromBot
 * @property {(text: string) => void} onCommand
 * @property {(messageId: number, pressed: string) => Promise<void>} onPress
 * @property {(text: string) => void} onCopy
 * @property {(message: Message) => void} onReply
 * @property {() => void} onScroll
 */

/** Closer to the end than this counts as being there, in pixels. */
const NEAR = 60;

export class MessagesView {
  #list = byId("messages");
  #scroller = byId("scroller");
  /** @type {Map<number, { item: HTMLLIElement, message: Message }>} */
  #items = new Map();
  /** @type {Map<number, Set<string>>} */
  #waiting = new Map();
  #stuck = true;
  #lastDay = "";
  #scrolledTo = 0;
  #acts;
  /** @type {Tongue | undefined} */
  #tongue;

  /** @param {ListActs} acts */
  constructor(acts) {
    this.#acts = acts;
    this.#scroller.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
      // Only going up lets go of the end: a picture that just loaded moves the end away, and that is no wish to stay.
      const wentUp = scrollTop < this.#scrolledTo;
      this.#scrolledTo = scrollTop;
      if (scrollHeight - scrollTop - clientHeight < NEAR) this.#stuck = true;
      else if (wentUp) this.#stuck = false;
      acts.onScroll();
    });
    const stay = new ResizeObserver(() => this.#keepDown());
    stay.observe(this.#list);
    stay.observe(this.#scroller);
  }

  /** True while the newest message is in sight. */
  get atBottom() {
    return this.#stuck;
  }

  /** @param {"smooth" | "instant"} behavior */
  toBottom(behavior) {
    this.#stuck = true;
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior });
  }

  /**
   * Shows another chat, from its end.
   * @param {readonly Message[]} messages
   * @param {Tongue} tongue
   */
  open(messages, tongue) {
    this.#tongue = tongue;
    this.#items.clear();
    this.#waiting.clear();
    this.#lastDay = "";
    this.#list.replaceChildren();
    this.update(messages);
    this.toBottom("instant");
  }

  /**
   * Brings the list to this state, touching only what differs.
   * @param {readonly Message[]} messages In order of their ids
   */
  update(messages) {
    const kept = new Set(messages.map((one) => one.message_id));
    for (const id of this.#items.keys()) if (!kept.has(id)) this.remove(id);
    for (const message of messages) this.put(message);
  }

  /** @param {number} id */
  remove(id) {
    this.#items.get(id)?.item.remove();
    this.#items.delete(id);
  }

  /**
   * Adds a message at the end, or shows the new state of one.
   * @param {Message} message
   */
  put(message) {
    const id = message.message_id;
    const known = this.#items.get(id);
    if (known && JSON.stringify(known.message) === JSON.stringify(message)) return;
    const item = known?.item ?? this.#append(message);
    const focused = item.contains(document.activeElement) ? document.activeElement : null;
    const pressed = focused instanceof HTMLElement ? focused.dataset["pressed"] : undefined;
    // An edit is not news: without this a screen reader would read a progress message aloud every few seconds.
    if (known) item.setAttribute("aria-live", "off");
    item.replaceChildren(...this.#nodes(message));
    this.#items.set(id, { item, message });
    if (pressed !== undefined)
      this.#keys(id)
        .find((key) => key.dataset["pressed"] === pressed)
        ?.focus();
    this.#keepDown();
  }

  /** @param {number} id */
  reveal(id) {
    const item = this.#items.get(id)?.item;
    if (!item) return;
    item.scrollIntoView({ block: "center", behavior: "smooth" });
    item.classList.add("found");
    item.addEventListener("animationend", () => item.classList.remove("found"), { once: true });
  }

  /** @param {Message} message */
  #append(message) {
    const day = this.#tongue ? dayName(message.date, this.#tongue.language) : "";
    if (day !== this.#lastDay) this.#list.append(element("li", "day", element("span", "", day)));
    this.#lastDay = day;
    const item = element("li", this.#acts.isFromBot(message) ? "message in" : "message out");
    this.#list.append(item);
    return item;
  }

  /** @param {Message} message */
  #nodes(message) {
    const id = message.message_id;
    if (!this.#tongue) return [];
    return messageNodes(message, this.#tongue, {
      onCommand: this.#acts.onCommand,
      onCopy: this.#acts.onCopy,
      revealLabel: this.#tongue.words.reveal,
      onPress: (pressed) => void this.#press(id, pressed),
      ...(this.#acts.isFromBot(message) ? { onReply: () => this.#acts.onReply(message) } : {}),
      isWaiting: (pressed) => this.#waiting.get(id)?.has(pressed) ?? false,
    });
  }

  /**
   * @param {number} id
   * @param {string} pressed
   */
  async #press(id, pressed) {
    const waiting = this.#waiting.get(id) ?? new Set();
    if (waiting.has(pressed)) return;
    this.#waiting.set(id, waiting.add(pressed));
    this.#showWaiting(id);
    try {
      await this.#acts.onPress(id, pressed);
    } finally {
      waiting.delete(pressed);
      this.#showWaiting(id);
    }
  }

  /** @param {number} id */
  #showWaiting(id) {
    for (const key of this.#keys(id))
      showWaiting(key, this.#waiting.get(id)?.has(key.dataset["pressed"] ?? "") ?? false);
  }

  /**
   * @param {number} id
   * @returns {HTMLElement[]}
   */
  #keys(id) {
    return [...(this.#items.get(id)?.item.querySelectorAll("[data-pressed]") ?? [])].filter(
      (one) => one instanceof HTMLElement,
    );
  }

  #keepDown() {
    if (this.#stuck) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
