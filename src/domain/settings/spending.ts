/**
 * What a campaign has cost so far on a platform that charges, and the cap on it. Pure; the claim asks it.
 *
 * Amounts are upper bounds: a call counts from the moment it may be made, unless it is known that none was, and so does the
 * look-up of a name that is tried for the first time, though whoever is known already costs none. What is not the
 * campaign's own is not in it: test sends, and what people write back.
 */

/** What is charged for, as the claims of a campaign tell. */
export interface Charged {
  /** Calls that send: all that may have been made. */
  readonly messages: number;
  /** Names looked up: all that were tried. */
  readonly lookUps: number;
}

/** US dollars. */
export interface SendPrices {
  readonly perMessage: number;
  readonly perLookUp: number;
}

/** A hundred-thousandth of a dollar: all published prices are whole numbers of it, so sums are exact. */
const UNIT = 100_000;

function units(dollars: number): number {
  return Math.round(dollars * UNIT);
}

/** What so much costs at most, in US dollars. */
export function costOf({ messages, lookUps }: Charged, { perMessage, perLookUp }: SendPrices): number {
  return (messages * units(perMessage) + lookUps * units(perLookUp)) / UNIT;
}

/** The cap that is offered when this one is reached: as much again. US dollars. */
export function raisedCap(cap: number): number {
  return cap * 2;
}

/** Tells whether one more claim would cost more than the cap, in US dollars. */
export function isSpent(cap: number, charged: Charged, prices: SendPrices): boolean {
  const next = { messages: charged.messages + 1, lookUps: charged.lookUps + 1 };
  return units(costOf(next, prices)) > units(cap);
}
