import type { SendWindow, WindowAt, WindowState } from "./send-window.ts";
import { createWindowAt } from "./send-window.ts";
import type { WallClock } from "./wall-clock.ts";

/** How any window stands at a moment; asking of the same one again costs next to nothing. */
export type Windows = (window: SendWindow, at: number) => WindowState;

/** Makes the question of all windows. @param wallOf Makes the clocks of a time zone */
export function createWindows(wallOf: (timeZone: string) => WallClock): Windows {
  const known = new WeakMap<SendWindow, WindowAt>();
  const walls = new Map<string, WallClock>();
  return (window, at) => {
    const { timeZone } = window;
    const wall = walls.get(timeZone) ?? wallOf(timeZone);
    walls.set(timeZone, wall);
    const windowAt = known.get(window) ?? createWindowAt(window, wall);
    known.set(window, windowAt);
    return windowAt(at);
  };
}
