/**
 * The engine: every open campaign of this process. Keeps the promise that everything serves, at most one message to
 * each name and nobody forgotten, by way of the ledger: it sends only what it has claimed and settles all it claimed.
 */
import type { Channel } from "../channels/channel.ts";
import { isUnderWay, lacksRoom } from "../domain/campaign-status.ts";
import { everyAccount } from "../domain/campaign-accounts.ts";
import type { Campaign, CampaignId } from "../domain/campaign.ts";
import { UnreadableRecordError } from "../domain/errors.ts";
import { importedTotal } from "../domain/recipient.ts";
import { troubleAbout } from "../lib/trouble.ts";
import type { AddedNames, NewNames, Opening } from "../storage/ports/ledger.ts";
import { UnknownChannelError, absentChannel } from "./absent-channel.ts";
import { takeBack } from "./accounts/take-back.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import { ChannelPools } from "./accounts/channel-pools.ts";
import type { EngineParts } from "./engine-parts.ts";
import type { EventDetail } from "./events.ts";
import { OpenCampaign } from "./open-campaign.ts";

/** What ended longer ago than any limit looks back needs no opening at start. */
const LOOK_BACK_MS = 26 * 3_600_000;

/** A running campaign that gains names stops for a moment; what is in flight gets this long to settle, in ms. */
const REOPEN_GRACE_MS = 30_000;

type Make = () => Promise<Campaign | undefined>;
interface Opened {
  readonly open: OpenCampaign;
  readonly opening: Opening;
}

