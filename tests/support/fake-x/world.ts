/** Everything a fake X knows, as its routes see it. */
import { Conversations, Snowflakes } from "./conversations.ts";
import type { XDocument } from "./documents.ts";
import { documents, NEWEST } from "./documents.ts";
import type { FakeXOptions } from "./options.ts";
import { prices } from "./options.ts";
import { PageTokens } from "./page-tokens.ts";
import type { Person } from "./population.ts";
import { Population } from "./population.ts";
import { Posts } from "./posts.ts";

export interface World {
  readonly people: Population;
  readonly conversations: Conversations;
  readonly posts: Posts;
  readonly tokens: PageTokens;
  readonly bill: Bill;
  /** Numbers the searches from 1. */
  readonly searches: { next(): number };
  readonly options: FakeXOptions;
  readonly document: XDocument;
}

/** One authorised call, on its way through a route. */
export interface Visit {
  readonly world: World;
  /** The account that asks. */
  readonly account: Person;
  /** What the path holds: an id or a name. */
  readonly parameter: string;
  readonly query: URLSearchParams;
  /** As it came; empty for a GET. */
  readonly body: string;
  readonly contentType: string;
  /** ms since the epoch */
  readonly now: number;
}

/** What was charged, in thousandths of a dollar; one resource costs once on a UTC day. */
export class Bill {
  #credits: number | undefined;
  #spent = 0;
  readonly #charged = new Set<string>();

  constructor(credits: number | undefined) {
    this.#credits = credits;
  }

  get spent(): number {
    return this.#spent;
  }

  /** False: whatever is asked next is answered with 402. */
  canPay(least: number): boolean {
    return this.#credits === undefined || this.#credits >= least;
  }

  addCredits(more: number): void {
    this.#credits = (this.#credits ?? 0) + more;
  }

  chargeRows(kind: Exclude<keyof typeof prices, "message">, ids: readonly string[], now: number): void {
    const day = new Date(now).toISOString().slice(0, 10);
    for (const id of ids) {
      const key = `${day} ${kind} ${id}`;
      if (this.#charged.has(key)) continue;
      this.#charged.add(key);
      this.#charge(prices[kind]);
    }
  }

  chargeMessage(): void {
    this.#charge(prices.message);
  }

  #charge(amount: number): void {
    this.#spent += amount;
    if (this.#credits !== undefined) this.#credits = Math.max(0, this.#credits - amount);
  }
}

export function createWorld(options: FakeXOptions): World {
  const snowflakes = new Snowflakes();
  let searches = 0;
  const people = new Population();
  for (const { name } of options.accounts) people.add({ name });
  for (const person of options.people ?? []) people.add(person);
  return {
    people,
    conversations: new Conversations(snowflakes, options),
    posts: new Posts(snowflakes),
    tokens: new PageTokens(),
    bill: new Bill(options.credits),
    searches: { next: () => (searches += 1) },
    options,
    document: documents[options.document ?? NEWEST],
  };
}
