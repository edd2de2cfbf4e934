import type { WhenParts } from "../app/when/when-reading.ts";
import type { SendWindow } from "../domain/when/send-window.ts";
import { createWindows } from "../domain/when/windows.ts";
import { createWallClock } from "../lib/time/wall-clock.ts";

/** Where and when operators are, as the use cases need it. */
export function openWhen(settings: {
  readonly timeZone: string;
  readonly sendWindow?: SendWindow;
}): Omit<WhenParts, "clock"> {
  const { timeZone, sendWindow } = settings;
  return {
    timeZone,
    windows: createWindows(createWallClock),
    ...(sendWindow ? { usualWindow: sendWindow } : {}),
  };
}
