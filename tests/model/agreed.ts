/**
 * What an operator agrees beside text and list, changed at any moment of the model, and what must hold of every message that
 * arrived since: a start to come, a send window, the first few, a speed of its own, a spend cap, another text.
 */
import fc from "fast-check";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { CampaignChange } from "../../src/domain/campaign-change.ts";
import type { Counts } from "../../src/domain/recipient.ts";
import { firstFew } from "../../src/domain/settings/try-first.ts";
import { awaitsStart } from "../../src/domain/when/schedule.ts";
import { createWindows } from "../../src/domain/when/windows.ts";
import { weekdays } from "../../src/domain/when/wall-clock.ts";
import { createWallClock } from "../../src/lib/time/wall-clock.ts";

const MINUTE_MS = 60_000;
/** From the claim to the arrival, with what waits for its turn. */
const UNDER_WAY_MS = 1000;

export const prices = { perMessage: 0.015, perLookUp: 0.01, perReply: 0, asOf: "2026-01-01" };
const A_MESSAGE = prices.perMessage + prices.perLookUp;

export type Agreement =
  | { readonly what: "window" | "anyTime" | "free" }
  | { readonly what: "text" | "first" | "pace" | "cap"; readonly count: number };

export const agreements: fc.Arbitrary<Agreement> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom("window", "anyTime", "free") }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom("text", "first", "pace", "cap"),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

/** Half the day, by the clocks of a zone that is half an hour off. */
const sendWindow = { timeZone: "Asia/Tehran", hours: [{ days: weekdays, from: 6 * 60, to: 18 * 60 }] };

function mayHave({ sent, uncertain, claimed }: Counts): number {
  return sent + uncertain + claimed;
}

/** What the agreement changes of a campaign that stands so. @param arrived Messages so far */
export function changeFor(agreement: Agreement, counts: Counts, arrived: number): CampaignChange {
  switch (agreement.what) {
    case "window":
      return { settings: { sendWindow } };
    case "anyTime":
      return { settings: { sendWindow: null } };
    case "free":
      return { settings: { sendWindow: null, tryFirst: null, pace: null, spendCap: null } };
    case "text":
      return { message: { text: `text ${agreement.count}` } };
    case "first":
      return {
        settings: { tryFirst: { ...firstFew(agreement.count), upTo: mayHave(counts) + agreement.count } },
      };
    case "pace":
      return { settings: { pace: { perMinute: agreement.count } } };
    case "cap":
      return { settings: { spendCap: Math.round((arrived + agreement.count) * A_MESSAGE * 1000) / 1000 } };
  }
}

/** How the campaign stands, with all messages that arrived. */
export interface Standing {
  readonly campaign: Campaign;
  readonly counts: Counts;
  readonly arrived: readonly { readonly at: number }[];
  /** How many people have one. */
  readonly people: number;
  readonly now: number;
}

export class Agreed {
  readonly #windows = createWindows(createWallClock);
  /** When each setting was first seen as it is now, and what there was by then. */
  readonly #seen = new Map<string, { readonly value: string; readonly at: number; readonly had: number }>();
  /** Somebody gave the word to start before the moment. */
  isStarted = false;

  /** What does not hold, in words. */
  broken(standing: Standing): string[] {
    const { campaign, arrived, people } = standing;
    const { tryFirst, pace, spendCap, schedule, sendWindow: window } = campaign;
    const first = this.#since("tryFirst", tryFirst, standing, mayHave(standing.counts));
    const speed = this.#since("pace", pace, standing, 0);
    const cap = this.#since("spendCap", spendCap, standing, arrived.length);
    const hours = this.#since("sendWindow", window, standing, 0);
    const early = this.isStarted ? [] : arrived.filter(({ at }) => at < (schedule?.at ?? 0));
    const isOpen = (at: number): boolean => !window || this.#windows(window, at).isOpen;
    const shut = arrived.filter(
      ({ at }) => at > hours.at + UNDER_WAY_MS && !isOpen(at) && !isOpen(at - UNDER_WAY_MS),
    );
    const perMinute = pace?.perMinute ?? Infinity;
    const since = arrived.filter(({ at }) => at > speed.at + UNDER_WAY_MS);
    const fast = since.filter(
      ({ at }) =>
        since.filter((one) => one.at <= at && one.at > at - MINUTE_MS + UNDER_WAY_MS).length > perMinute,
    );
    const spent = arrived.length * A_MESSAGE;
    return [
      ...(awaitsStart(campaign) && arrived.length > 0 ? ["it sent although its start is to come"] : []),
      ...(early.length > 0 ? ["it sent before its time"] : []),
      ...(shut.length > 0 ? ["it sent outside its window"] : []),
      ...(people > Math.max(tryFirst?.upTo ?? Infinity, first.had) ? ["it went on without the word"] : []),
      ...(fast.length > 0 ? ["it was faster than its speed"] : []),
      ...(spent > Math.max(spendCap ?? Infinity, cap.had * A_MESSAGE) + 1e-6 ? ["it cost too much"] : []),
    ];
  }

  #since(name: string, value: unknown, { now }: Standing, had: number) {
    const text = JSON.stringify(value ?? null);
    const seen = this.#seen.get(name);
    const since = seen?.value === text ? seen : { value: text, at: now, had };
    this.#seen.set(name, since);
    return since;
  }
}
