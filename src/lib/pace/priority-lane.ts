/**
 * One lane for every call that shares a service's limits, whoever makes it, never faster than the limits over all and in
 * each chat. Owns these promises: an operator's call leaves before every other; what is left is shared between answers and
 * campaigns, who go by turns while both wait, so that neither starves the other; of the answers those to people who leave
 * go first; and nobody leaves while the service has asked for silence, of all or of one chat.
 */
import { setMaxListeners } from "node:events";
import type { Clock } from "../clock.ts";
import type { FloodVerdict } from "./flood-scope.ts";
import { FloodScope } from "./flood-scope.ts";
import type { BucketLimit } from "./refilling-bucket.ts";
import { LaneChats } from "./lane-chats.ts";
import { RefillingBucket } from "./refilling-bucket.ts";
import type { SharedPlace } from "./places-alone.ts";
import type { PlaceSource } from "./shared-places.ts";
import { SharedPlaces } from "./shared-places.ts";
import type { WindowLimit } from "./sliding-window.ts";
import { SlidingWindow } from "./sliding-window.ts";
import { Until } from "./until.ts";

export interface LaneParts {
  readonly clock: Clock;
  readonly overall: WindowLimit;
  /** How evenly everybody but operators goes, so that a place is free soon whenever an operator wants one. */
  readonly others: BucketLimit;
  readonly perChat: BucketLimit;
  /** Who gives out the places, where other processes share the service's limits; absent: nobody does. */
  readonly places?: PlaceSource | undefined;
  /** Called when the service asks for a longer silence than {@link LONGEST_PAUSE_MS}. */
  readonly onAbsurd?: (askedSeconds: number) => void;
}

/** Who calls: an operator waits for the answer, a person has just left or has just written, a campaign goes on. */
export const laneRanks = ["operator", "departure", "answer", "campaign"] as const;
export type LaneRank = (typeof laneRanks)[number];

export interface LanePass {
  readonly rank: LaneRank;
  /** Absent for a call that counts over all only. */
  readonly chat?: string;
  /** True: a call that would wait for a pause to end is turned back and told when; absent: it waits. */
  readonly turnsBack?: boolean;
}

/** The leave to make one call. Either method is called once; until then the call counts as about to leave. */
export interface LanePlace {
  readonly kind: "go";
  /** The call leaves at this moment. */
  left(): void;
  /** There is no call after all. */
  giveBack(): void;
}

/** The call may leave now, or none may before `until` (ms since the epoch): none at all, or none to this chat. */
export type LaneAnswer =
  LanePlace | { readonly kind: "paused"; readonly until: number; readonly scope: "all" | "chat" };

/** What was understood of "too many requests". */
export type FloodTold = FloodVerdict & { readonly isAbsurd: boolean };

/** A longer silence than this (a day) is not believed: nothing that was found in the field comes near it. */
export const LONGEST_PAUSE_MS = 24 * 3_600_000;

interface Waiting {
  readonly pass: LanePass;
  resolve(answer: LaneAnswer): void;
}

