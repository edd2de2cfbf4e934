/** One campaign, its people and its platform, and what must hold of them at any moment. */
import type { ChannelManifest } from "../../src/channels/channel.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import { MINUTE_MS } from "../../src/domain/accounts/limits.ts";
import { importedTotal } from "../../src/domain/recipient.ts";
import type { OpenCampaign } from "../../src/engine/open-campaign.ts";
import type { TestProcess } from "../support/engine-bench.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import type { Turn } from "../support/scripted/scripted-channel.ts";
import { createScriptedChannel, lostNo, lostYes, yes } from "../support/scripted/scripted-channel.ts";
import { createMemoryDisk, namesOf } from "../support/memory-stores.ts";
import { putList } from "../support/put-list.ts";
import type { VirtualClock } from "../support/virtual-clock.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const NAMES = 12;
const DAY_MS = 86_400_000;
/** Low enough to be met, high enough for everyone within a few days. */
const caps = { perMinute: 2, perDay: 4 };
/** A message arrives at once and its answer takes this long: pauses and crashes find sends under way. */
const ANSWER_MS = 20;
/** Enough for every breaker, rest, retry and day's limit to pass. */
const HEALING_DAYS = 8;

type Mood = "up" | "down" | "throttled" | "lostYes" | "lostNo";

export class CampaignWorld {
  readonly clock = createVirtualClock();
  readonly locked = new Set<string>();
  mood: Mood = "up";
  readonly #disk = createMemoryDisk();
  readonly #inbox = new Map<string, number>();
  readonly #arrived: { readonly account: string; readonly at: number }[] = [];
  /** Names that opted out, with what they had got by then. */
  readonly #optedOut = new Map<string, number>();
  /** Names that the operator left uncertain. */
  readonly #left = new Set<string>();
  readonly #manifest: Partial<ChannelManifest>;
  #process: TestProcess;
  #kill: () => void = () => undefined;
  /** What had arrived when the campaign was paused or cancelled by the operator; undefined while it may send. */
  #stoppedWith: number | undefined;

  static async start(manifest: Partial<ChannelManifest>): Promise<CampaignWorld> {
    const world = new CampaignWorld(manifest);
    const accounts = [0, 1].map((index) => ({ name: `account-${index}`, caps }));
    await world.clock.runUntil(
      world.#process.engine.start(putCampaign(world.#disk, { names: NAMES, accounts })),
    );
    return world;
  }

  private constructor(manifest: Partial<ChannelManifest>) {
    this.#manifest = manifest;
    this.#process = this.#begin();
  }

  async pause(): Promise<void> {
    await this.#ask((open) => open.pause());
    this.#noteStop();
  }

  async resume(): Promise<void> {
    if (this.#campaign.status === "paused") this.#stoppedWith = undefined;
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
          if (verb === "sent" && !this.#inbox.has(username)) return undefined;
          if (verb === "skip") this.#left.add(username);
          return open.decide(claim, verb);
        }),
      );
    });
  }

  optOut(index: number): Promise<void> {
    const name = `p${index}`;
    this.#disk.suppressed.set(name, "optedOut");
    if (!this.#optedOut.has(name)) this.#optedOut.set(name, this.#inbox.get(name) ?? 0);
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
    const { ledger } = await this.#open();
    const told: string[] = [];
    for await (const { username, state } of ledger.results())
      if (state === "sent" && !this.#inbox.has(username)) told.push(`${username} is told as sent`);
    const stoppedWith = this.#stoppedWith ?? this.#arrived.length;
    return [
      ...told,
      ...(importedTotal(await ledger.counts()) === this.#names.length ? [] : ["the counts do not add up"]),
      ...(new Set(this.#names).size === this.#names.length ? [] : ["a name is there twice"]),
      ...[...this.#inbox].filter(([, count]) => count > 1).map(([name]) => `${name} got it twice`),
      ...[...this.#optedOut]
        .filter(([name, before]) => (this.#inbox.get(name) ?? 0) > before)
        .map(([name]) => `${name} got it after the opt-out`),
      ...(this.#arrived.length > stoppedWith ? ["it sent although it was stopped"] : []),
      ...this.#overdrawn(),
    ];
  }

  #overdrawn(): string[] {
    return this.#arrived.flatMap(({ account, at }) => {
      const own = this.#arrived.filter((one) => one.account === account);
      const minute = own.filter((one) => one.at <= at && one.at > at - MINUTE_MS).length;
      const day = own.filter((one) => Math.floor(one.at / DAY_MS) === Math.floor(at / DAY_MS)).length;
      return minute > caps.perMinute || day > caps.perDay ? [`${account} sent ${minute}, ${day}`] : [];
    });
  }

  /** Everything works again, and the operator does what is left to do. */
  async heal(): Promise<void> {
    this.mood = "up";
    this.locked.clear();
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
    return this.#names.filter((name) => !mayLack(name) && this.#inbox.get(name) !== 1);
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
    let isDead = false;
    this.#kill = () => (isDead = true);
    const effect = async (name: string): Promise<void> => {
      if (name === "after call" || name === "before wait") await this.clock.sleep(ANSWER_MS);
      if (isDead) await new Promise(() => undefined);
    };
    const channel = createScriptedChannel({
      manifest: this.#manifest,
      effect,
      inbox: this.#inbox,
      turn: ({ account }) => this.#turn(account),
    });
    const clock = this.#clockUntil(() => isDead);
    return startProcess({ channel, disk: this.#disk, clock, effect, concurrency: 3 });
  }

  /** For one process: nobody wakes up in a dead one. */
  #clockUntil(isDead: () => boolean): VirtualClock {
    const { clock } = this;
    return {
      pending: 0,
      now: () => clock.now(),
      advance: (ms) => clock.advance(ms),
      runUntilIdle: () => clock.runUntilIdle(),
      runUntil: (promise) => clock.runUntil(promise),
      async sleep(ms, signal) {
        await clock.sleep(ms, signal);
        if (isDead()) await new Promise(() => undefined);
      },
    };
  }

  #turn(account: string): Turn {
    const turn = this.#turnOf(account);
    if (turn.arrives) this.#arrived.push({ account, at: this.clock.now() });
    return turn;
  }

  #turnOf(account: string): Turn {
    const no = { arrives: false } as const;
    if (this.locked.has(account))
      return { ...no, answer: { kind: "account", trouble: "locked", why: "accountLocked" } };
    switch (this.mood) {
      case "up":
        return yes;
      case "down":
        return { ...no, answer: { kind: "unavailable", why: "serviceDown" } };
      case "throttled":
        return {
          ...no,
          answer: {
            kind: "throttled",
            scope: "account",
            retryAt: this.clock.now() + 3000,
            why: "tooFast",
          },
        };
      case "lostYes":
        return lostYes;
      case "lostNo":
        return lostNo;
    }
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
    if (isStopped) this.#stoppedWith = this.#arrived.length;
  }

  /** The operator knows from the people themselves who got it. */
  #decideDoubts(): Promise<void> {
    return this.#ask(async (open) => {
      for (const claim of await open.ledger.uncertain())
        await open.decide(claim, this.#inbox.has(claim.recipient.username) ? "sent" : "again");
    });
  }
}
