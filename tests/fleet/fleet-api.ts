/** What an operator does while the fleet works: over the chat's interface for programs, asked again until it answers. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { SaidOf } from "./judge.ts";
import type { ToldOf } from "./told.ts";

const campaignSchema = z.object({
  status: z.string(),
  counts: z.record(z.string(), z.number()),
});
const begunSchema = z.object({ campaign: campaignSchema });
const lineSchema = z.object({ username: z.string(), state: z.string() });
const feedSchema = z.object({
  events: z.array(
    z.object({
      type: z.string(),
      data: z.object({ campaign: z.string(), recipient: z.string().optional() }),
    }),
  ),
  next: z.number(),
  hasGap: z.boolean(),
});

export type Standing = z.infer<typeof campaignSchema>;

/** What a campaign is begun with. */
export interface Begun {
  readonly channel: string;
  readonly message: string;
  readonly recipients: readonly string[];
  readonly maxPerAccount?: number;
}

const MOST_EVENTS = 1000;

/** A chat that is being killed answers nothing, or that it can't just now. */
const AGAIN_MS = 250;
/** A call that nobody answers is made again. */
const ANSWER_MS = 20_000;
/** The chat is dead, or frozen with its database, no longer than this. */
const PATIENCE_MS = 180_000;

export class FleetApi {
  readonly #address: string;
  readonly #token: string;

  constructor(port: number, token: string) {
    this.#address = `http://127.0.0.1:${port}/api`;
    this.#token = token;
  }

  /** The same again where it has begun already. */
  async begin(id: string, begun: Begun): Promise<void> {
    const body = { ...begun, consent: "They signed up for the fleet" };
    begunSchema.parse(JSON.parse(await this.#ask("PUT", `/campaigns/${id}`, body)));
  }

  async standing(id: string): Promise<Standing> {
    return campaignSchema.parse(JSON.parse(await this.#ask("GET", `/campaigns/${id}`)));
  }

  async steer(id: string, deed: "pause" | "resume"): Promise<void> {
    await this.#ask("POST", `/campaigns/${id}/${deed}`);
  }

  async suppress(name: string): Promise<void> {
    await this.#ask("PUT", `/suppressed/${name}`);
  }

  async results(id: string): Promise<readonly SaidOf[]> {
    const lines = (await this.#ask("GET", `/campaigns/${id}/results`)).split("\n");
    return lines.filter(Boolean).map((line) => lineSchema.parse(JSON.parse(line)));
  }

  /** What was told of everybody to whoever listens to the feed, oldest first. */
  async told(): Promise<readonly ToldOf[]> {
    const told: ToldOf[] = [];
    for (let after = 0; ;) {
      const answer = await this.#ask("GET", `/events?after=${after}&limit=${MOST_EVENTS}`);
      const { events, next, hasGap } = feedSchema.parse(JSON.parse(answer));
      if (hasGap) throw new Error("the feed has a gap");
      for (const { type, data } of events)
        if (data.recipient !== undefined) told.push({ type, username: data.recipient });
      if (next === after) return told;
      after = next;
    }
  }

  async #ask(method: string, path: string, body?: object): Promise<string> {
    const latest = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.#askOnce(method, path, body);
      if (answer.text !== undefined) return answer.text;
      if (answer.isFinal || Date.now() > latest) throw new Error(`${method} ${path}: ${answer.why}`);
      await wait(AGAIN_MS);
    }
  }

  async #askOnce(method: string, path: string, body: object | undefined): Promise<Asked> {
    try {
      const response = await fetch(this.#address + path, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await response.text();
      if (response.ok) return { text };
      // What is wrong with the call is so the next time, too; a chat that is just starting does not know the path yet.
      const isFinal = response.status < 500 && ![404, 409, 429].includes(response.status);
      return { why: `${response.status} ${text}`, isFinal };
    } catch (error) {
      return { why: String(error), isFinal: false };
    }
  }
}

type Asked =
  { readonly text: string } | { readonly text?: undefined; readonly why: string; readonly isFinal: boolean };
