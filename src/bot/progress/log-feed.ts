/** The log of events in a chat: lines gathered for a moment and sent as one message, the rest of a flood as a number. */
import type { Api } from "grammy";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { Clock } from "../../lib/clock.ts";
import type { OperatorBook } from "../operator-book.ts";
import type { OutgoingLane } from "../calls/outgoing-lane.ts";
import { isCounted, isTold, logLine } from "../views/campaigns/log-line.ts";
import { logMessage } from "../views/campaigns/log-message.ts";
import { sendView } from "../views/view.ts";
import { Absences } from "./absences.ts";
import type { UncertainButtons } from "./uncertain-buttons.ts";
import { LogBatch } from "./log-batch.ts";

interface LogFeedParts {
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly clock: Clock;
  readonly laneOf: (chatId: number) => OutgoingLane;
  readonly buttons: Pick<UncertainButtons, "put">;
  /** How long lines are gathered before they are sent, ms. */
  readonly gatherMs: number;
  readonly signal: AbortSignal;
}

/** Feeds every chat's log. */
export class LogFeed {
  readonly #parts: LogFeedParts;
  readonly #gathering = new Map<number, LogBatch>();
  readonly #absences = new Absences();

  constructor(parts: LogFeedParts) {
    this.#parts = parts;
  }

  /** Tells the chat of an event, if its operator wants to read of it. */
  add(chatId: number, event: CampaignEvent): void {
    const { operators } = this.#parts;
    const verbosity = operators.verbosityOf(chatId);
    if (!isTold(event, verbosity)) return;
    if (verbosity === "important" && !this.#absences.isWorthTelling(chatId, event)) return;
    const batch = this.#gathering.get(chatId) ?? this.#begin(chatId);
    if (isCounted(event, verbosity)) batch.addUncertain(event.campaignId);
    else batch.add(event.campaignId, () => logLine(event, operators.wordsFor(chatId)));
  }

  #begin(chatId: number): LogBatch {
    const batch = new LogBatch();
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
    if (!batch || batch.isEmpty) {
      this.#gathering.delete(chatId);
      return "silent";
    }
    const { api, operators, buttons } = this.#parts;
    const content = batch.content();
    // Throws before anything is forgotten: after a 429 the same batch is sent, with whatever came meanwhile counted.
    const messageId = await sendView(api, chatId, logMessage(content, operators.wordsFor(chatId)));
    batch.forget(content);
    const leading = content.parts.filter(({ uncertain }) => uncertain > 0);
    await buttons.put(
      chatId,
      messageId,
      leading.map(({ campaignId }) => campaignId),
    );
    if (batch.isEmpty) this.#gathering.delete(chatId);
    else void this.#flushLater(chatId);
    return "called";
  }
}
