/** Campaigns that stand: nobody is on their list at first, whoever it is for joins when they come, and they end by a person's word alone. */

export interface Standing {
  /** Writes once to each new subscriber. */
  readonly kind: "welcome";
  /** Whoever subscribed at this moment or later joins, ms since the epoch. */
  readonly since: number;
  /** Nobody joins; who joined before is still written to. */
  readonly isOff?: true;
  /** When it was turned on or off last, ms since the epoch. */
  readonly turnedAt: number;
}

/** Turned on anew it is for those who come from then on: nobody is welcomed weeks late. Undefined: it stands so already. */
export function turned(standing: Standing, isOn: boolean, at: number): Standing | undefined {
  const { isOff, ...rest } = standing;
  if ((isOff !== true) === isOn) return undefined;
  return isOn ? { ...rest, since: at, turnedAt: at } : { ...rest, isOff: true, turnedAt: at };
}
