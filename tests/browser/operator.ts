/** One operator at the chat page, who reads and presses what a person would. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Words } from "../../src/words/words.ts";

/** Where the browser tests leave what they saw, for a person to look at. */
export const screenshots = join(import.meta.dirname, "screenshots");

/** What a sentence's variables stand for. */
export type Facts = Readonly<Record<string, string | number>>;

const DESK = { width: 1000, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Runs in the page. What stands apart is a name; the bot's own words are never kept apart. */
const LATIN_WORDS = String.raw`() => {
  const found = [];
  for (const message of document.querySelectorAll(".message.in")) {
    const copy = message.cloneNode(true);
    for (const apart of copy.querySelectorAll("code, pre, a, blockquote, time, .file-icon, .file-name, bdi")) apart.remove();
    const text = copy.textContent.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, " ").replaceAll(/\/[a-z]+/g, " ");
    found.push(...(text.match(/[A-Za-z][A-Za-z'-]+/g) ?? []));
  }
  return [...new Set(found)];
}`;

/** Keeps a page as it is on a desk and on a phone. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [place, size] of Object.entries({ desk: DESK, phone: PHONE })) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(screenshots, `${name}-${place}.png`), animations: "disabled" });
  }
  if (before) await page.setViewportSize(before);
}

export class Operator {
  readonly #page: Page;
  readonly #words: Words;

  /** @param words In the operator's language */
  constructor(page: Page, words: Words) {
    this.#page = page;
    this.#words = words;
  }

  async write(text: string): Promise<void> {
    await this.#page.locator("#text").fill(text);
    await this.#page.locator("#text").press("Enter");
  }

  async upload(name: string, content: string): Promise<void> {
    await this.#page
      .locator("#file")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
  }

  /** Presses the newest button with these words. */
  async press(id: string, facts?: Facts): Promise<void> {
    await this.#page
      .getByRole("button", { name: this.#words.plain(id, facts), exact: true })
      .last()
      .click();
  }

  async sees(text: string): Promise<void> {
    await this.#page.locator(".message.in", { hasText: text }).last().waitFor();
  }

  /** Waits until the newest message is the bot's. */
  async answered(): Promise<void> {
    await this.#page.locator(".message").last().and(this.#page.locator(".in")).waitFor();
  }

  /** Keeps the screen as it is on a desk and on a phone. */
  screenshot(name: string): Promise<void> {
    return keepScreen(this.#page, `${this.#words.locale}-${name}`);
  }

  /** Sends each command and keeps what is answered. */
  async look(commands: readonly string[]): Promise<void> {
    for (const command of commands) {
      await this.write(`/${command}`);
      await this.answered();
      await this.screenshot(`9-${command.replaceAll(" ", "-")}`);
    }
  }

  /** Latin words in all that the bot said, outside of names, code, commands and links. */
  latinWords(): Promise<readonly string[]> {
    return this.#page.evaluate(`(${LATIN_WORDS})()`);
  }

  /** How many messages hold a progress bar. */
  bars(): Promise<number> {
    return this.#page.locator(".message.in", { hasText: /[▓░]{8}/ }).count();
  }

  /** Downloads the newest file with such a name; answers the first column under its heading. */
  async downloadedNames(file: RegExp): Promise<readonly (string | undefined)[]> {
    const waiting = this.#page.waitForEvent("download");
    await this.#page.getByRole("link", { name: file }).last().click();
    const rows = (await readFile(await (await waiting).path(), "utf8")).trim().split("\r\n");
    return rows.slice(1).map((row) => row.split(",")[0]);
  }
}
