/**
 * Reads what people write back: every few minutes at each account that a campaign goes through or went through lately, and
 * at once where a campaign is about to write again to somebody who may have answered. Promises that nobody is written to
 * again before what they wrote was read to its end.
 */
import type { Channel } from "../../channels/channel.ts";
import { everyAccount } from "../../domain/campaign-accounts.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { CampaignEvent } from "../../domain/campaign-event.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import { isHeard } from "../../domain/people/hearing.ts";
import type { Clock } from "../../lib/clock.ts";
import { within } from "../../lib/deadline.ts";
import { textOfReason } from "../../domain/reasons/stored-reason.ts";
import { sayUnlessAway } from "../../storage/ports/away.ts";
import type { InboxStore } from "../../storage/ports/inboxes.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { ContactHistory, ReplyCursorStore, SuppressionStore } from "../../storage/ports/people.ts";
import type { ShutInbox } from "../../domain/people/hearing.ts";
import type { Hearing } from "./hearing.ts";
import type { HeardAnswers } from "./heard-answers.ts";
import { InboxReader } from "./inbox-reader.ts";

/** An opt-out binds within this time, in ms. */
const EVERY_MS = 5 * 60_000;

/** Where it is not known whose answers matter it is asked again so soon, in ms. */
const ASK_AGAIN_MS = 15_000;

/** People answer for so long after a campaign's end, in ms. */
const LISTEN_MS = 7 * 24 * 3_600_000;

export interface ReplyWatchParts {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly campaigns: Pick<CampaignStore, "all">;
  readonly contacts: Pick<ContactHistory, "ready">;
  readonly cursors: ReplyCursorStore;
  readonly inboxes: InboxStore;
  readonly suppression: Pick<SuppressionStore, "add" | "reasonFor">;
  readonly answers: Pick<HeardAnswers, "take">;
  readonly isStop: (text: string) => boolean;
  readonly clock: Clock;
  readonly emit: (event: CampaignEvent) => void;
  readonly log: { error(message: string): void };
}

export class ReplyWatch implements Hearing {
  readonly #parts: ReplyWatchParts;
  readonly #stopped = new AbortController();
  readonly #resting = new AbortController();
  /** By channel and account. */
  readonly #readers = new Map<string, Map<string, InboxReader>>();
  readonly #listeners = new Set<(channel: string) => void>();
  readonly #reading = new Set<Promise<void>>();
  #watch: { readonly stop: AbortController; readonly over: Promise<void> } | undefined;

  constructor(parts: ReplyWatchParts) {
    this.#parts = parts;
  }

