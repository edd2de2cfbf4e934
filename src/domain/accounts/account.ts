/**
 * The health of a sending account: whether it may be used at all, whatever its limits say. One enters `resting` on a
 * limit of the platform and leaves it when its time is over; one enters `left` when the account is locked or logged
 * out and leaves it only when the operator says it is mended.
 */
import type { Reason } from "../reasons/reason.ts";

export type AccountHealth =
  | { readonly kind: "active" }
  | { readonly kind: "resting"; readonly until: number; readonly why: Reason }
  | { readonly kind: "left"; readonly trouble: "locked" | "loggedOut"; readonly why: Reason };

export const activeAccount: AccountHealth = { kind: "active" };

/** Tells from when on the account may send: `now` at once, infinity when it has left. */
export function accountReadyAt(health: AccountHealth, now: number): number {
  switch (health.kind) {
    case "active":
      return now;
    case "resting":
      return Math.max(now, health.until);
    case "left":
      return Infinity;
  }
}

/** Lets the account rest; the later of two moments counts, and one that has left stays away. */
export function accountRests(health: AccountHealth, until: number, why: Reason): AccountHealth {
  if (health.kind === "left") return health;
  if (health.kind === "resting" && health.until >= until) return health;
  return { kind: "resting", until, why };
}
