/** What operators type about time, read where and when they are: by the house's time zone and its clock. */
import { typedMoment } from "../../domain/when/moment/typed-moment.ts";
import type { PastMoment } from "../../domain/when/moment/past-moment.ts";
import { pastMoment } from "../../domain/when/moment/past-moment.ts";
import type { TypedMoment } from "../../domain/when/moment/meaning.ts";
import type { SendWindow } from "../../domain/when/send-window.ts";
import { typedWindow } from "../../domain/when/window-text.ts";
import type { TypedWindow } from "../../domain/when/window-text.ts";
import type { Weekday } from "../../domain/when/wall-clock.ts";
import type { Windows } from "../../domain/when/windows.ts";
import type { Clock } from "../../lib/clock.ts";
import { gregorianOf } from "../../lib/time/solar-hijri.ts";
import { createWallClock } from "../../lib/time/wall-clock.ts";

/** A window with its time zone, that there is to be none, or what was wrong. */
export type ReadWindow =
  | {
      readonly kind: "window";
      readonly window: SendWindow;
      /** What the text's working days, or weekends, were taken to be by. */
      readonly workingDays?: readonly Weekday[];
    }
  | Extract<TypedWindow, { kind: "always" | "problem" }>;

export interface WhenReading {
  /** IANA name: where a text is meant that names no other. */
  readonly timeZone: string;
  /** The send window of a campaign that is given none; absent: such a campaign sends at any time. */
  readonly usualWindow?: SendWindow;
  readMoment(text: string): TypedMoment;
  /** Reads a day or moment that is over. */
  readPast(text: string): PastMoment;
  readWindow(text: string): ReadWindow;
  /** How a window stands at a moment. */
  readonly windows: Windows;
}

export interface WhenParts extends Pick<WhenReading, "timeZone" | "usualWindow" | "windows"> {
  readonly clock: Clock;
}

export function createWhenReading({ clock, timeZone, usualWindow, windows }: WhenParts): WhenReading {
  const typing = () => ({ now: clock.now(), timeZone, wallOf: createWallClock, gregorianOf });
  return {
    timeZone,
    readPast: (text) => pastMoment(text, typing()),
    ...(usualWindow ? { usualWindow } : {}),
    windows,
    readMoment: (text) => typedMoment(text, typing()),
    readWindow: (text) => withZone(typedWindow(text, timeZone), timeZone),
  };
}

/** A window that names no time zone is meant in this one. */
export function withZone(typed: TypedWindow, timeZone: string): ReadWindow {
  if (typed.kind !== "window") return typed;
  const { hours, workingDays } = typed;
  const window = { timeZone: typed.timeZone ?? timeZone, hours };
  return { kind: "window", window, ...(workingDays ? { workingDays } : {}) };
}
