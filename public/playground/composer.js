// @ts-check
/** Where a person writes: text, files by button, drag and drop or paste, commands, samples, and Start. */
import { CommandMenu } from "./command-menu.js";
import { button, byId } from "../shared/dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./chat-state.js").ChatView} ChatView */
/**
 * @typedef {object} ComposerActs
 * @property {(text: string, replyTo?: number) => Promise<boolean>} onText Answers whether it was sent
 * @property {(files: File[]) => void} onFiles
 * @property {(name: string) => void} onSample
 */

export class Composer {
  #field = byId("text", HTMLTextAreaElement);
  #acts;
  #menu;
  /** What each person was about to write. @type {Map<number, string>} */
  #drafts = new Map();
  #person = 0;
  /** The message that the next text answers to. @type {number | undefined} */
  #replyTo;

  /** @param {ComposerActs} acts */
  constructor(acts) {
    this.#acts = acts;
    this.#menu = new CommandMenu((command) => void this.#send(command));
    for (const name of /** @type {const} */ (["menu", "attach", "send"]))
      byId(name).replaceChildren(icon(name));
    byId("menu").addEventListener("click", () => {
      this.#menu.toggle();
      this.#field.focus();
    });
    byId("no-reply").replaceChildren(icon("close"));
    byId("no-reply").addEventListener("click", () => this.#reply(undefined));
    byId("start").addEventListener("click", () => void acts.onText("/start"));
    byId("compose").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send(this.#field.value);
    });
    this.#field.addEventListener("input", () => {
      this.#menu.follow();
      this.#fit();
    });
    this.#field.addEventListener("blur", () => this.#menu.close());
    this.#field.addEventListener("keydown", (event) => this.#onKey(event));
    this.#takeFiles();
  }

  /**
   * Serves another person, whose own unsent text comes back.
   * @param {ChatView} chat
   * @param {readonly { name: string, title: string }[]} samples
   */
  open(chat, samples) {
    if (this.#person !== chat.person.id) {
      this.#drafts.set(this.#person, this.#field.value);
      this.#person = chat.person.id;
      this.#field.value = this.#drafts.get(this.#person) ?? "";
      this.#reply(undefined);
    }
    this.#menu.setCommands(chat.bot.commands);
    const isNew = chat.messages.length === 0;
    byId("start").hidden = !isNew;
    byId("compose").hidden = isNew;
    byId("samples").hidden = isNew;
    byId("samples").replaceChildren(
      ...samples.map(({ name, title }) =>
        button("chip", () => this.#acts.onSample(name), icon("attach"), title),
      ),
    );
    this.#fit();
  }

  /**
   * What is written next answers to a message.
   * @param {number} id
   * @param {string} summary Of the message
   */
  reply(id, summary) {
    this.#reply(id, summary);
    this.#field.focus();
  }

  /**
   * @param {number | undefined} id Undefined: to none
   * @param {string} [summary]
   */
  #reply(id, summary = "") {
    this.#replyTo = id;
    byId("replying").hidden = id === undefined;
    byId("replying-to").textContent = summary;
  }

  focus() {
    // On a touch screen the focus would bring up the keyboard unasked.
    if (matchMedia("(hover: hover)").matches) this.#field.focus();
  }

  /** @param {string} text */
  async #send(text) {
    this.#menu.close();
    if (text.trim() === "") return;
    const typed = this.#field.value;
    // Cleared at once, so that a second Enter sends nothing twice. A command from the menu leaves other text alone.
    if (typed === text || typed.startsWith("/")) this.#field.value = "";
    this.#fit();
    const replyTo = this.#replyTo;
    const sent = await this.#acts.onText(text, replyTo);
    if (!sent && this.#field.value === "") this.#field.value = typed;
    if (sent && this.#replyTo === replyTo) this.#reply(undefined);
    this.#fit();
    this.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing) return;
    const handled = this.#menu.handleKey(event);
    if (!handled && (event.key !== "Enter" || event.shiftKey)) return;
    event.preventDefault();
    if (!handled) void this.#send(this.#field.value);
  }

  /** The field grows with its text, up to a limit that the style sheet sets. */
  #fit() {
    // An empty field has no direction of its own: the hint in it stands where the language begins.
    this.#field.dir = this.#field.value === "" ? document.documentElement.dir : "auto";
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    byId("send").toggleAttribute("data-ready", this.#field.value.trim() !== "");
  }

  #takeFiles() {
    const chooser = byId("file", HTMLInputElement);
    byId("attach").addEventListener("click", () => chooser.click());
    chooser.addEventListener("change", () => {
      this.#acts.onFiles([...(chooser.files ?? [])]);
      chooser.value = "";
    });
    this.#field.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      this.#acts.onFiles(files);
    });
    takeDrops(this.#acts.onFiles);
  }
}

/** @param {(files: File[]) => void} onFiles */
function takeDrops(onFiles) {
  const drop = byId("drop");
  let inside = 0;
  /** @param {number} step */
  const count = (step) => {
    inside = Math.max(0, inside + step);
    drop.hidden = inside === 0;
  };
  document.addEventListener("dragenter", (event) => event.dataTransfer?.types.includes("Files") && count(1));
  document.addEventListener("dragleave", (event) => event.dataTransfer?.types.includes("Files") && count(-1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    count(-inside);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  });
}
