import { expect, test } from "vitest";
import { exhaustedUntil, limitsIn } from "./rate-limits.ts";

const now = Date.UTC(2026, 0, 1, 12);
const reset = now / 1000 + 600;

test("reads the window of the endpoint and those of a day", () => {
  const headers = new Headers({
    "x-rate-limit-limit": "15",
    "x-rate-limit-remaining": "3",
    "x-rate-limit-reset": String(reset),
    "x-user-limit-24hour-limit": "1440",
    "x-user-limit-24hour-remaining": "0",
    "x-user-limit-24hour-reset": String(reset + 60),
    "x-app-limit-24hour-limit": "2000",
    "x-app-limit-24hour-remaining": "12",
    "x-app-limit-24hour-reset": String(reset + 90),
  });
  const limits = limitsIn(headers, now);
  expect(limits).toEqual({
    window: { limit: 15, remaining: 3, resetsAt: now + 600_000 },
    accountDay: { limit: 1440, remaining: 0, resetsAt: now + 660_000 },
    appDay: { limit: 2000, remaining: 12, resetsAt: now + 690_000 },
  });
  expect(exhaustedUntil(limits)).toBe(now + 660_000);
});

test("makes nothing up where a header is missing or no number", () => {
  const headers = new Headers({ "x-rate-limit-limit": "15", "x-rate-limit-reset": "soon" });
  expect(limitsIn(headers, now)).toEqual({});
  expect(exhaustedUntil({})).toBeUndefined();
});

test("reads retry-after as a moment", () => {
  expect(limitsIn(new Headers({ "retry-after": "90" }), now)).toEqual({ retryAt: now + 90_000 });
  expect(limitsIn(new Headers({ "retry-after": "Fri, 01 Jan 2027 00:00:00 GMT" }), now)).toEqual({});
});

test("moves the service's moments to our clock when the two differ, and no further", () => {
  const read = (serverAhead: number): number | undefined =>
    limitsIn(
      new Headers({
        date: new Date(now + serverAhead).toUTCString(),
        "x-rate-limit-limit": "15",
        "x-rate-limit-remaining": "0",
        "x-rate-limit-reset": String(reset),
      }),
      now,
    ).window?.resetsAt;
  expect(read(-60_000)).toBe(now + 660_000);
  expect(read(60_000)).toBe(now + 540_000);
  expect(read(1000)).toBe(now + 600_000);
  expect(read(24 * 3_600_000)).toBe(now + 600_000);
});
