/**
 * Reads what people write back, and puts whoever says stop on the do-not-send list. Looks every few minutes at each
 * account that a campaign goes through or went through lately. A place is left behind only when every stop before it is
 * on disk, so a failure is looked at again and no stop is lost.
 */
import type { Channel } from "../channels/channel.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { CampaignEvent } from "../domain/campaign-event.ts";
import type { Clock } from "../lib/clock.ts";
import type { CampaignStore, ReplyCursorStore, SuppressionStore } from "../storage/stores.ts";

/** An opt-out binds within this time, in ms. */
const EVERY_MS = 5 * 60_000;

/** People answer for so long after a campaign's end, in ms. */
const LISTEN_MS = 7 * 24 * 3_600_000;

/** A reading that takes longer is given up and tried later, in ms. */
const PATIENCE_MS = 60_000;

export interface ReplyWatchParts {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly campaigns: Pick<CampaignStore, "all">;
  readonly cursors: ReplyCursorStore;
  readonly suppression: Pick<SuppressionStore, "add" | "reasonFor">;
  readonly isStop: (text: string) => boolean;
  readonly clock: Clock;
  readonly emit: (event: CampaignEvent) => void;
  readonly log: { error(message: string): void };
}

/** An account whose replies matter, and the newest campaign that went through it. */
interface Listening {
  readonly channel: Channel;
  readonly account: string;
  readonly campaign: Campaign;
}

export class ReplyWatch {
  readonly #parts: ReplyWatchParts;
  readonly #stopped = new AbortController();
  /** By channel and account: the platform wants no question before then. */
  readonly #notBefore = new Map<string, number>();
  #watching: Promise<void> | undefined;

  constructor(parts: ReplyWatchParts) {
    this.#parts = parts;
  }

  /** Begins to watch; once is enough. */
  start(): void {
    const canHear = [...this.#parts.channels.values()].some(({ manifest }) => manifest.readsReplies);
    if (canHear) this.#watching ??= this.#watch();
  }

  /** Resolves when nothing is read any more. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await this.#watching;
  }

  /** Reads every account's replies once; never fails, what can't be read now is read later. */
  async lookOnce(): Promise<void> {
    for (const listening of this.#listening()) {
      if (this.#stopped.signal.aborted) return;
      await this.#read(listening).catch((error: unknown) => this.#report(listening, error));
    }
  }

  async #watch(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      await this.lookOnce();
      await this.#parts.clock.sleep(EVERY_MS, this.#stopped.signal).catch(() => undefined);
    }
  }

  #listening(): readonly Listening[] {
    const { campaigns, channels, clock } = this.#parts;
    const since = clock.now() - LISTEN_MS;
    const found = new Map<string, Listening>();
    for (const campaign of campaigns.all()) {
      const channel = channels.get(campaign.channel);
      if (!channel?.manifest.readsReplies || overSince(campaign) < since) continue;
      for (const { name: account } of campaign.accounts) {
        const key = keyOf(campaign.channel, account);
        if (!found.has(key)) found.set(key, { channel, account, campaign });
      }
    }
    return [...found.values()];
  }

  async #read(listening: Listening): Promise<void> {
    const { cursors, clock } = this.#parts;
    const { channel, account } = listening;
    const { name } = channel.manifest;
    if ((this.#notBefore.get(keyOf(name, account)) ?? 0) > clock.now()) return;
    const answer = await this.#ask(listening, cursors.get(name, account));
    if (answer?.kind === "notNow") {
      this.#notBefore.set(keyOf(name, account), answer.retryAt);
      return this.#report(listening, answer.why);
    }
    if (!answer) return;
    const stops = answer.replies.filter(({ text }) => this.#parts.isStop(text));
    for (const { username, at } of stops) await this.#optOut(listening, username, at);
    if (answer.cursor !== cursors.get(name, account)) await cursors.save(name, account, answer.cursor);
  }

  async #ask({ channel, account }: Listening, cursor: string | undefined) {
    const { clock } = this.#parts;
    const late = new AbortController();
    const answered = new AbortController();
    const signal = AbortSignal.any([late.signal, this.#stopped.signal]);
    clock.sleep(PATIENCE_MS, answered.signal).then(
      () => late.abort(new Error("no answer in time")),
      () => undefined,
    );
    try {
      return await channel.replies?.(account, cursor, signal);
    } finally {
      answered.abort();
    }
  }

  async #optOut({ channel, account, campaign }: Listening, username: string, at: number): Promise<void> {
    const { suppression, clock, emit } = this.#parts;
    if (suppression.reasonFor(username) === "optedOut") return;
    const note = `said stop to ${account} on ${channel.manifest.name}`;
    await suppression.add([username], { reason: "optedOut", note, at });
    emit({ kind: "optedOut", campaignId: campaign.id, at: clock.now(), username, account });
  }

  #report({ channel, account }: Listening, problem: unknown): void {
    if (this.#stopped.signal.aborted) return;
    const why = problem instanceof Error ? problem.message : String(problem);
    this.#parts.log.error(`what people wrote to ${account} on ${channel.manifest.name} was not read: ${why}`);
  }
}

/** When it ended at the latest known moment, ms since the epoch; infinity while it has not. */
function overSince({ status, finishedAt, createdAt }: Campaign): number {
  return finishedAt ?? (status === "cancelled" ? createdAt : Infinity);
}

function keyOf(channel: string, account: string): string {
  return `${channel}\n${account}`;
}
