/**
 * Tells chats how campaigns go: one live message for each campaign and chat, edited in place, the log of events, and
 * what is said at the end and after a restart. Lives outside the conversations and survives restarts: which message is
 * whose is on disk before the next edit.
 */
import type { Api } from "grammy";
import type { App } from "../../app/app.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import type { Clock } from "../../lib/clock.ts";
import type { KeepFile } from "../../lib/files/made-file.ts";
import type { Words } from "../../words/words.ts";
import { sayUnlessAway } from "../../app/away.ts";
import type { BotLog } from "../bot-log.ts";
import type { Document, ProgressMessages } from "../documents.ts";
import type { OperatorBook } from "../operator-book.ts";
import { OutgoingLane } from "../calls/outgoing-lane.ts";
import type { LaneTask } from "../calls/outgoing-lane.ts";
import { restartView, summaryView } from "../views/campaigns/campaign-end.ts";
import type { View } from "../views/view.ts";
import { sendView } from "../views/view.ts";
import { Followers } from "./followers.ts";
import { HeardPlace } from "./heard-place.ts";
import { LiveCards } from "./live-cards.ts";
import { LogFeed } from "./log-feed.ts";
import { reportTasks } from "./report-tasks.ts";
import { UncertainButtons } from "./uncertain-buttons.ts";

export interface ProgressReporterParts {
  /** For what no chat can take. */
  readonly keepFile: KeepFile;
  readonly app: App;
  /** Without retries of its own: the lanes must see every 429. */
  readonly api: Api;
  readonly operators: OperatorBook;
  /** Where people press Start; undefined where there is no such address. */
  link(this: void): string | undefined;
  readonly progress: Document<ProgressMessages>;
  /** Number of the last event that was heard; 0: none yet. */
  readonly heard: Document<number>;
  readonly clock: Clock;
  readonly log: BotLog;
  /** Least time between two messages or edits in one chat, ms. */
  readonly paceMs: number;
  /** Running campaigns are looked at this often even when nothing happens, ms. */
  readonly heartbeatMs: number;
}

/** A campaign that ended within this time before a start has its messages drawn anew then, in ms. */
const LATELY_MS = 24 * 3_600_000;

export class ProgressReporter {
  readonly #parts: ProgressReporterParts;
  readonly #followers: Followers;
  readonly #cards: LiveCards;
  readonly #buttons: UncertainButtons;
  readonly #feed: LogFeed;
  readonly #lanes = new Map<number, OutgoingLane>();
  readonly #closing = new AbortController();
  /** What was asked for before the reporter was opened. */
  #early: (() => void)[] | undefined = [];
  readonly #unwatch: () => Promise<void>;
  readonly #openedAt: number;
  readonly #heard: HeardPlace;

