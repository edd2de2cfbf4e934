/**
 * The engine: every open campaign of this process. Keeps the promise that everything serves, at most one message to
 * each name and nobody forgotten, by way of the ledger: it sends only what it has claimed and settles all it claimed.
 */
import { isUnderWay, lacksRoom } from "../domain/campaign-status.ts";
import type { Campaign, CampaignId } from "../domain/campaign.ts";
import { importedTotal } from "../domain/recipient.ts";
import type { AddedNames, NewNames, Opening } from "../storage/ports/ledger.ts";
import { takeBack } from "./accounts/take-back.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import type { EngineParts } from "./engine-parts.ts";
import type { EventDetail } from "./events.ts";
import type { OpenCampaign } from "./open-campaign.ts";
import { OpenedCampaigns } from "./opened-campaigns.ts";

/** What ended longer ago than any limit looks back needs no opening at start. */
const LOOK_BACK_MS = 26 * 3_600_000;

/** A running campaign that is changed stops for a moment; what is in flight gets this long to settle, in ms. */
const REOPEN_GRACE_MS = 30_000;

type Make = () => Promise<Campaign | undefined>;

export class Engine {
  readonly #parts: EngineParts;
  readonly #campaigns: OpenedCampaigns;
  /** Campaigns that should go on and could not be opened: on a full disk, say. They go on once they can be. */
  readonly #owed = new Set<CampaignId>();
  #isStopped = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#campaigns = new OpenedCampaigns(parts);
    parts.away?.watch((news) => {
      if (news.kind === "back" && news.isAnew) void this.#beginAnew();
    });
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
      const opened = await this.#campaigns.tryOpen(id);
      if (!opened && goesOn(id)) this.#owed.add(id);
      if (opened?.open.campaign.status !== "running" || !goesOn(id)) continue;
      const { cutOff, ledger } = opened.opening;
      // Where others send too, a process that joins them is no news.
      if (this.#parts.duties && cutOff === 0) continue;
      this.#tell(id, { kind: "restarted", cutOff, counts: await ledger.counts() });
    }
    for (const { id } of matter) if (goesOn(id)) await (await this.opened(id))?.takeUp();
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
    const changed = await this.#begin(id, () => this.#parts.campaigns.change(id, change), how);
    if (changed && how === "goesOn") this.#tell(id, { kind: "changed" });
    return changed;
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

  /**
   * Somebody changed a campaign, perhaps in another process: one that is open here goes by what is stored from now on, and
   * where others use the store too, one that they began is opened. Never fails: what can't be taken in is reported.
   */
  async hear(id: CampaignId): Promise<void> {
    try {
      const open = await this.opened(id);
      if (this.#isStopped || open?.isBroken) return;
      if (!open) return await this.#join(id);
      if ((await open.takeIn()) === "otherwise") await this.#begin(id, async () => undefined, "goesOn");
    } catch (error) {
      this.#campaigns.report(id, error);
    }
  }

  /** What another process began is worked on here as well. */
  async #join(id: CampaignId): Promise<void> {
    const campaign = this.#parts.duties && (await this.#parts.campaigns.get(id));
    if (!campaign || !isUnderWay(campaign)) return;
    const opened = await this.#campaigns.tryOpen(id);
    if (opened) await opened.open.takeUp();
    else this.#owed.add(id);
  }

  /** Another process planned somebody again. @param at When they are due, ms since the epoch */
  async hearDue(id: CampaignId, at: number): Promise<void> {
    (await this.opened(id))?.isDue(at);
  }

