/**
 * Tells everybody who may steer a campaign that it has stopped, in a message of its own, and reminds them while it waits
 * for a person. What was told to whom is on disk, and reminders go by the clock, so a restart changes nothing. Before a
 * call is made it is on disk that it is about to be: after a kill in between nobody knows whether it arrived, so it is
 * made again and says that.
 */
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import type { App } from "../../app/app.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import { nextAlert, toldNow } from "../../domain/alerts/next-alert.ts";
import { stopOf } from "../../domain/alerts/stop.ts";
import type { Clock } from "../../lib/clock.ts";
import { sayUnlessAway } from "../../app/away.ts";
import type { BotLog } from "../bot-log.ts";
import type { LaneTask } from "../calls/outgoing-lane.ts";
import { OutgoingLane, isRefused } from "../calls/outgoing-lane.ts";
import type { Alerts, Document, ToldAlert } from "../documents.ts";
import type { OperatorBook } from "../operator-book.ts";
import { alertView } from "../views/campaigns/alert.ts";
import { sendView } from "../views/view.ts";

export interface AlerterParts {
  readonly app: App;
  /** Without retries of its own: the lanes must see every 429. */
  readonly api: Api;
  readonly operators: OperatorBook;
  readonly alerts: Document<Alerts>;
  readonly clock: Clock;
  readonly log: BotLog;
  /** Least time between two messages in one chat, ms. */
  readonly paceMs: number;
  /** How often it is looked whether a reminder is due, or somebody else stopped a campaign, ms. */
  readonly heartbeatMs: number;
}

export class Alerter {
  readonly #parts: AlerterParts;
  readonly #lanes = new Map<number, OutgoingLane>();
  readonly #closing = new AbortController();
  readonly #unwatch: () => void;
  #looking: Promise<void> = Promise.resolve();

  /** Listens from the start; nothing is said before {@link open}. */
  constructor(parts: AlerterParts) {
    this.#parts = parts;
    this.#unwatch = parts.app.watch((event) => {
      if (event.kind === "status") this.#lookSoon();
    });
  }

  /** Begins to speak: what is due since the last run is told now. */
  async open(): Promise<void> {
    await this.#forgetEnded();
    void this.#beat();
  }

  /** Stops speaking; resolves when the calls under way have ended. */
  async close(): Promise<void> {
    this.#unwatch();
    this.#closing.abort();
    await this.#looking;
    await Promise.all([...this.#lanes.values()].map((lane) => lane.idle()));
  }

  async #beat(): Promise<void> {
    const { clock, heartbeatMs } = this.#parts;
    const { signal } = this.#closing;
    this.#isOpen = true;
    while (!signal.aborted) {
      this.#lookSoon();
      await clock.sleep(heartbeatMs, signal).catch(() => undefined);
    }
  }

  #isOpen = false;

  #lookSoon(): void {
    if (!this.#isOpen || this.#closing.signal.aborted) return;
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((error: unknown) =>
        sayUnlessAway(error, () =>
          this.#parts.log.error({ problem: String(error) }, "it could not be seen what has stopped"),
        ),
      );
  }

  async #look(): Promise<void> {
    const { app, operators, clock } = this.#parts;
    for (const campaign of await app.campaigns()) {
      const stop = stopOf(campaign);
      for (const chatId of stop ? operators.ids : [])
        if (nextAlert(stop, this.#hearer(chatId, campaign.id), clock.now()).kind === "tell")
          this.#lane(chatId).request(`alert ${campaign.id}`, this.#telling(chatId, campaign.id));
    }
  }

  /** What is due when the task runs is told; it may be over by then. */
  #telling(chatId: number, id: CampaignId): LaneTask {
    return async () => {
      const { app, api, operators, clock } = this.#parts;
      const view = await app.view(id);
      const stop = view && stopOf(view.campaign);
      const hearer = this.#hearer(chatId, id);
      const next = nextAlert(stop, hearer, clock.now());
      if (!view || !stop || next.kind !== "tell") return "silent";
      const { key, kind } = stop;
      const before = this.#toldTo(chatId, id);
      const mayBeKnown = before?.telling === key && before.times < next.times;
      const words = operators.wordsFor(chatId);
      const shown = alertView({ view, stop, times: next.times, mayBeKnown }, words, (by) =>
        operators.nameOf(by),
      );
      const told = before ?? { chatId, campaignId: id, key: "", kind, times: 0, at: 0 };
      const toldIt = (): ToldAlert => ({
        chatId,
        campaignId: id,
        ...toldNow(stop, hearer.told, { times: next.times, at: clock.now() }),
      });
      await this.#put({ ...told, telling: key });
      await sendView(api, chatId, shown).catch(async (error: unknown) => {
        // Surely not delivered; who keeps the bot from writing is asked again when a reminder is due.
        if (error instanceof GrammyError) await this.#put(isRefused(error) ? toldIt() : told);
        throw error;
      });
      await this.#put(toldIt());
      return "called";
    };
  }

  #hearer(chatId: number, id: CampaignId) {
    const told = this.#toldTo(chatId, id);
    const { operators } = this.#parts;
    return {
      id: String(chatId),
      quiet: operators.quietOf(chatId),
      told: told && told.times > 0 ? told : undefined,
    };
  }

  #toldTo(chatId: number, id: CampaignId): ToldAlert | undefined {
    return this.#parts.alerts.get().find((one) => one.chatId === chatId && one.campaignId === id);
  }

  async #put(told: ToldAlert): Promise<void> {
    const { chatId, campaignId } = told;
    const isOther = (one: ToldAlert): boolean => one.chatId !== chatId || one.campaignId !== campaignId;
    await this.#parts.alerts.update((all) => [...all.filter(isOther), told]);
  }

  /** Of what is over nobody will be told again. */
  async #forgetEnded(): Promise<void> {
    const { alerts, app } = this.#parts;
    const alive = new Set(
      (await app.campaigns())
        .filter(({ status }) => status === "running" || status === "paused")
        .map(({ id }) => id),
    );
    if (alerts.get().some(({ campaignId }) => !alive.has(campaignId)))
      await alerts.update((all) => all.filter(({ campaignId }) => alive.has(campaignId)));
  }

  #lane(chatId: number): OutgoingLane {
    const known = this.#lanes.get(chatId);
    if (known) return known;
    const lane = new OutgoingLane({ ...this.#parts, signal: this.#closing.signal });
    this.#lanes.set(chatId, lane);
    return lane;
  }
}
