/** Whom a fleet writes to: four fifths over X, a fifth over the bot; not everybody can be reached. */

export type ChannelName = "x" | "telegram";

/** Who a name is to its channel. On Telegram one who is missing never started the bot, and one without DMs blocked it. */
export type PersonKind = "reachable" | "missing" | "suspended" | "noDms";

export interface FleetPerson {
  readonly name: string;
  readonly kind: PersonKind;
  readonly channel: ChannelName;
}

/** One in so many is written to by the bot. */
const BOT_SHARE = 5;

/** @param names How many, over both channels */
export function peopleOf(names: number): readonly FleetPerson[] {
  const onTelegram = Math.floor(names / BOT_SHARE);
  return [...crowd("x", "person", names - onTelegram), ...crowd("telegram", "reader", onTelegram)];
}

function crowd(channel: ChannelName, called: string, count: number): readonly FleetPerson[] {
  return Array.from({ length: count }, (_, index) => {
    return { name: `${called}_${index}`, kind: kindOf(index), channel };
  });
}

function kindOf(index: number): PersonKind {
  if (index % 5 === 4) return "missing";
  if (index % 30 === 8) return "suspended";
  return index % 30 === 13 ? "noDms" : "reachable";
}

/** Those of them whom a channel can reach. */
export function reachableBy(channel: ChannelName, people: readonly FleetPerson[]): readonly FleetPerson[] {
  return people.filter((one) => one.channel === channel && one.kind === "reachable");
}
