/** The log of events in a chat: lines gathered for a moment and sent as one message, the rest of a flood as a number. */
import type { Api } from "grammy";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { Clock } from "../../lib/clock.ts";
import type { OperatorBook } from "../operator-book.ts";
import type { OutgoingLane } from "../calls/outgoing-lane.ts";
import { isTold, logLine } from "../views/campaigns/log-line.ts";
import { sendView } from "../views/view.ts";

const MOST_LINES = 25;
const LONGEST_TEXT = 3500;

interface LogFeedParts {
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly clock: Clock;
  readonly laneOf: (chatId: number) => OutgoingLane;
  /** How long lines are gathered before they are sent, ms. */
  readonly gatherMs: number;
  readonly signal: AbortSignal;
}

interface Batch {
  lines: string[];
  length: number;
  /** Lines that found no room. */
  more: number;
}

/** Feeds every chat's log. */
export class LogFeed {
  readonly #parts: LogFeedParts;
  readonly #gathering = new Map<number, Batch>();

  constructor(parts: LogFeedParts) {
    this.#parts = parts;
  }

  /** Tells the chat of an event, if its operator wants to read of it. Costs next to nothing once a batch is full. */
  add(chatId: number, event: CampaignEvent): void {
    const { operators } = this.#parts;
    if (!isTold(event, operators.verbosityOf(chatId))) return;
    const batch = this.#gathering.get(chatId) ?? this.#begin(chatId);
    if (batch.lines.length >= MOST_LINES || batch.length >= LONGEST_TEXT) {
      batch.more += 1;
      return;
    }
    const line = logLine(event, operators.wordsFor(chatId));
    if (line === undefined) return;
    batch.lines.push(line);
    batch.length += line.length;
  }

  #begin(chatId: number): Batch {
    const batch: Batch = { lines: [], length: 0, more: 0 };
    this.#gathering.set(chatId, batch);
    void this.#flushLater(chatId);
    return batch;
  }

  async #flushLater(chatId: number): Promise<void> {
    const { clock, gatherMs, signal, laneOf } = this.#parts;
    try {
      await clock.sleep(gatherMs, signal);
    } catch {
      return; // closing: what was not told yet is in the campaign's own log
    }
    laneOf(chatId).request("log", () => this.#flush(chatId));
  }

  async #flush(chatId: number): Promise<"called" | "silent"> {
    const batch = this.#gathering.get(chatId);
    if (!batch || batch.lines.length === 0) {
      this.#gathering.delete(chatId);
      return "silent";
    }
    const { api, operators } = this.#parts;
    const more = batch.more > 0 ? [operators.wordsFor(chatId).say("log-more", { count: batch.more })] : [];
    const sent = { lines: batch.lines.length, more: batch.more };
    // Throws before anything is forgotten: after a 429 the same batch is sent, with whatever came meanwhile counted.
    await sendView(api, chatId, { text: [...batch.lines, ...more].join("\n") });
    this.#forget(chatId, batch, sent);
    return "called";
  }

  #forget(chatId: number, batch: Batch, sent: { readonly lines: number; readonly more: number }): void {
    const lines = batch.lines.slice(sent.lines);
    const more = batch.more - sent.more;
    this.#gathering.delete(chatId);
    if (lines.length === 0 && more === 0) return;
    const next = this.#begin(chatId);
    next.lines = lines;
    next.length = lines.reduce((sum, line) => sum + line.length, 0);
    next.more = more;
  }
}
