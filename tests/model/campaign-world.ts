/** One campaign, its people and its platform, and what must hold of them at any moment. */
import type { ChannelManifest } from "../../src/channels/channel.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import { MINUTE_MS } from "../../src/domain/accounts/limits.ts";
import { changedBy } from "../../src/domain/campaign-change.ts";
import { messageOf } from "../../src/domain/message-at.ts";
import { LATEST_START_MS, awaitsStart } from "../../src/domain/when/schedule.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import type { OpenCampaign } from "../../src/engine/open-campaign.ts";
import type { TestProcess } from "../support/engine-bench.ts";
import { putCampaign } from "../support/engine-bench.ts";
import type { Agreement } from "./agreed.ts";
import { Agreed, changeFor, prices } from "./agreed.ts";
import { Platform } from "./platform.ts";
import { createMemoryDisk, namesOf } from "../support/memory-stores.ts";
import { putList } from "../support/put-list.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const NAMES = 12;
const DAY_MS = 86_400_000;
/** Low enough to be met, high enough for everyone within a few days. */
const caps = { perMinute: 2, perDay: 4 };
/** Enough for every breaker, rest, retry and day's limit to pass. */
const HEALING_DAYS = 8;

export class CampaignWorld {
  readonly clock = createVirtualClock();
  readonly platform: Platform;
  readonly #disk = createMemoryDisk();
  readonly #agreed = new Agreed();
  #isStartedLate = false;
  /** Names that opted out, with what they had got by then. */
  readonly #optedOut = new Map<string, number>();
  /** Names that the operator left uncertain. */
  readonly #left = new Set<string>();
  #process: TestProcess;
  #kill: () => void = () => undefined;
  /** What had arrived when the campaign was paused or cancelled by the operator; undefined while it may send. */
  #stoppedWith: number | undefined;

  /** @param startsInMs It is scheduled for then; absent: it starts at once */
  static async start(manifest: Partial<ChannelManifest>, startsInMs?: number): Promise<CampaignWorld> {
    const world = new CampaignWorld({ ...manifest, prices });
    const accounts = [0, 1].map((index) => ({ name: `account-${index}`, caps }));
    const campaign = putCampaign(world.#disk, { names: NAMES, accounts });
    const at = world.clock.now() + (startsInMs ?? 0);
    const schedule = { at, timeZone: "UTC", by: "test", setAt: world.clock.now() };
    await world.clock.runUntil(
      world.#process.engine.start(
        startsInMs === undefined ? campaign : { ...campaign, status: "scheduled", schedule },
      ),
    );
    return world;
  }

  /** One thing is agreed otherwise while it goes on. */
  async agree(agreement: Agreement): Promise<void> {
    const { ledger } = await this.#open();
    const change = changeFor(agreement, await ledger.counts(), this.platform.arrived.length);
    const mark = { by: "test", at: this.clock.now() };
    await this.clock.runUntil(
      this.#process.engine.change("spring", (now) => changedBy(now, change, mark), "goesOn"),
    );
  }