/** The lane of one bot token. */
export class PriorityLane {
  readonly #parts: LaneParts;
  readonly #overall: SlidingWindow;
  readonly #others: RefillingBucket;
  readonly #chats: LaneChats;
  readonly #waiting: Readonly<Record<LaneRank, Waiting[]>> = {
    operator: [],
    departure: [],
    answer: [],
    campaign: [],
  };
  /** An answer was the last to leave: while both wait, a campaign is next. */
  #isCampaignsTurn = false;
  readonly #floods = new FloodScope();
  readonly #pausedUntil = new Until();
  #alarm: AbortController | undefined;
  readonly #shared: SharedPlaces | undefined;
  /** Somebody could go, and all processes together may not before that moment, as far as is known; ms since the epoch. */
  #placeAt: number | undefined;

  constructor(parts: LaneParts) {
    this.#parts = parts;
    const { places: source, clock, overall: limit } = parts;
    const [changed, paused] = [() => this.#serve(), (until: number) => this.pause(until)];
    this.#shared = source && new SharedPlaces({ source, clock, limit, changed, paused });
    this.#overall = new SlidingWindow(parts.overall);
    this.#others = new RefillingBucket(parts.others, parts.clock.now());
    this.#chats = new LaneChats(parts.perChat);
  }

  /**
   * Resolves when the call may leave; in one rank and chat that is in the order of the calls.
   * @throws the signal's reason when it fires first; the call's place is then free
   */
  enter(pass: LanePass, signal?: AbortSignal): Promise<LaneAnswer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const pause = this.#turnedBack(pass, this.#parts.clock.now());
      if (pause) return resolve(pause);
      const queue = this.#waiting[pass.rank];
      const leave = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal?.reason);
        this.#serve();
      };
      const waiting: Waiting = {
        pass,
        resolve(answer) {
          signal?.removeEventListener("abort", leave);
          resolve(answer);
        },
      };
      // Calls that begin together may share a signal, and nobody knows how many they are.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener("abort", leave, { once: true });
      queue.push(waiting);
      this.#serve();
    });
  }

  /** Nobody leaves before `until` (ms since the epoch); the later of two moments counts. */
  pause(until: number): void {
    this.#pausedUntil.setLater(until, this.#parts.clock.now());
    this.#turnBack();
    this.#serve();
  }

  /** A call was answered "too many requests": pauses its chat, or everybody where it can only be about all. */
  told({ rank, chat }: LanePass, retryAfterS: number): FloodTold {
    const { clock, onAbsurd } = this.#parts;
    const now = clock.now();
    // One second more: the figure is cut down to whole seconds.
    const askedMs = (Math.max(0, retryAfterS) + 1) * 1000;
    const isAbsurd = !(askedMs <= LONGEST_PAUSE_MS);
    if (isAbsurd) onAbsurd?.(retryAfterS);
    const until = now + (isAbsurd ? LONGEST_PAUSE_MS : askedMs);
    const missing = chat === undefined ? Infinity : this.#chats.bucket(chat, now).missing(now);
    const isFresh = rank === "campaign" && missing <= 1;
    const verdict = this.#floods.judge({ chat, isFresh, at: now, until });
    this.#chats.pause(chat, until, now);
    if (verdict.scope === "all") {
      this.#pausedUntil.setLater(verdict.until, now);
      this.#shared?.pause(verdict.until - now);
    }
    this.#turnBack();
    this.#serve();
    return { ...verdict, isAbsurd };
  }

  /** The moment before which nobody leaves, ms since the epoch; it may be past. */
  get pausedUntil(): number {
    return this.#pausedUntil.at(this.#parts.clock.now());
  }

  /** Lets everybody go whose turn it is, then sleeps until somebody's turn comes. */
  #serve(): void {
    this.#alarm?.abort();
    const now = this.#parts.clock.now();
    this.#placeAt = undefined;
    if (now >= this.#pausedUntil.at(now)) while (this.#letOneGo(now));
    const wakeAt = this.#nextTurnAt(now);
    if (wakeAt === Infinity) return;
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.#parts.clock.sleep(Math.max(1, wakeAt - now), alarm.signal).then(
      () => this.#serve(),
      () => undefined,
    );
  }

  /** A pause has begun: those who don't wait for its end are told. */
  #turnBack(): void {
    const now = this.#parts.clock.now();
    for (const rank of laneRanks)
      for (const one of this.#waiting[rank].filter(({ pass }) => pass.turnsBack)) {
        const answer = this.#turnedBack(one.pass, now);
        if (!answer) continue;
        this.#waiting[rank].splice(this.#waiting[rank].indexOf(one), 1);
        one.resolve(answer);
      }
  }

  #turnedBack({ chat, turnsBack }: LanePass, now: number): LaneAnswer | undefined {
    if (!turnsBack) return undefined;
    const forAll = this.#pausedUntil.at(now);
    if (forAll > now) return { kind: "paused", until: forAll, scope: "all" };
    const until = this.#chats.pausedUntil(chat, now);
    return until > now ? { kind: "paused", until, scope: "chat" } : undefined;
  }

  #letOneGo(now: number): boolean {
    if (this.#overall.readyAt(now) > now) return false;
    const next = this.#next(now);
    if (!next) return false;
    const { rank } = next.pass;
    const isUrgent = rank === "operator";
    const shared = this.#shared?.take(this.#waitingInAll, isUrgent);
    if (this.#shared && !shared) {
      this.#placeAt = this.#shared.againAt(isUrgent);
      return false;
    }
    const queue = this.#waiting[rank];
    queue.splice(queue.indexOf(next), 1);
    next.resolve(this.#place(next.pass, now, shared));
    return true;
  }

  get #waitingInAll(): number {
    return laneRanks.reduce((sum, rank) => sum + this.#waiting[rank].length, 0);
  }

  #next(now: number): Waiting | undefined {
    const first = (rank: LaneRank): Waiting | undefined =>
      this.#waiting[rank].find(({ pass }) => this.#chats.readyAt(pass.chat, now) <= now);
    const operator = first("operator");
    if (operator || this.#others.readyAt(now) > now) return operator;
    const campaign = this.#isOn("campaign") ? first("campaign") : undefined;
    if (campaign && this.#isCampaignsTurn) return campaign;
    return first("departure") ?? first("answer") ?? campaign;
  }

  /** Campaigns wait while nobody gives out places. */
  #isOn(rank: LaneRank): boolean {
    return rank !== "campaign" || this.#shared?.isAlone !== true;
  }

  #place({ rank, chat }: LanePass, now: number, shared: SharedPlace | undefined): LanePlace {
    const { clock } = this.#parts;
    const buckets = [
      ...(rank === "operator" ? [] : [this.#others]),
      ...(chat === undefined ? [] : [this.#chats.bucket(chat, now)]),
    ];
    if (rank !== "operator") this.#isCampaignsTurn = rank !== "campaign";
    for (const bucket of buckets) bucket.take(now);
    this.#overall.hold();
    let isUsed = false;
    const use = (how: () => void): void => {
      if (isUsed) return;
      isUsed = true;
      how();
      this.#serve();
    };
    return {
      kind: "go",
      left: () =>
        use(() => {
          this.#overall.leave(clock.now());
          shared?.left();
        }),
      giveBack: () =>
        use(() => {
          shared?.giveBack();
          this.#overall.giveBack();
          // Whoever has had no call keeps the turn.
          if (rank !== "operator") this.#isCampaignsTurn = rank === "campaign";
          for (const bucket of buckets) bucket.giveBack();
        }),
    };
  }

  /** Infinity while nobody waits, or all wait for those who are about to leave, or for a place over all processes. */
  #nextTurnAt(now: number): number {
    if (this.#waitingInAll === 0) return Infinity;
    if (this.#placeAt !== undefined) return this.#placeAt;
    const from = Math.max(this.#pausedUntil.at(now), this.#overall.readyAt(now));
    if (from > now) return from;
    const pacedAt = this.#others.readyAt(now);
    const onAt = (rank: LaneRank): number => (this.#isOn(rank) ? now : (this.#shared?.aloneUntil ?? now));
    return Math.min(
      ...laneRanks.map((rank) =>
        this.#earliest(rank, now, rank === "operator" ? now : Math.max(pacedAt, onAt(rank))),
      ),
    );
  }

  /** When somebody of a rank may leave, no sooner than `from`. */
  #earliest(rank: LaneRank, now: number, from: number): number {
    let earliest = Infinity;
    for (const { pass } of this.#waiting[rank]) {
      earliest = Math.min(earliest, Math.max(from, this.#chats.readyAt(pass.chat, now)));
      // Nobody can be sooner, and twenty thousand may wait.
      if (earliest === from) break;
    }
    return earliest;
  }
}
