/**
 * The campaigns that are open in this process. Each is opened once at a time, because two ledgers over one journal would claim
 * the same people; whoever asks for one that is just opened anew waits for the new one.
 */
import type { Channel } from "../channels/channel.ts";
import { isUnderWay } from "../domain/campaign-status.ts";
import type { Campaign, CampaignId } from "../domain/campaign.ts";
import { UnreadableRecordError } from "../domain/errors.ts";
import { troubleAbout } from "../lib/trouble.ts";
import type { Opening } from "../storage/ports/ledger.ts";
import { UnknownChannelError, absentChannel } from "./absent-channel.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import { ChannelPools } from "./accounts/channel-pools.ts";
import type { EngineParts } from "./engine-parts.ts";
import { OpenCampaign } from "./open-campaign.ts";

/** A campaign that is open, and what opening it found. */
export interface Opened {
  readonly open: OpenCampaign;
  readonly opening: Opening;
}

export class OpenedCampaigns {
  readonly #parts: EngineParts;
  readonly #pools: ChannelPools;
  readonly #open = new Map<CampaignId, Promise<Opened>>();
  /** The last problem that was reported of each. */
  readonly #reported = new Map<CampaignId, string>();

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#pools = new ChannelPools(parts);
  }

  /** What is open or is just being opened; undefined when nothing is. */
  get(id: CampaignId): Promise<Opened> | undefined {
    return this.#open.get(id);
  }

  /** The same once it is; undefined also where it can't be opened. */
  async opened(id: CampaignId): Promise<Opened | undefined> {
    return this.#open.get(id)?.catch(() => undefined);
  }

  /** All that are open. */
  async all(): Promise<readonly OpenCampaign[]> {
    const all = await Promise.all([...this.#open.keys()].map((id) => this.opened(id)));
    return all.flatMap((one) => one?.open ?? []);
  }

  pool(channel: string): Promise<AccountPool> {
    return this.#pools.pool(channel);
  }

  /** Opens it unless it is; undefined for an unknown id. */
  async openKnown(id: CampaignId): Promise<Opened | undefined> {
    if (this.#open.has(id)) return this.#open.get(id);
    const campaign = await this.#parts.campaigns.get(id);
    if (!campaign) return undefined;
    return this.#open.get(id) ?? this.replace(id, async () => this.openNow(await this.known(id)));
  }

  /** The same where what keeps it from being opened is reported, and no reason to stop. */
  async tryOpen(id: CampaignId): Promise<Opened | undefined> {
    try {
      return await this.openKnown(id);
    } catch (error) {
      this.report(id, error);
      return undefined;
    }
  }

  /** Puts a campaign in the place of what is open, at once: whoever asks for it meanwhile waits for the new one. */
  replace(id: CampaignId, make: (old: Opened | undefined) => Promise<Opened>): Promise<Opened> {
    const old = this.#open.get(id) ?? Promise.resolve(undefined);
    const opened = old.catch(() => undefined).then(make);
    this.#open.set(id, opened);
    opened.catch(() => this.#open.get(id) === opened && this.#open.delete(id));
    return opened;
  }

  /** Memory was ahead of the disk: reads what is there. While that can't be done either, the old one tells what it knows. */
  readAnew(id: CampaignId, broken: Opened): Promise<Opened> {
    return this.replace(id, async () => {
      try {
        await broken.open.close(0);
        await broken.open.recordPause();
        const anew = await this.openNow(await this.known(id));
        await anew.open.takeUp();
        return anew;
      } catch (error) {
        this.report(id, error);
        return broken;
      }
    });
  }

  async known(id: CampaignId): Promise<Campaign> {
    const campaign = await this.#parts.campaigns.get(id);
    if (!campaign) throw new Error(`There is no campaign ${id}`);
    return campaign;
  }

  async openNow(campaign: Campaign): Promise<Opened> {
    const { ledgers } = this.#parts;
    const channel = this.#channelOf(campaign);
    await this.#parts.hearing?.open(campaign.channel);
    const pool = await this.pool(campaign.channel);
    const opening = await ledgers.open(campaign).catch((error: unknown) => {
      const accounts = campaign.accounts.map(({ name }) => name);
      if (error instanceof UnreadableRecordError) pool.useIsUnknown(campaign.id, accounts, error.countsUntil);
      throw error;
    });
    await this.#parts.catchUp?.(campaign, opening);
    pool.useIsKnown(campaign.id);
    const scheduler = this.#pools.scheduler(channel, pool);
    const log = { error: (problem: string | Error) => this.#say(campaign.id, problem) };
    this.#reported.delete(campaign.id);
    const engine = { ...this.#parts, log };
    return { opening, open: new OpenCampaign({ engine, campaign, opening, channel, pool, scheduler }) };
  }

  /** Once for each problem: whoever looks at the campaign meets it again. */
  report(id: CampaignId, error: unknown): void {
    if (!this.#parts.away?.takes(error)) this.#say(id, troubleAbout(id, error));
  }

  /** Closes all: no new claims, what is in flight settles for at most `graceMs`, all is on disk. */
  async close(graceMs: number): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.#close(id, graceMs)));
    await this.#pools.close();
  }

  async #close(id: CampaignId, graceMs: number): Promise<void> {
    const opened = await this.opened(id);
    this.#open.delete(id);
    await opened?.open.close(graceMs);
  }

  #say(id: CampaignId, problem: string | Error): void {
    const text = typeof problem === "string" ? problem : problem.message;
    if (this.#reported.get(id) === text) return;
    this.#reported.set(id, text);
    this.#parts.log.error(problem);
  }

  /** What is over, or only looked at, can be read without its channel: nobody needs keys for old results. */
  #channelOf({ id, channel: name, status }: Campaign): Channel {
    const channel = this.#parts.channels.get(name);
    if (channel) return channel;
    if (!isUnderWay({ status }) || this.#parts.isAtRest) return absentChannel(name);
    throw new UnknownChannelError(`${id} goes through ${name}, which is not set up here`);
  }
}
