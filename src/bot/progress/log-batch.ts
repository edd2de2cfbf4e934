/** Lines of a chat's log on their way into one message: bounded, by campaign, and none lost that came while it was sent. */
import type { LogContent } from "../views/campaigns/log-message.ts";

const MOST_LINES = 25;
const LONGEST_TEXT = 3500;

interface Line {
  readonly campaignId: string;
  readonly text: string;
}

export class LogBatch {
  #lines: readonly Line[] = [];
  readonly #uncertain = new Map<string, number>();
  #length = 0;
  #more = 0;

  get isEmpty(): boolean {
    return this.#lines.length === 0 && this.#uncertain.size === 0 && this.#more === 0;
  }

  /** Costs next to nothing once the batch is full: the line is not even put into words then. */
  add(campaignId: string, textOf: () => string | undefined): void {
    if (this.#lines.length >= MOST_LINES || this.#length >= LONGEST_TEXT) {
      this.#more += 1;
      return;
    }
    const text = textOf();
    if (text === undefined) return;
    this.#lines = [...this.#lines, { campaignId, text }];
    this.#length += text.length;
  }

  /** One more recipient of whom nobody knows whether the message arrived. */
  addUncertain(campaignId: string): void {
    this.#uncertain.set(campaignId, (this.#uncertain.get(campaignId) ?? 0) + 1);
  }

  /** All there is, by campaign. */
  content(): LogContent {
    const ids = new Set([...this.#lines.map((one) => one.campaignId), ...this.#uncertain.keys()]);
    const parts = [...ids].map((campaignId) => ({
      campaignId,
      lines: this.#lines.filter((one) => one.campaignId === campaignId).map(({ text }) => text),
      uncertain: this.#uncertain.get(campaignId) ?? 0,
    }));
    return { parts, more: this.#more };
  }

  /** What came while the message was under way stays for the next one. */
  forget({ parts, more }: LogContent): void {
    this.#lines = this.#lines.slice(parts.reduce((sum, { lines }) => sum + lines.length, 0));
    this.#length = this.#lines.reduce((sum, { text }) => sum + text.length, 0);
    this.#more -= more;
    for (const { campaignId, uncertain } of parts) {
      const left = (this.#uncertain.get(campaignId) ?? 0) - uncertain;
      if (left > 0) this.#uncertain.set(campaignId, left);
      else this.#uncertain.delete(campaignId);
    }
  }
}
