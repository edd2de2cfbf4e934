/** Has events befall a fleet, and remembers what happened. What lasts goes on while others follow. */
import { setTimeout as wait } from "node:timers/promises";
import type { Aiming } from "./aiming.ts";
import type { DrawnEvent, FleetEvent } from "./events.ts";
import type { FleetCampaigns } from "./campaigns.ts";
import type { Fleet } from "./fleet.ts";
import type { FleetBot } from "./fleet-bot.ts";
import type { FleetProcess } from "./fleet-process.ts";
import type { OptOut, Pause } from "./judge.ts";

type Of<K extends FleetEvent["kind"]> = Extract<FleetEvent, { readonly kind: K }>;

const END_SESSIONS = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()`;

/** The bot has messages sent in waves: the next one comes within about so long. */
const NEXT_WAVE_MS = 120_000;

export interface HappeningParts {
  readonly fleet: Fleet;
  readonly campaigns: FleetCampaigns;
  readonly bot: FleetBot;
  readonly aiming: Aiming;
}

export class Happenings {
  readonly optOuts: OptOut[] = [];
  readonly pauses: Pause[] = [];
  /** Events that could not be brought about, and why. */
  readonly failures: string[] = [];
  /** The longest that a process took to stop when it was told to, in ms. */
  slowestStopMs = 0;
  readonly #fleet: Fleet;
  readonly #parts: HappeningParts;
  readonly #counts = new Map<string, number>();
  /** What still lasts. */
  readonly #lasting = new Set<Promise<void>>();
  /** Those whom something befalls already. */
  readonly #befallen = new Set<FleetProcess>();
  /** One thing after another befalls the database, and is done by the operator. */
  #database = Promise.resolve();
  #operator = Promise.resolve();

  constructor(parts: HappeningParts) {
    this.#parts = parts;
    this.#fleet = parts.fleet;
  }

  /** How often each kind of event happened. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Begins it; what lasts goes on by itself. */
  begin({ event, whom }: DrawnEvent): void {
    this.#counts.set(event.kind, (this.#counts.get(event.kind) ?? 0) + 1);
    const lasting = this.#befall(event, whom)
      .catch((error: unknown) => void this.failures.push(`${event.kind}: ${String(error)}`))
      .finally(() => this.#lasting.delete(lasting));
    this.#lasting.add(lasting);
  }

  /** Waits until nothing lasts any more. */
  async settle(): Promise<void> {
    while (this.#lasting.size > 0) await Promise.all(this.#lasting);
  }

  async #befall(event: FleetEvent, whom: number): Promise<void> {
    const { cluster, chat, workers } = this.#fleet;
    switch (event.kind) {
      case "killWorker":
        if (event.aim === "botMessage") return this.#toBotSender(whom, (one) => this.#die(one, event.downMs));
        return this.#toOne(workers, whom, (one) => this.#kill(one, event));
      case "killChat":
        return this.#toOne([chat], whom, (one) => this.#kill(one, event));
      case "stopWorker":
        return this.#toOne(workers, whom, (one) => this.#stop(one));
      case "freezeWorker":
        if (event.aim === "botMessage")
          return this.#toBotSender(whom, (one) => this.#coldSpell(one, event.ms));
        return this.#toOne(workers, whom, (one) => this.#freeze(one, event));
      case "joinWorker":
        return this.#join();
      case "killDatabase":
        return this.#toDatabase(async () => {
          await cluster.kill();
          await wait(event.downMs);
          await cluster.restart();
        });
      case "freezeDatabase":
        return this.#toDatabase(async () => {
          await cluster.freeze();
          await wait(event.ms);
          await cluster.thaw();
        });
      case "endSessions":
        return this.#toDatabase(async () => void (await cluster.query(END_SESSIONS)));
      case "cutWire":
        return anyOf([chat, ...workers], whom)?.database.cut();
      case "deadWire":
        return this.#deaden(anyOf([chat, ...workers], whom), event);
      case "optOut":
        return this.#byOperator(() => this.#optOut(whom));
      case "pause":
        return this.#byOperator(() => this.#pause(event, whom));
    }
  }

  async #kill(one: FleetProcess, { aim, downMs }: Of<"killWorker" | "killChat">): Promise<void> {
    let gone = Promise.resolve();
    await this.#parts.aiming.at(one, aim, () => (gone = this.#die(one, downMs)));
    await gone;
  }

  /** Of a worker that more than need be are left without, nothing comes back. */
  async #die(one: FleetProcess, downMs: number): Promise<void> {
    await one.kill();
    await wait(downMs);
    if (one === this.#fleet.chat || this.#fleet.workersThere() < this.#fleet.least) one.start();
  }

  async #stop(one: FleetProcess): Promise<void> {
    this.slowestStopMs = Math.max(this.slowestStopMs, await one.stop());
    one.start();
  }

  async #freeze(one: FleetProcess, { aim, ms }: Of<"freezeWorker">): Promise<void> {
    let over = Promise.resolve();
    await this.#parts.aiming.at(one, aim, () => (over = this.#coldSpell(one, ms)));
    await over;
  }

  async #coldSpell(one: FleetProcess, ms: number): Promise<void> {
    one.freeze();
    await wait(ms);
    one.thaw();
  }

  async #join(): Promise<void> {
    const { workers, most } = this.#fleet;
    const away = workers.find((one) => one.state === "down" && !this.#befallen.has(one));
    if (away) return away.start();
    if (workers.length < most) (await this.#fleet.makeWorker()).start();
  }

  async #deaden(one: FleetProcess | undefined, { ms, mended }: Of<"deadWire">): Promise<void> {
    one?.database.deaden();
    await wait(ms);
    one?.database.mend(mended);
  }

  /** By the operator, or of the bot by oneself. */
  async #optOut(whom: number): Promise<void> {
    const { campaigns, bot } = this.#parts;
    const person = anyOf(campaigns.unreached(), whom);
    if (!person) return;
    const { name, channel } = person;
    if (channel === "telegram") await bot.leave(name);
    else await this.#fleet.api.suppress(name);
    this.optOuts.push({ name, at: Date.now() });
  }

  async #pause({ ms }: Of<"pause">, whom: number): Promise<void> {
    const { api } = this.#fleet;
    const campaign = anyOf(this.#parts.campaigns.latest(), whom) ?? "";
    await api.steer(campaign, "pause");
    const from = Date.now();
    await wait(ms);
    this.pauses.push({ campaign, from, until: Date.now() });
    await api.steer(campaign, "resume");
  }

  /** To the worker that has the bot send its next message, if it is one whom nothing befalls; else to any. */
  async #toBotSender(whom: number, befall: (one: FleetProcess) => Promise<void>): Promise<void> {
    const hit: Promise<void>[] = [];
    await this.#parts.aiming.atBot(NEXT_WAVE_MS, (meeting) => {
      const one = this.#wellOf(this.#fleet.workers).find((worker) => worker.made(meeting));
      if (one) hit.push(this.#to(one, befall));
      return one !== undefined;
    });
    await (hit[0] ?? this.#toOne(this.#fleet.workers, whom, befall));
  }

  /** To one of those who are up and whom nothing else befalls; waited for where there is none. */
  async #toOne(
    among: readonly FleetProcess[],
    whom: number,
    befall: (one: FleetProcess) => Promise<void>,
  ): Promise<void> {
    let one = anyOf(this.#wellOf(among), whom);
    for (; !one; one = anyOf(this.#wellOf(among), whom)) await wait(50);
    await this.#to(one, befall);
  }

  async #to(one: FleetProcess, befall: (one: FleetProcess) => Promise<void>): Promise<void> {
    this.#befallen.add(one);
    try {
      await befall(one);
    } finally {
      this.#befallen.delete(one);
    }
  }

  #wellOf(among: readonly FleetProcess[]): readonly FleetProcess[] {
    return among.filter((one) => one.state === "up" && !this.#befallen.has(one));
  }

  #toDatabase(befall: () => Promise<void>): Promise<void> {
    return (this.#database = this.#database.catch(() => undefined).then(befall));
  }

  #byOperator(act: () => Promise<void>): Promise<void> {
    return (this.#operator = this.#operator.catch(() => undefined).then(act));
  }
}

function anyOf<T>(all: readonly T[], whom: number): T | undefined {
  return all[Math.floor(whom * all.length)];
}
