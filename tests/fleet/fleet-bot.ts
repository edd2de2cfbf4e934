/**
 * Telegram for a fleet: the embedded Bot API server with its limits on, people who press Start, leave and drop in, and a wire
 * to it for each process. Its record is the judge: it lives outside of everything that is killed.
 */
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../../src/lib/clock.ts";
import type { Person, Playground } from "../../src/playground/playground.ts";
import { openPlayground } from "../../src/playground/playground.ts";
import { seededRandom } from "../support/loopback-server.ts";
import type { Meeting } from "./aiming.ts";
import { ANSWER_MS } from "./fleet-x.ts";
import type { FleetPerson } from "./people.ts";

export interface BotSettings {
  readonly people: readonly FleetPerson[];
  readonly seed: number;
  /** Told of each message of a campaign before it is answered. */
  readonly meet: (meeting: Meeting) => void;
}

/** A message of a campaign that somebody got; `at` in ms since the epoch. */
export interface BotArrival {
  readonly name: string;
  readonly campaign: string;
  readonly at: number;
}

/** A call that Telegram's limits count. */
export interface CountedCall {
  readonly host: string;
  readonly at: number;
  /** Of a campaign. */
  readonly isMessage: boolean;
  readonly isThrottled: boolean;
}

export const OPERATOR_ID = 1001;
const FIRST_ID = 10_000;
const FIRST_VISITOR_ID = 90_000;
const VISITORS = 20;
/** The chat may be dead meanwhile. */
const PATIENCE_MS = 240_000;

/** What the bot's campaigns say. */
export const textOf = (campaign: string): string => `Hello {{username}}, this is ${campaign}`;
const MESSAGE = /^Hello \S+, this is (\S+)$/;

/** Messages and edits alike. */
const COUNTED = /^(?:send(?!chataction$)|edit|copy|forward)/i;

export class FleetBot implements AsyncDisposable {
  readonly #playground: Playground;
  readonly #people: readonly FleetPerson[];
  readonly #arrivals: BotArrival[] = [];

  static async open({ people, seed, meet }: BotSettings): Promise<FleetBot> {
    const readers = people.filter(({ channel }) => channel === "telegram");
    const mishap = mishaps(seed);
    const playground = await openPlayground({
      port: 0,
      persons: [operator, ...readers.map(readerOf), ...visitors],
      clock: systemClock,
      failureOf({ method, host, chat }) {
        const isToReader = chat !== undefined && chat >= FIRST_ID && chat < FIRST_VISITOR_ID;
        if (method !== "sendMessage" || !isToReader) return undefined;
        meet({ host, channel: "telegram", deed: "message" });
        return mishap() ?? { slow: wait(ANSWER_MS) };
      },
    });
    return new FleetBot(playground, readers);
  }

  private constructor(playground: Playground, people: readonly FleetPerson[]) {
    this.#playground = playground;
    this.#people = people;
    playground.world.subscribe((event) => {
      if (event.kind !== "message" || !event.message.from?.is_bot || event.message.edit_date) return;
      const name = people[event.person - FIRST_ID]?.name;
      const [, campaign] = MESSAGE.exec(event.message.text ?? "") ?? [];
      if (name !== undefined && campaign !== undefined)
        this.#arrivals.push({ name, campaign, at: Date.now() });
    });
  }

  get token(): string {
    return this.#playground.token;
  }

  get address(): string {
    return this.#playground.apiRoot;
  }

  get arrivals(): readonly BotArrival[] {
    return this.#arrivals;
  }

  /** Everybody presses Start but those who never do, and reads the answer; then some go, of whom the bot hears or not. */
  async join(): Promise<void> {
    const { world } = this.#playground;
    const ids = this.#people.flatMap(({ kind }, index) => (kind === "missing" ? [] : [FIRST_ID + index]));
    // The operator is told what there is to decide.
    for (const id of [OPERATOR_ID, ...ids]) world.sendText(id, "/start");
    await Promise.all(
      ids.map((id) =>
        world.waitFor(id, ({ from }) => from?.is_bot === true, {
          timeoutMs: PATIENCE_MS,
        }),
      ),
    );
    for (const [index, { kind }] of this.#people.entries()) {
      if (kind === "suspended") world.deactivate(FIRST_ID + index);
      if (kind === "noDms") world.block(FIRST_ID + index, true);
    }
  }

  /** Says stop; resolves when the bot has answered that they are out. */
  async leave(name: string): Promise<void> {
    const { world } = this.#playground;
    const id = FIRST_ID + this.#people.findIndex((one) => one.name === name);
    const said = world.sendText(id, "/stop");
    await world.waitFor(
      id,
      (one) => one.from?.is_bot === true && one.message_id > said.message_id && !MESSAGE.test(one.text ?? ""),
      { timeoutMs: PATIENCE_MS },
    );
  }

  /** Some others write to the bot, all at once: its answers take from the same limit as campaigns. */
  dropIn(): void {
    for (const { id } of visitors) this.#playground.world.sendText(id, "/start");
  }

  /** Everything that Telegram's limits count, whoever made it, oldest first. */
  counted(): readonly CountedCall[] {
    const calls = this.#playground.world.calls();
    const counted = calls
      .filter(({ method }) => COUNTED.test(method))
      .map(({ host, at, payload, status }) => {
        const isMessage = typeof payload["text"] === "string" && MESSAGE.test(payload["text"]);
        return { host, at, isMessage, isThrottled: status === 429 };
      })
      .toSorted((a, b) => a.at - b.at);
    // Only the latest calls are remembered, more than a run makes.
    if (counted.filter(({ isMessage }) => isMessage).length < this.#arrivals.length)
      throw new Error("the record of the calls to Telegram is not whole");
    return counted;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#playground[Symbol.asyncDispose]();
  }
}

const operator: Person = {
  id: OPERATOR_ID,
  firstName: "Sara",
  username: "sara",
  languageCode: "en",
  role: "operator",
};

const visitors: readonly Person[] = Array.from({ length: VISITORS }, (_, index) => {
  const id = FIRST_VISITOR_ID + index;
  return { id, firstName: "V", username: `visitor_${index}`, languageCode: "en", role: "stranger" };
});

function readerOf({ name }: FleetPerson, index: number): Person {
  return { id: FIRST_ID + index, firstName: "R", username: name, languageCode: "en", role: "stranger" };
}

/** Some answers are lost, as on any day, beside what the kills do. */
function mishaps(seed: number): () => { readonly hangUp: "before" | "after" } | undefined {
  const random = seededRandom(seed);
  return () => {
    const drawn = random();
    if (drawn < 0.01) return { hangUp: "after" };
    return drawn < 0.015 ? { hangUp: "before" } : undefined;
  };
}