  /** The word on the first few, a cap or a rail: as many, or as much, again. */
  async more(): Promise<void> {
    if (this.#campaign.status === "paused") this.#stoppedWith = undefined;
    await this.#ask((open) => open.resume(undefined, "more"));
  }

  startNow(): Promise<void> {
    this.#agreed.isStarted ||= awaitsStart(this.#campaign);
    return this.#ask((open) => open.start.now("test"));
  }

  moveStart(ms: number): Promise<void> {
    const at = this.clock.now() + ms;
    return this.#ask((open) => open.start.move({ at, timeZone: "UTC", by: "test", setAt: this.clock.now() }));
  }

  /** The process dies and is not there for a while. */
  async down(ms: number): Promise<void> {
    this.#kill();
    const { status, schedule } = this.#campaign;
    await this.clock.advance(ms);
    const isLate = status === "scheduled" && this.clock.now() - (schedule?.at ?? 0) > LATEST_START_MS;
    await this.crash();
    if (isLate && this.#campaign.pause?.kind !== "missedStart") this.#isStartedLate = true;
  }

  private constructor(manifest: Partial<ChannelManifest>) {
    this.platform = new Platform(manifest, this.clock);
    this.#process = this.#begin();
  }

  async pause(): Promise<void> {
    await this.#ask((open) => open.pause());
    this.#noteStop();
  }

  async resume(): Promise<void> {
    if (this.#campaign.status === "paused") this.#stoppedWith = undefined;
    this.#agreed.isStarted ||= awaitsStart(this.#campaign);
    await this.#ask((open) => open.resume());
  }

  async cancel(): Promise<void> {
    await this.#ask((open) => open.cancel());
    this.#noteStop();
  }

  retry(): Promise<void> {
    if (this.#campaign.status === "finished") this.#stoppedWith = undefined;
    return this.#ask((open) => open.retryFailed());
  }

  /** Sends again with one account more, as giving the campaign another time does. */
  async addAccount(): Promise<void> {
    const { accounts, status } = this.#campaign;
    if (status === "cancelled" || accounts.length > 2) return;
    this.#stoppedWith = undefined;
    this.#agreed.isStarted ||= awaitsStart(this.#campaign);
    const more = [...accounts, { name: `account-${accounts.length}`, caps }];
    const { engine } = this.#process;
    const change = ({ pause: _pause, ...from }: Campaign): Campaign => ({
      ...from,
      accounts: more,
      status: "running",
    });
    await this.clock.runUntil(engine.change("spring", change));
  }

  /** A list is given of somebody who is there and, now and then, of others. */
  async addNames(name: number): Promise<void> {
    const listId = await putList(this.#disk.lists, [`p${name}`, `q${name}`]);
    await this.clock.runUntil(
      this.#process.engine.addNames("spring", { listId, origin: "pasted", by: "test" }),
    );
  }

  /** Decisions on one uncertain recipient, all at the same moment; the operator tells the truth as they know it. */
  decide(verbs: readonly ("check" | "sent" | "skip")[], index: number): Promise<void> {
    return this.#ask(async (open) => {
      const uncertain = await open.ledger.uncertain();
      const claim = uncertain[index % Math.max(1, uncertain.length)];
      if (!claim) return;
      const { username } = claim.recipient;
      await Promise.all(
        verbs.map(async (verb): Promise<unknown> => {
          if (verb === "check") return open.check(claim);
          if (verb === "sent" && !this.platform.inbox.has(username)) return undefined;
          if (verb === "skip") this.#left.add(username);
          return open.decide(claim, verb);
        }),
      );
    });
  }

  optOut(index: number): Promise<void> {
    const name = `p${index}`;
    this.#disk.suppressed.set(name, "optedOut");
    if (!this.#optedOut.has(name)) this.#optedOut.set(name, this.platform.inbox.get(name) ?? 0);
    return Promise.resolve();
  }

  /** The process is gone between two effects; another takes its place. */
  async crash(): Promise<void> {
    this.#kill();
    this.#process = this.#begin();
    await this.clock.runUntil(this.#process.engine.recover());
  }

  async restart(): Promise<void> {
    await this.clock.runUntil(this.#process.engine.stop(1000));
    await this.crash();
  }

  /** What holds at every moment and does not now, in words; empty when all is well. */
  async broken(): Promise<readonly string[]> {
    const { ledger, campaign } = await this.#open();
    const told: string[] = [];
    for await (const { username, state, revision = 0, at = 0 } of ledger.results())
      if (state === "sent" && !this.platform.inbox.has(username)) told.push(`${username} is told as sent`);
      else if (
        state === "sent" &&
        messageOf(campaign, { at, revision }).message !== this.platform.texts.get(username)
      )
        told.push(`${username} is told to have another text`);
    const counts = await ledger.counts();
    const [arrived, now, people] = [this.platform.arrived, this.clock.now(), this.platform.inbox.size];
    const stoppedWith = this.#stoppedWith ?? this.platform.arrived.length;
    return [
      ...told,
      ...(importedTotal(counts) === this.#names.length ? [] : ["the counts do not add up"]),
      ...(new Set(this.#names).size === this.#names.length ? [] : ["a name is there twice"]),
      ...[...this.platform.inbox].filter(([, count]) => count > 1).map(([name]) => `${name} got it twice`),
      ...[...this.#optedOut]
        .filter(([name, before]) => (this.platform.inbox.get(name) ?? 0) > before)
        .map(([name]) => `${name} got it after the opt-out`),
      ...(this.platform.arrived.length > stoppedWith ? ["it sent although it was stopped"] : []),
      ...(this.#isStartedLate ? ["it started by itself although it was late"] : []),
      ...this.#overdrawn(),
      ...this.#agreed.broken({ campaign: this.#campaign, counts, arrived, people, now }),
    ];
  }

  #overdrawn(): string[] {
    return this.platform.arrived.flatMap(({ account, at }) => {
      const own = this.platform.arrived.filter((one) => one.account === account);
      const minute = own.filter((one) => one.at <= at && one.at > at - MINUTE_MS).length;
      const day = own.filter((one) => Math.floor(one.at / DAY_MS) === Math.floor(at / DAY_MS)).length;
      return minute > caps.perMinute || day > caps.perDay ? [`${account} sent ${minute}, ${day}`] : [];
    });
  }

  /** Everything works again, and the operator does what is left to do. */
  async heal(): Promise<void> {
    this.platform.mood = "up";
    this.platform.locked.clear();
    await this.agree({ what: "free" });
    await this.startNow();
    await this.resume();
    for (let day = 0; day < HEALING_DAYS; day++) {
      await this.clock.advance(DAY_MS);
      await this.#decideDoubts();
      await this.retry();
    }
  }

  /** Those who should have got a message and did not; a campaign that is not over is lost as a whole. */
  lost(): readonly string[] {
    const { status } = this.#campaign;
    if (status === "cancelled") return [];
    if (status !== "finished") return [status];
    const mayLack = (name: string): boolean => this.#optedOut.has(name) || this.#left.has(name);
    return this.#names.filter((name) => !mayLack(name) && this.platform.inbox.get(name) !== 1);
  }

  /** Everybody it goes to. */
  get #names(): readonly string[] {
    return namesOf(this.#disk, "spring");
  }

  get #campaign(): Campaign {
    const campaign = this.#disk.campaigns.get("spring");
    if (!campaign) throw new Error("the campaign is gone");
    return campaign;
  }

  #begin(): TestProcess {
    const { process, kill } = this.platform.begin(this.#disk);
    this.#kill = kill;
    return process;
  }

  async #open(): Promise<OpenCampaign> {
    const open = await this.clock.runUntil(this.#process.engine.find("spring"));
    if (!open) throw new Error("the campaign can't be opened");
    return open;
  }

  async #ask(action: (open: OpenCampaign) => Promise<unknown>): Promise<void> {
    await this.clock.runUntil(action(await this.#open()));
  }

  #noteStop(): void {
    const { status, pause } = this.#campaign;
    const isStopped = status === "cancelled" || (status === "paused" && pause?.kind === "operator");
    if (isStopped) this.#stoppedWith = this.platform.arrived.length;
  }

  /** The operator knows from the people themselves who got it. */
  #decideDoubts(): Promise<void> {
    return this.#ask(async (open) => {
      for (const claim of await open.ledger.uncertain())
        await open.decide(claim, this.platform.inbox.has(claim.recipient.username) ? "sent" : "again");
    });
  }
}
