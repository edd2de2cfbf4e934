/**
 * How many of those whom a campaign wrote to have opted out since somebody looked: looked at now and then while it claims,
 * because every claim that asked would cost the more the more there are.
 */
import type { Campaign } from "../../../domain/campaign.ts";
import { FEWEST, MOST_NEWEST } from "../../../domain/settings/guard-rails.ts";
import type { Queryable } from "../database.ts";

/** Somebody who wants no more messages, since then (ms since the epoch). */
export interface OptedOut {
  readonly username: string;
  readonly at: number;
}

/** Everybody who opted out of a channel after a moment. */
export type OptedOutSince = (channel: string, since: number) => AsyncIterable<OptedOut>;

/** A count of this age is still good. */
const GOOD_FOR_MS = 10_000;

/** $1 campaign, $2 names */
const WRITTEN = `
select username from peyk.recipients where campaign_id = $1 and username = any($2) and reached <> 'no'`;

export class OptOuts {
  readonly #optedOut: OptedOutSince | undefined;
  #lookedAt = -Infinity;
  #since = NaN;
  #found: readonly OptedOut[] = [];

  constructor(optedOut: OptedOutSince | undefined) {
    this.#optedOut = optedOut;
  }

  get count(): number {
    return this.#found.length;
  }

  /** The newest of them, oldest first. */
  get newest(): readonly string[] {
    const byMoment = this.#found.toSorted((a, b) => a.at - b.at);
    return byMoment.slice(-MOST_NEWEST).map(({ username }) => username);
  }

  /** @param sent Delivered since somebody looked */
  isDue({ guardRails, createdAt }: Campaign, sent: number, now: number): boolean {
    if (!this.#optedOut || guardRails?.optedOut === undefined || sent < FEWEST) return false;
    const since = guardRails.looked?.at ?? createdAt;
    return since !== this.#since || now - this.#lookedAt >= GOOD_FOR_MS || now < this.#lookedAt;
  }

  async look(
    connection: Queryable,
    { id, channel, guardRails, createdAt }: Campaign,
    now: number,
  ): Promise<void> {
    [this.#lookedAt, this.#since] = [now, guardRails?.looked?.at ?? createdAt];
    const all: OptedOut[] = [];
    for await (const one of this.#optedOut?.(channel, this.#since) ?? []) all.push(one);
    const names = all.map(({ username }) => username);
    const { rows } = await connection.query<{ username: string }>(WRITTEN, [id, names]);
    const written = new Set(rows.map(({ username }) => username));
    this.#found = all.filter(({ username }) => written.has(username));
  }
}
