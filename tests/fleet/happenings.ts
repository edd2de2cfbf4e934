/** Has events befall a fleet, and remembers what happened. What lasts goes on while others follow. */
import { setTimeout as wait } from "node:timers/promises";
import type { Aiming } from "./aiming.ts";
import type { DrawnEvent, FleetEvent } from "./events.ts";
import type { Fleet } from "./fleet.ts";
import type { FleetProcess } from "./fleet-process.ts";

type Of<K extends FleetEvent["kind"]> = Extract<FleetEvent, { readonly kind: K }>;

const END_SESSIONS = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()`;

export class Happenings {
  readonly optOuts: { readonly name: string; readonly at: number }[] = [];
  readonly pauses: { readonly from: number; readonly until: number }[] = [];
  /** Events that could not be brought about, and why. */
  readonly failures: string[] = [];
  /** The longest that a process took to stop when it was told to, in ms. */
  slowestStopMs = 0;
  readonly #fleet: Fleet;
  readonly #aiming: Aiming;
  readonly #counts = new Map<string, number>();
  /** What still lasts. */
  readonly #lasting = new Set<Promise<void>>();
  /** Those whom something befalls already. */
  readonly #befallen = new Set<FleetProcess>();
  /** One thing after another befalls the database, and is done by the operator. */
  #database = Promise.resolve();
  #operator = Promise.resolve();

  constructor(fleet: Fleet, aiming: Aiming) {
    this.#fleet = fleet;
    this.#aiming = aiming;
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
        return this.#toOne(workers, whom, (one) => this.#kill(one, event));
      case "killChat":
        return this.#toOne([chat], whom, (one) => this.#kill(one, event));
      case "stopWorker":
        return this.#toOne(workers, whom, (one) => this.#stop(one));
      case "freezeWorker":
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
        return this.#byOperator(() => this.#pause(event));
    }
  }

  /** Of a worker that more than need be are left without, nothing comes back. */
  async #kill(one: FleetProcess, { aim, downMs }: Of<"killWorker" | "killChat">): Promise<void> {
    let gone = Promise.resolve();
    await this.#aiming.at(one, aim, () => (gone = one.kill()));
    await gone;
    await wait(downMs);
    if (one === this.#fleet.chat || this.#fleet.workersThere() < this.#fleet.least) one.start();
  }

  async #stop(one: FleetProcess): Promise<void> {
    this.slowestStopMs = Math.max(this.slowestStopMs, await one.stop());
    one.start();
  }

  async #freeze(one: FleetProcess, { aim, ms }: Of<"freezeWorker">): Promise<void> {
    await this.#aiming.at(one, aim, () => one.freeze());
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

  async #optOut(whom: number): Promise<void> {
    const { api, unreached } = this.#fleet;
    const name = anyOf(unreached(), whom);
    if (name === undefined) return;
    await api.suppress(name);
    this.optOuts.push({ name, at: Date.now() });
  }

  async #pause({ ms }: Of<"pause">): Promise<void> {
    const { api, campaign } = this.#fleet;
    await api.steer(campaign, "pause");
    const from = Date.now();
    await wait(ms);
    this.pauses.push({ from, until: Date.now() });
    await api.steer(campaign, "resume");
  }

  /** To one of those who are up and whom nothing else befalls; waited for where there is none. */
  async #toOne(
    among: readonly FleetProcess[],
    whom: number,
    befall: (one: FleetProcess) => Promise<void>,
  ): Promise<void> {
    const wellOne = (): FleetProcess | undefined =>
      anyOf(
        among.filter((one) => one.state === "up" && !this.#befallen.has(one)),
        whom,
      );
    let one = wellOne();
    for (; !one; one = wellOne()) await wait(50);
    this.#befallen.add(one);
    try {
      await befall(one);
    } finally {
      this.#befallen.delete(one);
    }
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
