/** One operator at the chat page, who reads and presses what a person would. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Words } from "../../src/words/words.ts";

/** Where the browser tests leave what they saw, for a person to look at. */
export const screenshots = join(import.meta.dirname, "screenshots");

/** What a sentence's variables stand for. */
export type Facts = Readonly<Record<string, string | number>>;

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
    await this.#page.locator(".message.in", { hasText: text }).last().waitFor({ timeout: 60_000 });
  }

  /** Waits until the newest message is the bot's. */
  async answered(): Promise<void> {
    await this.#page.locator(".message").last().and(this.#page.locator(".in")).waitFor();
  }

  async screenshot(name: string): Promise<void> {
    await this.#page.screenshot({ path: join(screenshots, `${this.#words.locale}-${name}.png`) });
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
