// @ts-check
/** The bot's commands over the composer: all of them by the button, the fitting ones while a "/" is being typed. */
import { byId, element } from "../shared/dom.js";

/** @typedef {import("../../src/playground/page/page-wire.ts").BotView["commands"]} Commands */

export class CommandMenu {
  #list = byId("commands");
  #field = byId("text", HTMLTextAreaElement);
  /** @type {Commands} */
  #all = [];
  /** @type {Commands} */
  #shown = [];
  #chosen = -1;
  #onChoose;

  /** @param {(command: string) => void} onChoose */
  constructor(onChoose) {
    this.#onChoose = onChoose;
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** @param {Commands} commands */
  setCommands(commands) {
    this.#all = commands;
    byId("menu").hidden = commands.length === 0;
    this.close();
  }

  get isOpen() {
    return this.#shown.length > 0;
  }

  close() {
    this.#show([], -1);
  }

  /** Shows all of them, or nothing if they were shown. */
  toggle() {
    if (this.isOpen) this.close();
    else this.#show(this.#all, 0);
  }

  /** Follows what is being typed. */
  follow() {
    const typed = /^\/([a-z0-9_]*)$/i.exec(this.#field.value)?.[1]?.toLowerCase();
    if (typed === undefined) this.close();
    else
      this.#show(
        this.#all.filter(({ command }) => command.startsWith(typed)),
        -1,
      );
  }

  /**
   * Handles a key while the list is open. Enter sends what is typed unless the arrows chose one of the list.
   * @param {KeyboardEvent} event
   * @returns {boolean} Whether the key was meant for the list
   */
  handleKey(event) {
    if (!this.isOpen) return false;
    const count = this.#shown.length;
    if (event.key === "ArrowDown") this.#show(this.#shown, (this.#chosen + 1) % count);
    else if (event.key === "ArrowUp")
      this.#show(this.#shown, this.#chosen > 0 ? this.#chosen - 1 : count - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey && this.#chosen >= 0) this.#choose(this.#chosen);
    else if (event.key === "Tab" && !event.shiftKey)
      this.#field.value = `/${this.#shown[Math.max(0, this.#chosen)]?.command} `;
    else return false;
    return true;
  }

  /** @param {number} index */
  #choose(index) {
    const command = this.#shown[index]?.command;
    this.close();
    if (command !== undefined) this.#onChoose(`/${command}`);
  }

  /**
   * @param {Commands} commands
   * @param {number} chosen
   */
  #show(commands, chosen) {
    this.#shown = commands;
    this.#chosen = chosen;
    this.#list.hidden = commands.length === 0;
    this.#list.replaceChildren(...commands.map((one, index) => this.#option(one, index)));
    this.#field.setAttribute("aria-expanded", String(commands.length > 0));
    byId("menu").setAttribute("aria-expanded", String(commands.length > 0));
    if (chosen < 0) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `command-${chosen}`);
    this.#list.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {Commands[number]} command
   * @param {number} index
   */
  #option({ command, description }, index) {
    const name = element("bdi", "command-name", `/${command}`);
    const option = element("li", "", name, element("span", "command-about", description));
    option.id = `command-${index}`;
    option.role = "option";
    option.ariaSelected = String(index === this.#chosen);
    option.addEventListener("click", () => this.#choose(index));
    return option;
  }
}
