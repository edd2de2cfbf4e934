/**
 * Tells every operator of a webhook that was switched off because nobody took its events. Who was told is kept with the
 * webhook, so a restart tells nobody twice; after a kill in between the message may come once more.
 */
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import type { App } from "../../app/app.ts";
import type { Clock } from "../../lib/clock.ts";
import { sayUnlessAway } from "../../app/away.ts";
import type { BotLog } from "../bot-log.ts";
import { OutgoingLane, isRefused } from "../calls/outgoing-lane.ts";
import type { OperatorBook } from "../operator-book.ts";
import { sendView } from "../views/view.ts";

export interface WebhookTellerParts {
  readonly app: Pick<App, "webhooks">;
  /** Without retries of its own: the lanes must see every 429. */
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly clock: Clock;
  readonly log: BotLog;
  /** Least time between two messages in one chat, ms. */
  readonly paceMs: number;
}

export class WebhookTeller {
  readonly #parts: WebhookTellerParts;
  readonly #lanes = new Map<number, OutgoingLane>();
  readonly #closing = new AbortController();
  #unwatch = (): void => undefined;

  constructor(parts: WebhookTellerParts) {
    this.#parts = parts;
  }

  /** Begins to speak. */
  async open(): Promise<void> {
    this.#unwatch = this.#parts.app.webhooks.watch(() => void this.#look());
    await this.#look();
  }

  /** Stops speaking; resolves when the calls under way have ended. */
  async close(): Promise<void> {
    this.#unwatch();
    this.#closing.abort();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.idle()));
  }

  async #look(): Promise<void> {
    const { app, operators, log } = this.#parts;
    const hooks = await app.webhooks.list().catch((error: unknown) => {
      sayUnlessAway(error, () =>
        log.error({ problem: String(error) }, "it could not be seen which webhooks are off"),
      );
      return [];
    });
    for (const { name, off } of hooks)
      for (const chatId of off ? operators.ids : [])
        if (!off?.told?.includes(chatId)) this.#tell(chatId, name);
  }

  #tell(chatId: number, name: string): void {
    const { app, api, operators } = this.#parts;
    this.#lane(chatId).request(`webhook ${name}`, async () => {
      const hook = (await app.webhooks.list()).find((one) => one.name === name);
      if (!hook?.off || hook.off.told?.includes(chatId)) return "silent";
      const words = operators.wordsFor(chatId);
      const rows = [[{ label: words.plain("button-webhook-look"), choice: `hook:look:${name}` }]];
      const text = words.say(`webhook-alert-${hook.off.why}`, { name, server: hook.server });
      await sendView(api, chatId, { text, rows }).catch((error: unknown) => {
        // Who keeps the bot from writing hears of it by /webhooks.
        if (!(error instanceof GrammyError) || !isRefused(error)) throw error;
      });
      await app.webhooks.told(name, chatId);
      return "called";
    });
  }

  #lane(chatId: number): OutgoingLane {
    const known = this.#lanes.get(chatId);
    if (known) return known;
    const lane = new OutgoingLane({ ...this.#parts, signal: this.#closing.signal });
    this.#lanes.set(chatId, lane);
    return lane;
  }
}