  /**
   * Looks at what others did, also where their word was lost: settles what processes that are gone left claimed, goes by what
   * is stored, and asks about whoever became uncertain meanwhile. Never fails.
   */
  async lookAround(): Promise<void> {
    for (const id of this.#owed) if (!this.#isStopped) await this.find(id).catch(() => undefined);
    for (const open of await this.#campaigns.all()) {
      const { id } = open.campaign;
      if (this.#isStopped || open.isBroken) continue;
      await open.lookAround().catch((error: unknown) => this.#campaigns.report(id, error));
      await this.hearBack(id);
      await (open.isOutdated ? this.#openAnew(id) : this.hear(id));
    }
  }

  /** What was open is another owner's, who is gone. */
  async #beginAnew(): Promise<void> {
    for (const { campaign } of await this.#campaigns.all())
      if (!this.#isStopped) await this.#openAnew(campaign.id);
  }

  async #openAnew(id: CampaignId): Promise<void> {
    const opened = this.#begin(id, async () => undefined, "goesOn");
    await opened.catch((error: unknown) => this.#campaigns.report(id, error));
  }

  async #begin(id: CampaignId, make: Make, how = "begins"): Promise<Campaign | undefined> {
    let campaign: Campaign | undefined;
    const { open, opening } = await this.#campaigns.replace(id, async (old) => {
      await old?.open.close(REOPEN_GRACE_MS);
      this.#owed.add(id);
      campaign = await make();
      return this.#campaigns.openNow(campaign ?? (await this.#known(id)));
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
    await this.#parts.toldForGood?.();
    if (status === "running")
      await takeBack(campaign, open.pool, { tell: (detail) => this.#tell(id, detail) });
    if (counts.failed > 0) await open.ledger.retryAll();
  }

  /** The open campaign, opened on demand; undefined for an unknown id, and for any after the engine has stopped. */
  async find(id: CampaignId): Promise<OpenCampaign | undefined> {
    if (this.#isStopped) return undefined;
    const known = this.#campaigns.get(id) ?? this.#campaigns.openKnown(id);
    const opened = await known;
    if (opened && this.#owed.delete(id)) await opened.open.takeUp();
    if (!opened?.open.isBroken) return opened?.open;
    // Somebody who asked at the same time may have opened it anew already.
    if (this.#campaigns.get(id) !== known) return this.find(id);
    return (await this.#campaigns.readAnew(id, opened)).open;
  }

  /** The campaign if it is open here. Looking opens nothing, and lets nothing go on. */
  async opened(id: CampaignId): Promise<OpenCampaign | undefined> {
    return (await this.#campaigns.opened(id))?.open;
  }

  /**
   * Campaigns that are paused because there was no room on the disk, here or when the last process ended, and those that
   * should go on and could not be opened yet.
   */
  async shortOfRoom(): Promise<readonly CampaignId[]> {
    const open = await this.#campaigns.all();
    const stored = await this.#parts.campaigns.all();
    const campaigns = [...stored, ...open.map(({ campaign }) => campaign)];
    return [...new Set([...this.#owed, ...campaigns.filter(lacksRoom).map(({ id }) => id)])];
  }

  /** Lets campaigns go on that stopped for want of room; one that can't yet is reported and stays. */
  async goOn(ids: readonly CampaignId[]): Promise<void> {
    for (const id of ids) {
      try {
        const open = await this.find(id);
        if (open && !open.isBroken && lacksRoom(open.campaign)) await open.resume(undefined, "itself");
      } catch (error) {
        this.#campaigns.report(id, error);
      }
    }
  }

  /** As its accounts stand now, whoever takes their turns. */
  async pool(channel: string): Promise<AccountPool> {
    const pool = await this.#campaigns.pool(channel);
    await pool.hearOthers?.();
    return pool;
  }

  /** An operator said of accounts of this campaign that they are mended, perhaps in another process. */
  async hearBack(id: CampaignId): Promise<void> {
    const open = await this.opened(id);
    await open?.pool.hearOthers?.().catch((error: unknown) => this.#campaigns.report(id, error));
  }

  /** Stops every campaign: no new claims, what is in flight settles for at most `graceMs`, all is on disk. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    await this.#campaigns.close(graceMs);
  }

  async #known(id: CampaignId): Promise<Campaign> {
    const campaign = await this.#parts.campaigns.get(id);
    if (!campaign) this.#owed.delete(id);
    return campaign ?? this.#campaigns.known(id);
  }

  #tell(campaignId: CampaignId, detail: EventDetail): void {
    this.#parts.emit({ ...detail, campaignId, at: this.#parts.clock.now() });
  }
}
