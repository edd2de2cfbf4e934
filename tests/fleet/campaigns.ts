/** What a fleet sends: one campaign over X for all the time, and over the bot one after another, each as fast as may be. */
import type { FakeX } from "../support/fake-x/fake-x.ts";
import type { FleetApi } from "./fleet-api.ts";
import type { FleetBot } from "./fleet-bot.ts";
import { textOf } from "./fleet-bot.ts";
import type { FleetPerson } from "./people.ts";

export interface CampaignParts {
  readonly api: FleetApi;
  readonly x: FakeX;
  readonly bot: FleetBot;
  readonly people: readonly FleetPerson[];
  /** In so many campaigns the bot writes to those who are its. */
  readonly waves: number;
}

const ON_X = "fleet";

export class FleetCampaigns {
  readonly #parts: CampaignParts;
  readonly #begun: string[] = [];
  #beginning = Promise.resolve();
  #waves = 0;

  constructor(parts: CampaignParts) {
    this.#parts = parts;
  }

  /** Every one that has begun. */
  get all(): readonly string[] {
    return this.#begun;
  }

  /** That over X, and the newest over the bot. */
  latest(): readonly string[] {
    return [...new Set([ON_X, this.#begun.at(-1) ?? ON_X])];
  }

  async beginOnX(maxPerAccount: number): Promise<void> {
    const recipients = this.#names("x");
    await this.#parts.api.begin(ON_X, {
      channel: "x",
      message: "Hello {{username}}",
      recipients,
      maxPerAccount,
    });
    this.#begun.push(ON_X);
  }

  /** The bot writes to the next ones, while others drop in on it; goes on by itself. */
  beginWave(): void {
    const { api, bot, waves } = this.#parts;
    const names = this.#names("telegram");
    const [from, to] = [this.#waves, this.#waves + 1].map((at) => Math.floor((names.length * at) / waves));
    const campaign = `bot-${++this.#waves}`;
    const begun = { channel: "telegram", message: textOf(campaign), recipients: names.slice(from, to) };
    this.#beginning = this.#beginning.then(async () => {
      await api.begin(campaign, begun);
      this.#begun.push(campaign);
      bot.dropIn();
    });
    // Told by whoever waits for all.
    this.#beginning.catch(() => undefined);
  }

  /** Resolves when all that were to begin have. */
  settle(): Promise<void> {
    return this.#beginning;
  }

  /** Those who can be reached and whom nothing has reached yet, in the order of the lists. */
  unreached(): readonly FleetPerson[] {
    const { x, bot, people } = this.#parts;
    const byBot = new Set(bot.arrivals.map(({ name }) => name));
    const isReached = ({ name, channel }: FleetPerson): boolean =>
      channel === "telegram" ? byBot.has(name) : x.received(name).length > 0;
    return people.filter((one) => one.kind === "reachable" && !isReached(one));
  }

  #names(channel: FleetPerson["channel"]): readonly string[] {
    return this.#parts.people.filter((one) => one.channel === channel).map(({ name }) => name);
  }
}