export class Engine {
  readonly #parts: EngineParts;
  readonly #pools: ChannelPools;
  /** Each campaign is opened once at a time: two ledgers over one journal would claim the same people. */
  readonly #open = new Map<CampaignId, Promise<Opened>>();
  /** Campaigns that should go on and could not be opened: on a full disk, say. They go on once they can be. */
  readonly #owed = new Set<CampaignId>();
  /** The last problem that was reported of each. */
  readonly #reported = new Map<CampaignId, string>();
  #isStopped = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#pools = new ChannelPools(parts);
  }

  /**
   * Opens what matters after a start: whatever is unfinished goes on, and what ended lately counts in the accounts'
   * budgets. A campaign that can't be opened is reported and stays as it is; the others go on.
   * @param goesOn Campaigns for which it answers false only count in the budgets, and nothing is sent for them
   */
  async recover(goesOn: (id: CampaignId) => boolean = () => true): Promise<void> {
    const since = this.#parts.clock.now() - LOOK_BACK_MS;
    const campaigns = await this.#parts.campaigns.all();
    const matter = campaigns.filter(({ finishedAt = Infinity }) => finishedAt >= since);
    for (const { id } of matter) {
      const opened = await this.#tryOpen(id);
      if (!opened && goesOn(id)) this.#owed.add(id);
      if (opened?.open.campaign.status !== "running" || !goesOn(id)) continue;
      const { cutOff, ledger } = opened.opening;
      this.#tell(id, { kind: "restarted", cutOff, counts: await ledger.counts() });
    }
    for (const { id } of matter)
      if (goesOn(id)) await (await this.#open.get(id)?.catch(() => undefined))?.open.takeUp();
  }

  /** Starts a new campaign. Answers false when there is one of this id, which goes on as it was. */
  async start(campaign: Campaign): Promise<boolean> {
    const { campaigns } = this.#parts;
    const make = async () => ((await campaigns.create(campaign)) ? campaign : undefined);
    return (await this.#begin(campaign.id, make)) !== undefined;
  }

  /**
   * Goes on with a campaign after a change: more names, other values, another text. The change is made of the campaign as
   * it stands once nothing is in flight, so a Pause that came meanwhile holds. Answers the changed campaign, or undefined
   * when there is none or the change answers undefined; then the campaign goes on as it was.
   * @param how Whether it begins anew by that, and all who failed are tried again
   */
  async change(
    id: CampaignId,
    change: (current: Campaign) => Campaign | undefined,
    how: "begins" | "goesOn" = "begins",
  ): Promise<Campaign | undefined> {
    return this.#begin(id, () => this.#parts.campaigns.change(id, change), how);
  }

  /** Names join a campaign that runs or is paused, which goes on meanwhile; undefined for an unknown id. */
  async addNames(id: CampaignId, names: NewNames): Promise<AddedNames | undefined> {
    for (;;) {
      const open = await this.find(id);
      if (!open) return undefined;
      const added = await open.addNames(names);
      if (added) return added;
    }
  }

  async #begin(id: CampaignId, make: Make, how = "begins"): Promise<Campaign | undefined> {
    let campaign: Campaign | undefined;
    const { open, opening } = await this.#replace(id, async (old) => {
      await old?.open.close(REOPEN_GRACE_MS);
      this.#owed.add(id);
      campaign = await make();
      return this.#openNow(campaign ?? (await this.#known(id)));
    });
    this.#owed.delete(id);
    if (campaign && how === "begins") await this.#tellBeginning(campaign, opening, open);
    await open.takeUp();
    return campaign;
  }

  async #tellBeginning(campaign: Campaign, opening: Opening, open: OpenCampaign): Promise<void> {
    const { id, status, pause } = campaign;
    const counts = await open.ledger.counts();
    const isFresh = opening.alreadySent === 0 && counts.planned === importedTotal(counts);
    if (opening.checkpointNames === undefined && isFresh) this.#tell(id, { kind: "noCheckpoint" });
    if (opening.checkpointNames !== undefined)
      this.#tell(id, { kind: "checkpointLoaded", names: opening.checkpointNames });
    if (opening.alreadySent > 0) this.#tell(id, { kind: "alreadySent", names: opening.alreadySent });
    this.#tell(id, { kind: "status", status, ...(pause ? { pause } : {}) });
    if (status === "running") takeBack(campaign, open.pool, { tell: (detail) => this.#tell(id, detail) });
    if (counts.failed > 0) await open.ledger.retryAll();
  }

  /** The open campaign, opened on demand; undefined for an unknown id, and for any after the engine has stopped. */
  async find(id: CampaignId): Promise<OpenCampaign | undefined> {
    if (this.#isStopped) return undefined;
    const known = this.#open.get(id) ?? this.#openKnown(id);
    const opened = await known;
    if (opened && this.#owed.delete(id)) await opened.open.takeUp();
    if (!opened?.open.isBroken) return opened?.open;
    // Somebody who asked at the same time may have opened it anew already.
    if (this.#open.get(id) !== known) return this.find(id);
    return (await this.#replace(id, () => this.#readAnew(opened))).open;
  }

  /** The campaign if it is open here. Looking opens nothing, and lets nothing go on. */
  async opened(id: CampaignId): Promise<OpenCampaign | undefined> {
    return (await this.#open.get(id)?.catch(() => undefined))?.open;
  }

  /**
   * Campaigns that are paused because there was no room on the disk, here or when the last process ended, and those that
   * should go on and could not be opened yet.
   */
  async shortOfRoom(): Promise<readonly CampaignId[]> {
    const open = await Promise.all([...this.#open.values()].map((one) => one.catch(() => undefined)));
    const stored = await this.#parts.campaigns.all();
    const campaigns = [...stored, ...open.flatMap((one) => one?.open.campaign ?? [])];
    return [...new Set([...this.#owed, ...campaigns.filter(lacksRoom).map(({ id }) => id)])];
  }

  /** Lets campaigns go on that stopped for want of room; one that can't yet is reported and stays. */
  async goOn(ids: readonly CampaignId[]): Promise<void> {
    for (const id of ids) {
      try {
        const open = await this.find(id);
        if (open && !open.isBroken && lacksRoom(open.campaign)) await open.resume(undefined, "itself");
      } catch (error) {
        this.#report(id, error);
      }
    }
  }

  pool(channel: string): Promise<AccountPool> {
    return this.#pools.pool(channel);
  }

  /** Stops every campaign: no new claims, what is in flight settles for at most `graceMs`, all is on disk. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#open.keys()].map((id) => this.#close(id, graceMs)));
    await this.#pools.idle();
  }

  async #tryOpen(id: CampaignId): Promise<Opened | undefined> {
    try {
      return await (this.#open.get(id) ?? this.#openKnown(id));
    } catch (error) {
      this.#report(id, error);
      return undefined;
    }
  }

  #report(id: CampaignId, error: unknown): void {
    this.#say(id, troubleAbout(id, error));
  }

  /** Once for each problem: whoever looks at the campaign meets it again. */
  #say(id: CampaignId, problem: string | Error): void {
    const text = typeof problem === "string" ? problem : problem.message;
    if (this.#reported.get(id) === text) return;
    this.#reported.set(id, text);
    this.#parts.log.error(problem);
  }

  async #openKnown(id: CampaignId): Promise<Opened | undefined> {
    if (!(await this.#parts.campaigns.get(id))) return undefined;
    return this.#open.get(id) ?? this.#replace(id, async () => this.#openNow(await this.#known(id)));
  }

  async #known(id: CampaignId): Promise<Campaign> {
    const campaign = await this.#parts.campaigns.get(id);
    if (campaign) return campaign;
    this.#owed.delete(id);
    throw new Error(`There is no campaign ${id}`);
  }

  /** Memory was ahead of the disk: reads what is there. While that can't be done either, the old one tells what it knows. */
  async #readAnew(broken: Opened): Promise<Opened> {
    try {
      await broken.open.close(0);
      await broken.open.recordPause();
      const anew = await this.#openNow(await this.#known(broken.open.campaign.id));
      await anew.open.takeUp();
      return anew;
    } catch (error) {
      this.#report(broken.open.campaign.id, error);
      return broken;
    }
  }

  /** Puts a campaign in the place of what is open, at once: whoever asks for it meanwhile waits for the new one. */
  #replace(id: CampaignId, make: (old: Opened | undefined) => Promise<Opened>): Promise<Opened> {
    const old = this.#open.get(id) ?? Promise.resolve(undefined);
    const opened = old.catch(() => undefined).then(make);
    this.#open.set(id, opened);
    opened.catch(() => this.#open.get(id) === opened && this.#open.delete(id));
    return opened;
  }

  async #openNow(campaign: Campaign): Promise<Opened> {
    const { ledgers } = this.#parts;
    const channel = this.#channelOf(campaign);
    await this.#parts.hearing?.open(campaign.channel);
    const pool = await this.pool(campaign.channel);
    const opening = await ledgers.open(campaign).catch((error: unknown) => {
      if (error instanceof UnreadableRecordError)
        pool.useIsUnknown(campaign.id, everyAccount(campaign), error.countsUntil);
      throw error;
    });
    pool.useIsKnown(campaign.id);
    const scheduler = this.#pools.scheduler(channel, pool);
    const log = { error: (problem: string | Error) => this.#say(campaign.id, problem) };
    this.#reported.delete(campaign.id);
    return {
      opening,
      open: new OpenCampaign({
        engine: { ...this.#parts, log },
        campaign,
        opening,
        channel,
        pool,
        scheduler,
      }),
    };
  }

  /** What is over, or only looked at, can be read without its channel: nobody needs keys for old results. */
  #channelOf({ id, channel: name, status }: Campaign): Channel {
    const channel = this.#parts.channels.get(name);
    if (channel) return channel;
    if (!isUnderWay({ status }) || this.#parts.isAtRest) return absentChannel(name);
    throw new UnknownChannelError(`${id} goes through ${name}, which is not set up here`);
  }

  async #close(id: CampaignId, graceMs: number): Promise<void> {
    const opened = await this.#open.get(id)?.catch(() => undefined);
    this.#open.delete(id);
    await opened?.open.close(graceMs);
  }

  #tell(campaignId: CampaignId, detail: EventDetail): void {
    this.#parts.emit({ ...detail, campaignId, at: this.#parts.clock.now() });
  }
}