  /** Listens from the start; nothing is said before {@link open}. */
  constructor(parts: ProgressReporterParts) {
    this.#parts = parts;
    this.#followers = new Followers(parts.progress, (chatId) => parts.operators.isOperator(chatId));
    this.#cards = new LiveCards({ ...parts, followers: this.#followers });
    this.#buttons = new UncertainButtons({ ...parts, followers: this.#followers });
    const { signal } = this.#closing;
    const laneOf = (chatId: number): OutgoingLane => this.#lane(chatId);
    const gatherMs = parts.paceMs / 2;
    this.#feed = new LogFeed({ ...parts, laneOf, buttons: this.#buttons, gatherMs, signal });
    this.#openedAt = parts.clock.now();
    this.#heard = new HeardPlace(parts);
    this.#unwatch = parts.app.watch((event, number) => {
      this.#heard.note(number);
      this.#hear(event);
    }, this.#heard.after);
  }

  /** Begins to speak: takes up the messages of the last run, and says what there was no time left to say. */
  async open(): Promise<void> {
    for (const { id, status, createdBy } of await this.#parts.app.campaigns()) {
      if (hasEnded(status)) continue;
      if (this.#followers.of(id).length === 0) await this.#followers.put(this.#chatFor(createdBy), id);
    }
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const request of early) request();
    const campaigns = await this.#parts.app.campaigns();
    for (const { chatId, campaignId, summarised } of this.#followers.all()) {
      const campaign = campaigns.find((one) => one.id === campaignId);
      if (!campaign) continue;
      if (!summarised || this.#endedLately(campaign)) this.#requestCard(chatId, campaignId);
      else if (this.#buttons.has(chatId, campaignId)) this.#requestButtons(chatId, campaignId);
      if (!summarised && hasEnded(campaign.status)) this.#requestEnd(chatId, campaignId);
    }
    void this.#beat();
  }

  /** Makes the chat hear of a campaign that is about to start; its live message comes with {@link follow}. */
  async prepare(chatId: number, campaignId: string): Promise<void> {
    this.#cards.hold(chatId, campaignId);
    await this.#followers.put(chatId, campaignId, { summarised: false });
  }

  /**
   * Brings a campaign's live message to the end of the chat and keeps it up to date there. While Telegram can't be
   * reached it is tried again and again, after a restart too.
   * @param heading Said right before it
   */
  async follow(chatId: number, campaignId: string, heading?: (words: Words) => string): Promise<void> {
    const campaign = (await this.#parts.app.campaigns()).find((one) => one.id === campaignId);
    await this.#cards.moveToEnd(chatId, campaignId, campaign !== undefined && hasEnded(campaign.status));
    this.#request(chatId, `card ${campaignId}`, () => this.#cards.draw(chatId, campaignId), "hurry");
    if (heading) this.#request(chatId, `heading ${campaignId}`, () => this.#say(chatId, heading), "hurry");
    // A short campaign may have ended before its message was asked for.
    if (campaign && hasEnded(campaign.status)) this.#requestEnd(chatId, campaignId);
  }

  /** The message that follows belongs to it, so it takes no pause of its own. */
  async #say(chatId: number, sentence: (words: Words) => string): Promise<"silent"> {
    const { api, operators } = this.#parts;
    await sendView(api, chatId, { text: sentence(operators.wordsFor(chatId)) });
    return "silent";
  }

  /** Undoes {@link prepare} for a campaign that did not start. */
  async forget(chatId: number, campaignId: string): Promise<void> {
    this.#cards.release(chatId, campaignId);
    if (this.#followers.get(chatId, campaignId)?.messageId === undefined)
      await this.#followers.remove(chatId, campaignId);
  }

  /** The message that is kept up to date in a chat; undefined while there is none. */
  liveMessage(chatId: number, campaignId: string): number | undefined {
    return this.#followers.get(chatId, campaignId)?.messageId;
  }

  /** Has every live message of a campaign drawn anew, in its reader's present language. */
  refresh(campaignId: string): void {
    for (const { chatId } of this.#followers.of(campaignId)) this.#requestCard(chatId, campaignId);
  }

  /** Draws every live message of a chat anew. */
  refreshChat(chatId: number): void {
    for (const one of this.#followers.all())
      if (one.chatId === chatId && !one.summarised) this.#requestCard(chatId, one.campaignId);
  }

  /** Stops speaking; resolves when the calls under way have ended. */
  async close(): Promise<void> {
    await this.#unwatch();
    this.#closing.abort();
    await this.#heard.keep();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.idle()));
  }

  #hear(event: CampaignEvent): void {
    for (const { chatId } of this.#followers.of(event.campaignId)) {
      this.#feed.add(chatId, event);
      // Of what happened while nobody told it the log tells; how it stands by now is looked at.
      if (event.at < this.#openedAt) continue;
      this.#requestCard(chatId, event.campaignId);
      if (event.kind === "restarted") this.#requestRestart(chatId, event);
      if (event.kind === "status" && hasEnded(event.status)) this.#requestEnd(chatId, event.campaignId);
      if (event.kind === "status" && event.status === "running") this.#reopen(chatId, event.campaignId);
    }
  }

  /** A campaign that runs again will have an end to tell of again. */
  #reopen(chatId: number, campaignId: string): void {
    if (this.#followers.get(chatId, campaignId)?.summarised !== true) return;
    this.#request(chatId, `reopen ${campaignId}`, async () => {
      await this.#followers.put(chatId, campaignId, { summarised: false });
      return "silent";
    });
  }

  #requestCard(chatId: number, campaignId: string): void {
    if (!this.#cards.isHeld(chatId, campaignId))
      this.#request(chatId, `card ${campaignId}`, () => this.#cards.draw(chatId, campaignId));
    if (this.#buttons.has(chatId, campaignId)) this.#requestButtons(chatId, campaignId);
  }

  #requestButtons(chatId: number, campaignId: string): void {
    this.#request(chatId, `buttons ${campaignId}`, async () => {
      const made = await this.#buttons.takeOne(chatId, campaignId);
      if (made === "called" && this.#buttons.has(chatId, campaignId))
        this.#requestButtons(chatId, campaignId);
      return made;
    });
  }

  /** Tells how the campaign stood at the restart, though it has gone on by the time this is told. */
  #requestRestart(
    chatId: number,
    { campaignId, counts }: CampaignEvent & { readonly kind: "restarted" },
  ): void {
    this.#request(chatId, `restart ${campaignId}`, async () => {
      const { app, operators } = this.#parts;
      const view = await app.view(campaignId);
      const shown = view && restartView({ ...view, counts }, operators.wordsFor(chatId));
      if (!shown) return "silent";
      await this.#sendOnce(chatId, campaignId, shown);
      return "called";
    });
  }

  #requestEnd(chatId: number, campaignId: string): void {
    if (this.#cards.isHeld(chatId, campaignId)) return;
    this.#request(chatId, `end ${campaignId}`, async () => {
      const { app, operators } = this.#parts;
      const view = await app.view(campaignId);
      const shown = view && summaryView(view, operators.wordsFor(chatId), this.#parts.link());
      if (!shown || this.#followers.get(chatId, campaignId)?.summarised !== false) return "silent";
      await this.#sendOnce(chatId, campaignId, shown);
      await this.#followers.put(chatId, campaignId, { summarised: true });
      this.#requestReport(chatId, campaignId);
      return "called";
    });
  }

  /** What is told and never drawn anew; all that may be under it is the button that leads to who is uncertain. */
  async #sendOnce(chatId: number, campaignId: string, view: View): Promise<void> {
    const messageId = await sendView(this.#parts.api, chatId, view);
    if (view.rows) await this.#buttons.put(chatId, messageId, [campaignId]);
  }

  #requestReport(chatId: number, campaignId: string): void {
    const { signal } = this.#closing;
    for (const [name, task] of Object.entries(reportTasks({ ...this.#parts, chatId, campaignId, signal })))
      this.#request(chatId, `${name} ${campaignId}`, task);
  }

  #request(chatId: number, name: string, task: LaneTask, how: "request" | "hurry" = "request"): void {
    if (this.#early) this.#early.push(() => this.#lane(chatId)[how](name, task));
    else this.#lane(chatId)[how](name, task);
  }

  #lane(chatId: number): OutgoingLane {
    const known = this.#lanes.get(chatId);
    if (known) return known;
    const lane = new OutgoingLane({ ...this.#parts, signal: this.#closing.signal });
    this.#lanes.set(chatId, lane);
    return lane;
  }

  async #beat(): Promise<void> {
    const { clock, heartbeatMs, log } = this.#parts;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await clock.sleep(heartbeatMs, signal).catch(() => undefined);
      await this.#heard.keep();
      // What can't be looked at now, as while the database is away, is looked at by the next beat.
      await this.#lookAfterAll().catch((error: unknown) =>
        sayUnlessAway(error, () =>
          log.warn({ problem: String(error) }, "it could not be seen how campaigns go"),
        ),
      );
    }
  }

  async #lookAfterAll(): Promise<void> {
    for (const { id, status } of await this.#parts.app.campaigns()) this.#lookAfter(id, hasEnded(status));
  }

  /** Whoever decided on it may be another process, which tells this one nothing. */
  #lookAfter(id: CampaignId, isOver: boolean): void {
    for (const { chatId, summarised } of this.#followers.of(id)) {
      if (summarised) continue;
      this.#requestCard(chatId, id);
      if (isOver) this.#requestEnd(chatId, id);
    }
  }

  /** While the program was off somebody may have decided on who was uncertain. */
  #endedLately({ finishedAt = 0 }: Campaign): boolean {
    return finishedAt > this.#parts.clock.now() - LATELY_MS;
  }

  #chatFor(createdBy: number | undefined): number {
    const { operators } = this.#parts;
    return operators.isOperator(createdBy) ? createdBy : (operators.ids[0] ?? 0);
  }
}

function hasEnded(status: string): boolean {
  return status === "finished" || status === "cancelled";
}
