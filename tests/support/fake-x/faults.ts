/** What goes wrong on the way, call by call: by a script, or drawn from a seed. */
import { seededRandom } from "../loopback-server.ts";
import type { RefusalName } from "./refusals.ts";

export type RouteName =
  | "me"
  | "usersBy"
  | "userByName"
  | "sendMessage"
  | "conversationEvents"
  | "events"
  | "followers"
  | "search"
  | "post";

/** One call as it comes in. */
export interface Call {
  readonly route: RouteName;
  /** Host and port that the caller asked. */
  readonly host: string;
  /** 1 for the first call of all. */
  readonly number: number;
  /** 1 for the first call of this route. */
  readonly ofRoute: number;
  /** By its token, whether or not the signature holds. */
  readonly account: string | undefined;
  /** Whom a message or a conversation is with, under the name of now. */
  readonly person: string | undefined;
}

/** `written`: the call has its effect all the same, e.g. the message arrives. */
export type Fault =
  /** The connection is cut without an answer. */
  | { readonly kind: "cut"; readonly written: boolean }
  /** No answer ever comes. */
  | { readonly kind: "silent"; readonly written: boolean }
  /** Another answer than the right one. */
  | { readonly kind: "answer"; readonly refusal: RefusalName; readonly written?: boolean };

export type FaultOf = (call: Call) => Fault | undefined;

/** Shares of calls, each from 0 to 1, that go wrong in a way; the rest go right. */
export interface FaultShares {
  readonly cutBefore?: number;
  readonly cutAfter?: number;
  readonly unavailable?: number;
  /** HTML with status 502, nothing written. */
  readonly edge?: number;
  /** Status 500 although it was written. */
  readonly brokenAfter?: number;
}

/**
 * Draws what goes wrong from a seed: the same calls in the same order go wrong in the same way.
 * @param routes Calls of other routes go right
 */
export function seededFaults(seed: number, shares: FaultShares, routes?: readonly RouteName[]): FaultOf {
  const random = seededRandom(seed);
  const ways: readonly (readonly [number | undefined, Fault])[] = [
    [shares.cutBefore, { kind: "cut", written: false }],
    [shares.cutAfter, { kind: "cut", written: true }],
    [shares.unavailable, { kind: "answer", refusal: "unavailable" }],
    [shares.edge, { kind: "answer", refusal: "edge" }],
    [shares.brokenAfter, { kind: "answer", refusal: "internal", written: true }],
  ];
  return ({ route }) => {
    if (routes && !routes.includes(route)) return undefined;
    let left = random();
    for (const [share = 0, fault] of ways) {
      if (left < share) return fault;
      left -= share;
    }
    return undefined;
  };
}