  /** Begins to watch; once is enough, until it rests. */
  start(): void {
    const canHear = [...this.#parts.channels.values()].some(({ manifest }) => manifest.readsReplies);
    if (!canHear || this.#watch) return;
    const stop = new AbortController();
    this.#watch = { stop, over: this.#watchUntil(stop.signal) };
  }

  /** Looks no more by itself; resolves when what it reads is read, and may be begun again. What a claim asks for is read still. */
  async rest(): Promise<void> {
    const watch = this.#watch;
    watch?.stop.abort(new Error("rests"));
    await watch?.over;
    if (this.#watch === watch) this.#watch = undefined;
  }

  /** Begins no more readings, waits at most `graceMs` for those under way, and ends the rest. */
  async stop(graceMs = 0): Promise<void> {
    this.#resting.abort(new Error("stopped"));
    this.#watch?.stop.abort(new Error("stopped"));
    await within(Promise.all(this.#reading), this.#parts.clock, graceMs);
    this.#stopped.abort(new Error("stopped"));
    await Promise.all([this.#watch?.over, ...this.#reading]);
  }

  /** Reads every account's replies to their end; never fails, what can't be read now is read later. */
  async lookOnce(): Promise<void> {
    await this.#look();
  }

  async open(channel: string): Promise<void> {
    const { channels, contacts } = this.#parts;
    if (channels.get(channel)?.manifest.readsReplies) await contacts.ready(channel);
  }

  read(channel: string, accounts: readonly string[], since: number): void {
    const now = this.#parts.clock.now();
    for (const reader of accounts.map((account) => this.#reader(channel, account)))
      if (!isHeard(reader.inbox, since, now)) void this.#read(reader);
  }

  trouble(channel: string): Promise<ShutInbox | undefined> {
    return this.#parts.inboxes.shut(channel);
  }

  onChange(listener: (channel: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #watchUntil(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      const everyMs = (await this.#look()) ? EVERY_MS : ASK_AGAIN_MS;
      await this.#parts.clock.sleep(everyMs, stopped).catch(() => undefined);
    }
  }

  /** False where nobody knows whose answers matter, as while the database is away. */
  async #look(): Promise<boolean> {
    const listening = await this.#listening().catch((error: unknown) =>
      sayUnlessAway(error, () =>
        this.#parts.log.error(`what people wrote was not read: ${textOfReason(reasonOfError(error))}`),
      ),
    );
    if (!listening) return false;
    const readers = listening.map(([channel, account]) => this.#reader(channel, account));
    await Promise.all(readers.map((reader) => this.#read(reader, true)));
    return true;
  }

  #read(reader: InboxReader, isPeriodic = false): Promise<void> {
    if (this.#resting.signal.aborted) return Promise.resolve();
    const reading = reader.read(isPeriodic).finally(() => this.#reading.delete(reading));
    this.#reading.add(reading);
    return reading;
  }

  /** Channels and accounts whose answers matter: all of a channel while something is sent through it. */
  async #listening(): Promise<readonly (readonly [string, string])[]> {
    const since = this.#parts.clock.now() - LISTEN_MS;
    const all = await this.#heard();
    const busy = new Set(all.filter(({ status }) => status === "running").map(({ channel }) => channel));
    // Reading may cost: of one that was put back nobody asked for it before they say that it may go on.
    const matter = all.filter(
      (campaign) => busy.has(campaign.channel) || (!campaign.restored && overSince(campaign) >= since),
    );
    const found = new Map<string, readonly [string, string]>();
    for (const campaign of matter)
      for (const name of everyAccount(campaign)) {
        const { channel } = campaign;
        found.set(`${channel}\n${name}`, [channel, name]);
      }
    return [...found.values()];
  }

  /** Campaigns through channels that can be heard, newest first. */
  async #heard(): Promise<readonly Campaign[]> {
    const { campaigns, channels } = this.#parts;
    return (await campaigns.all()).filter(({ channel }) => channels.get(channel)?.manifest.readsReplies);
  }

  #reader(channelName: string, account: string): InboxReader {
    let readers = this.#readers.get(channelName);
    if (!readers) this.#readers.set(channelName, (readers = new Map()));
    let reader = readers.get(account);
    if (!reader) readers.set(account, (reader = this.#openReader(channelName, account)));
    return reader;
  }

  #openReader(channelName: string, account: string): InboxReader {
    const { channels, clock, emit } = this.#parts;
    const channel = channels.get(channelName);
    if (!channel) throw new Error(`there is no channel ${channelName}`);
    const ours = async (): Promise<readonly Campaign[]> =>
      (await this.#heard()).filter(
        (one) => one.channel === channelName && everyAccount(one).includes(account),
      );
    const reader: InboxReader = new InboxReader({
      ...this.#parts,
      channel,
      account,
      stopped: this.#stopped.signal,
      since: async () => Math.min(clock.now(), ...(await ours()).map(({ createdAt }) => createdAt)),
      optedOut: async (username) => {
        const [campaign] = [...(await ours()), ...(await this.#heard())];
        if (campaign) emit({ kind: "optedOut", campaignId: campaign.id, at: clock.now(), username, account });
      },
      changed: () => this.#changed(channelName, account, reader),
    });
    return reader;
  }

  #changed(channel: string, account: string, { inbox: { trouble } }: InboxReader): void {
    if (this.#stopped.signal.aborted) return;
    if (trouble) {
      const said = trouble.thrown ?? textOfReason(trouble.why);
      this.#parts.log.error(`what people wrote to ${account} on ${channel} was not read: ${said}`);
    }
    for (const listener of this.#listeners) listener(channel);
  }
}

/** When it ended at the latest known moment, ms since the epoch; infinity while it has not. */
function overSince({ status, finishedAt, createdAt }: Campaign): number {
  return finishedAt ?? (status === "cancelled" ? createdAt : Infinity);
}
