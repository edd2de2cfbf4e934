/** Waits until campaigns have come through, and decides on whom only an operator can, by what the channel's record says. */
import { setTimeout as wait } from "node:timers/promises";
import type { FakeX } from "../support/fake-x/fake-x.ts";
import type { FleetCampaigns } from "./campaigns.ts";
import type { FleetBot } from "./fleet-bot.ts";
import { sendsAsked } from "./fleet-x.ts";
import type { Fleet } from "./fleet.ts";

export interface Through {
  readonly fleet: Fleet;
  readonly campaigns: FleetCampaigns;
  readonly x: FakeX;
  readonly bot: FleetBot;
  readonly tell: (line: string) => void;
}

/** How it ended. */
export interface CameThrough {
  /** `finished`, or where it is stuck. */
  readonly status: string;
  /** Everybody on whom the operator had to decide. */
  readonly undecided: readonly string[];
}

/** How often it is told how the campaigns stand. */
const TELL_MS = 10_000;
/** Campaigns in which nothing moves for so long get no further. */
const STUCK_MS = 5 * 60_000;
/** Whoever is written to again may be uncertain again: some answers are lost. */
const MOST_ROUNDS = 12;

export async function throughAll(parts: Through): Promise<CameThrough> {
  const undecided = new Set<string>();
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const status = await untilOnlyUncertain(parts);
    if (status !== "finished") return { status, undecided: [...undecided] };
    const decided = await decide(parts);
    if (decided.length === 0) return { status, undecided: [...undecided] };
    for (const name of decided) undecided.add(name);
    parts.tell(`the operator decided on ${decided.length}`);
  }
  return { status: "undecided", undecided: [...undecided] };
}

/** Until every campaign has ended, and whoever is still uncertain is so because Telegram can't be asked. */
async function untilOnlyUncertain({ fleet, campaigns, x, bot, tell }: Through): Promise<string> {
  let [seen, since] = ["", Date.now()];
  let toldAt = 0;
  for (;;) {
    const standings = await standingsOf(fleet, campaigns);
    const open = standings.filter(({ id, status, counts }) => {
      const { planned = 0, claimed = 0, uncertain = 0 } = counts;
      const isOpen = status !== "finished" || planned + claimed > 0;
      return isOpen || (!id.startsWith("bot-") && uncertain > 0);
    });
    if (open.length === 0) return "finished";
    const told = open.map(({ id, status, counts }) => `${id} ${status} ${JSON.stringify(counts)}`).join(", ");
    if (Date.now() - toldAt > TELL_MS) {
      toldAt = Date.now();
      tell(told);
    }
    // Questions and answers that the bot gives anybody bring no campaign further.
    const now = `${told} ${sendsAsked(x)} ${bot.arrivals.length}`;
    if (now !== seen) [seen, since] = [now, Date.now()];
    if (Date.now() - since > STUCK_MS) return `stuck: ${seen}`;
    await wait(500);
  }
}

async function standingsOf({ api }: Fleet, campaigns: FleetCampaigns) {
  const standings = [];
  for (const id of campaigns.all) standings.push({ id, ...(await api.standing(id)) });
  return standings;
}

/**
 * Has whoever got the message counted as sent, and the others written to again; answers who they were. Each word of an operator
 * takes seconds, so those who got it are decided on all at once, when none of the others is left.
 */
async function decide({ fleet, campaigns, bot }: Through): Promise<readonly string[]> {
  const decided: string[] = [];
  const got = new Set(bot.arrivals.map(({ name }) => name));
  for (const { id, counts } of await standingsOf(fleet, campaigns)) {
    if ((counts["uncertain"] ?? 0) === 0) continue;
    const uncertain = (await fleet.api.results(id)).filter(({ state }) => state === "uncertain");
    const gotNone = uncertain.filter(({ username }) => !got.has(username));
    if (gotNone.length === 0) await fleet.resolve(id, "--all", "sent");
    for (const { username } of gotNone) await fleet.resolve(id, username, "again");
    decided.push(...uncertain.map(({ username }) => username));
  }
  return decided;
}
