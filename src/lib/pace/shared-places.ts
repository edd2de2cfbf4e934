/**
 * Places in a lane that several processes share: one source gives them out, by its own clock, so that all together stay
 * within the limit. They are asked for a few at a time and only while somebody waits; whoever goes says when, so that a place
 * is free again as soon as the limit lets it be.
 */
import type { Clock } from "../clock.ts";
import type { SharedPlace } from "./places-alone.ts";
import { PlacesAlone } from "./places-alone.ts";
import type { WindowLimit } from "./sliding-window.ts";
import { Until } from "./until.ts";

/** Who gives out the places of one lane. */
export interface PlaceSource {
  /** Some of those that are wanted; without any `inMs`, when it is worth asking again. @param isUrgent Also those kept for whoever goes first */
  take(wanted: number, isUrgent: boolean): Promise<PlacesTaken>;
  /** They left, each so long ago in ms; or there was no call after all. */
  report(places: readonly ReportedPlace[]): Promise<void>;
  /** Nobody goes for so long, in ms. */
  pause(ms: number): Promise<void>;
}

export interface PlacesTaken {
  readonly ids: readonly number[];
  readonly inMs?: number;
  /** The service wants silence for so long, whichever process it told. */
  readonly pausedMs?: number;
}

export interface ReportedPlace {
  readonly id: number;
  /** Absent: nobody went. */
  readonly leftMsAgo?: number;
}

/** A place that may be used until then by the one who asked for it, in ms: the source counts on it for longer. */
export const USABLE_MS = 4000;

/** Places asked for at once at most. */
const MOST_AT_ONCE = 8;

/** Reports are gathered for so long, in ms. */
const GATHER_MS = 20;

export interface SharedPlacesParts {
  readonly source: PlaceSource;
  readonly clock: Clock;
  /** Of all processes together. */
  readonly limit: WindowLimit;
  /** Somebody may go now, or is to be asked about again. */
  readonly changed: () => void;
  readonly paused: (until: number) => void;
}

/** Whether also those places are asked for that are kept for whoever goes first. */
type Rank = "urgent" | "others";

interface Asked {
  readonly rank: Rank;
  readonly askedAt: number;
}

export class SharedPlaces {
  readonly #parts: SharedPlacesParts;
  readonly #alone: PlacesAlone;
  #granted: { readonly id: number; readonly until: number }[] = [];
  #isAsking = false;
  /** Asking is in vain before: for whoever goes first, and for the others. */
  readonly #notBefore: Readonly<Record<Rank, Until>> = { urgent: new Until(), others: new Until() };
  #used: { readonly id: number; readonly leftAt?: number }[] = [];
  #isReporting = false;

  constructor(parts: SharedPlacesParts) {
    this.#parts = parts;
    this.#alone = new PlacesAlone(parts);
  }

  /** The source does not answer at the moment: who can wait should. */
  get isAlone(): boolean {
    return this.#alone.isAlone;
  }

  /** Until when that is taken to be so, ms since the epoch; it may be past. */
  get aloneUntil(): number {
    return this.#alone.until;
  }

  /** When to ask for a place again that was not to be had, ms since the epoch; infinity: {@link SharedPlacesParts.changed} tells. */
  againAt(isUrgent: boolean): number {
    if (this.isAlone) return Math.min(this.#alone.readyAt, this.#alone.until);
    return this.#isAsking ? Infinity : this.#notBefore[this.#rankOf(isUrgent)].at(this.#parts.clock.now());
  }

  /** A place to go now; undefined while there is none: then it is asked for. */
  take(wanted: number, isUrgent: boolean): SharedPlace | undefined {
    if (this.isAlone) return this.#alone.take();
    const now = this.#parts.clock.now();
    this.#dropOld(now);
    const granted = this.#granted.shift();
    if (!granted) {
      this.#ask(wanted, this.#rankOf(isUrgent), now);
      return undefined;
    }
    const { id } = granted;
    return this.#alone.counted((leftAt) => this.#report({ id, ...(leftAt === undefined ? {} : { leftAt }) }));
  }

  /** Told of by the service: nobody goes before then, in any process. */
  pause(ms: number): void {
    this.#parts.source.pause(Math.ceil(ms)).catch(() => undefined); // each of the others is told by the service itself
  }

  #dropOld(now: number): void {
    // None that is usable was given out later than now: the clock was set back since, and how long ago it was nobody knows.
    const isGood = (until: number): boolean => until > now && until <= now + USABLE_MS;
    const old = this.#granted.filter(({ until }) => !isGood(until));
    this.#granted = this.#granted.filter(({ until }) => isGood(until));
    for (const { id } of old) this.#report({ id });
  }

  #rankOf(isUrgent: boolean): Rank {
    return isUrgent && !this.#alone.isUnknown ? "urgent" : "others";
  }

  #ask(wanted: number, rank: Rank, now: number): void {
    if (this.#isAsking || now < this.#notBefore[rank].at(now)) return;
    this.#isAsking = true;
    void this.#parts.source
      .take(Math.min(wanted, MOST_AT_ONCE), rank === "urgent")
      .then(
        (taken) => this.#takes(taken, { rank, askedAt: now }),
        () => this.#alone.begin(),
      )
      .finally(() => {
        this.#isAsking = false;
        this.#parts.changed();
      });
  }

  #takes({ ids, inMs = 0, pausedMs = 0 }: PlacesTaken, { rank, askedAt }: Asked): void {
    const now = this.#parts.clock.now();
    this.#granted.push(...ids.map((id) => ({ id, until: askedAt + USABLE_MS })));
    if (pausedMs > 0) this.#parts.paused(now + pausedMs);
    if (ids.length > 0) return;
    const until = now + Math.max(1, inMs);
    this.#notBefore.others.set(until, now);
    if (rank === "urgent") this.#notBefore.urgent.set(until, now);
  }

  #report(used: { readonly id: number; readonly leftAt?: number }): void {
    this.#used.push(used);
    if (this.#isReporting) return;
    this.#isReporting = true;
    void this.#reportAll();
  }

  /** What can't be reported is taken for used a little longer. */
  async #reportAll(): Promise<void> {
    const { clock, source } = this.#parts;
    await clock.sleep(GATHER_MS);
    this.#isReporting = false;
    const now = clock.now();
    const places = this.#used.splice(0).map(({ id, leftAt }): ReportedPlace => {
      return leftAt === undefined ? { id } : { id, leftMsAgo: Math.max(0, now - leftAt) };
    });
    await source.report(places).catch(() => undefined);
  }
}
