/**
 * The start of a campaign that is scheduled. The moment stands in the campaign's document and nowhere else: whoever opens
 * the campaign looks at the clock until it is there. It starts by itself if it is looked at in time; later, the operator
 * is asked and nothing is sent.
 */
import type { Schedule } from "../domain/when/schedule.ts";
import type { Done } from "../domain/report/deeds.ts";
import { dueStart } from "../domain/when/schedule.ts";
import type { StatusChange } from "../domain/campaign-status.ts";
import { due, scheduledFor } from "../domain/campaign-status.ts";
import { startedEarly } from "../domain/approval.ts";
import type { AccountPool } from "./accounts/account-pool.ts";
import { takeBack } from "./accounts/take-back.ts";
import type { EngineParts } from "./engine-parts.ts";
import type { Refusal, StatusChanges } from "./status-changes.ts";

export interface ScheduledStartParts {
  readonly status: StatusChanges;
  readonly engine: Pick<EngineParts, "clock" | "isAtRest">;
  readonly pool: AccountPool;
  /** Has the campaign run. */
  readonly go: () => Promise<void>;
  /** Does something in its turn; what can't be recorded stops the campaign. */
  readonly soon: (action: () => Promise<void>) => void;
}

/** Timers stand still while a machine sleeps, so nobody waits for one longer than this, in ms. */
const LONGEST_LOOK_MS = 60_000;

export class ScheduledStart {
  readonly #parts: ScheduledStartParts;
  #looking = new AbortController();

  constructor(parts: ScheduledStartParts) {
    this.#parts = parts;
  }

  /** Starts without waiting any longer. @param by Whose word it is; as in {@link Schedule} */
  now(by?: string): Promise<Refusal | undefined> {
    return this.#change(startedEarly, { what: "started", by });
  }

  /** Starts at another moment. */
  move(schedule: Schedule): Promise<Refusal | undefined> {
    return this.#change(scheduledFor(schedule), { what: "scheduled", by: schedule.by });
  }

  /** Looks at the clock from now on, if the campaign is scheduled. */
  takeUp(): void {
    this.stop();
    const { status, schedule } = this.#parts.status.campaign;
    if (status !== "scheduled" || !schedule || this.#parts.engine.isAtRest) return;
    this.#looking = new AbortController();
    this.#look(schedule, this.#looking.signal).catch(() => undefined); // stopped
  }

  /** Looks no more. */
  stop(): void {
    this.#looking.abort(new Error("nobody waits for this start any more"));
  }

  async #look(schedule: Schedule, signal: AbortSignal): Promise<void> {
    const { engine, soon } = this.#parts;
    for (;;) {
      const now = engine.clock.now();
      const what = dueStart(schedule, now);
      if (what !== "wait") return soon(() => this.#changeNow(due(schedule, what)).then(() => undefined));
      await engine.clock.sleep(Math.min(schedule.at - now, LONGEST_LOOK_MS), signal);
    }
  }

  #change(to: StatusChange, done: Done): Promise<Refusal | undefined> {
    return this.#parts.status.inTurn(async () => ((await this.#changeNow(to, done)) ? undefined : "notNow"));
  }

  /** Moved, started or cancelled meanwhile, it stays as it is. */
  async #changeNow(to: StatusChange, done?: Done): Promise<boolean> {
    const { status, pool, go } = this.#parts;
    const isChanged = await status.change(to, done);
    this.takeUp();
    if (!isChanged || status.campaign.status !== "running") return isChanged;
    await takeBack(status.campaign, pool, status);
    await go();
    return isChanged;
  }
}
