/**
 * A fake X whose people write stop: before, during and between campaigns, in an inbox of several pages with our own
 * messages and those of others among them. Its own record of who received what after which stop is the judge.
 */
import type { FakeX } from "../support/fake-x/fake-x.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import type { Settings } from "../support/stored.ts";

export interface StopsRun {
  readonly names: number;
  /** How long X takes for each answer, in ms. */
  readonly delayMs: number;
  /** Deaths of each campaign but the first. */
  readonly kills: number;
  /** What the program is told of a store of its own; absent: it keeps everything in a folder. */
  readonly own?: Settings;
}

/** What X says; a good run has a zero in `unheeded`, `doubled` and `lost`. */
export interface StopsVerdict {
  /** People who wrote stop, and when. */
  readonly stopped: { readonly before: number; readonly during: number; readonly between: number };
  /** Pages of inboxes that were asked for, and how many of them were not the first of their reading. */
  readonly pages: number;
  readonly furtherPages: number;
  /** Messages to somebody in a run that began after their stop was written. */
  readonly unheeded: number;
  /** People who got one campaign's message twice. */
  readonly doubled: number;
  /** People who never wrote stop and lack a campaign's message. */
  readonly lost: number;
}

export const campaigns = ["first", "second", "third"] as const;
export type CampaignName = (typeof campaigns)[number];

export function namesOf({ names }: Pick<StopsRun, "names">): string[] {
  return Array.from({ length: names }, (_, index) => `person_${index}`);
}

/** Whom a campaign goes to: the first one to two in three of them, the others to all. */
export function listOf(run: StopsRun, campaign: CampaignName): string[] {
  return namesOf(run).filter((_, index) => campaign !== "first" || index % 3 < 2);
}

/** Two accounts, short windows that bind now and then, and everybody takes messages. */
export function openStopsX(run: StopsRun): Promise<FakeX> {
  return openFakeX({
    accounts: [{ name: "news" }, { name: "help" }],
    people: [...namesOf(run), "chatter"].map((name) => ({ name })),
    delayMs: run.delayMs,
    windows: {
      dm: { count: 60, windowMs: 4000 },
      events: { count: 200, windowMs: 4000 },
      me: { count: 5000, windowMs: 4000 },
    },
  });
}

interface Stop {
  readonly person: string;
  readonly at: number;
  readonly when: "before" | "during" | "between";
}

/** Has people write stop, and remembers when each run began. */
export class Stops {
  readonly #x: FakeX;
  readonly #stops: Stop[] = [];
  readonly #runs: number[] = [];

  constructor(x: FakeX) {
    this.#x = x;
  }

  runBegins(): void {
    this.#runs.push(Date.now());
  }

  /** So many of those who got a message write stop to whoever sent it, and a page and a half of others chat around them. */
  write(when: Stop["when"], names: readonly string[], count: number): void {
    const reached = names.filter((name) => this.#x.received(name).length > 0 && !this.#hasStopped(name));
    this.#chat();
    for (const person of reached.slice(0, count)) {
      const [{ account } = { account: "news" }] = this.#x.received(person);
      this.#x.writeBack(person, account, "STOP");
      this.#stops.push({ person, at: Date.now(), when });
    }
    this.#chat();
  }

  judge(run: StopsRun): StopsVerdict {
    const of = (when: Stop["when"]) => this.#stops.filter((stop) => stop.when === when).length;
    const asked = this.#x.pagesAsked("/2/dm_events");
    return {
      stopped: { before: of("before"), during: of("during"), between: of("between") },
      pages: asked.length,
      furtherPages: asked.filter(({ query }) => query["pagination_token"] !== undefined).length,
      unheeded: this.#stops.reduce((sum, stop) => sum + this.#unheeded(stop), 0),
      doubled: this.#count(run, (messages) => messages > 1),
      lost: this.#count(run, (messages, person) => messages === 0 && !this.#hasStopped(person)),
    };
  }

  #unheeded({ person, at }: Stop): number {
    const nextRun = Math.min(...this.#runs.filter((begin) => begin > at), Infinity);
    return this.#x.received(person).filter((message) => message.at >= nextRun).length;
  }

  #count(run: StopsRun, fits: (messages: number, person: string) => boolean): number {
    return campaigns.flatMap((campaign) =>
      listOf(run, campaign).filter((person) => {
        const got = this.#x.received(person).filter(({ text }) => text === textOf(campaign, person));
        return fits(got.length, person);
      }),
    ).length;
  }

  #hasStopped(name: string): boolean {
    return this.#stops.some(({ person }) => person === name);
  }

  #chat(): void {
    for (const account of ["news", "help"])
      for (let index = 0; index < 150; index++)
        this.#x.writeBack("chatter", account, `and another thing ${index}`);
  }
}

export function textOf(campaign: CampaignName, person: string): string {
  return `${campaign}: hello ${person}`;
}
