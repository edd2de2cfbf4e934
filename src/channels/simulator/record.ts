/**
 * The simulator's own record of who asked for what and who got what, kept before the simulator goes on. It is the simulated
 * people's inbox and the judge of Peyk's account of things, so it knows nothing of Peyk's journal. Of a message it keeps a
 * hash, never the text.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { SendRequest } from "../channel.ts";
import type { Delivery } from "./record-line.ts";
import { deliveryOf, parseRecordLine } from "./record-line.ts";
import type { RecordPlace } from "./record-place.ts";

/** Every message that arrived, in order, read from a record's file; a record that was never started holds none. */
export async function readDeliveries(file: string): Promise<readonly Delivery[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const whole = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  return whole.filter(Boolean).flatMap((line) => deliveryOf(parseRecordLine(line)) ?? []);
}

/** How many messages each name got, of all campaigns together; names that got none are absent. */
export async function deliveries(file: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { username } of await readDeliveries(file)) {
    counts.set(username, (counts.get(username) ?? 0) + 1);
  }
  return counts;
}

/** What each name has in its inbox now: the hash of every text that is not taken back, by the id of its message. */
export async function readInboxes(file: string): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const text = await readFile(file, "utf8");
  const inboxes = new Map<string, Map<string, string>>();
  for (const one of text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean)) {
    const line = parseRecordLine(one);
    if (line.e === "asked") continue;
    const inbox = inboxes.get(line.u) ?? new Map<string, string>();
    inboxes.set(line.u, inbox);
    if (line.e === "takenBack") inbox.delete(line.id);
    else inbox.set(line.id, line.text);
  }
  return inboxes;
}

/** What the record keeps of a text, to recognise it again: the first 16 hex digits of its SHA-256. */
export function textHashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

export class SimulatorRecord {
  readonly #place: RecordPlace;

  constructor(place: RecordPlace) {
    this.#place = place;
  }

  /** Messages that arrived with this key, oldest first. */
  async deliveriesOf(dedupKey: string): Promise<readonly Delivery[]> {
    return this.#place.deliveriesOf(dedupKey);
  }

  /** Notes a request; answers which attempt with this key it is, from 1, once that is kept. */
  ask({ username: u, account: a, dedupKey: key }: SendRequest, at: number): Promise<number> {
    return this.#place.ask({ e: "asked", u, a, key, at });
  }

  /**
   * Puts the message into the person's inbox; answers its id once that is kept.
   * @param isOnce One that arrived with this key before is the answer, and nothing else arrives
   */
  async deliver(request: SendRequest, at: number, isOnce = false): Promise<string> {
    const { username: u, account: a, dedupKey: key } = request;
    const text = textHashOf(request.text);
    for (;;) {
      const arrived = await this.deliveriesOf(key);
      if (isOnce && arrived[0]) return arrived[0].messageId;
      const id = messageIdOf(key, arrived.length + 1);
      if (await this.#place.add({ e: "delivered", u, a, key, at, text, id })) return id;
    }
  }

  /** The message of this id as it arrived; undefined when there is none any more. */
  async messageOf(messageId: string): Promise<Delivery | undefined> {
    return this.#place.messageOf(messageId);
  }

  /** Takes a message out of its inbox; resolves once that is kept. */
  async takeBack(
    { username: u, account: a, dedupKey: key, messageId: id }: Delivery,
    at: number,
  ): Promise<void> {
    await this.#place.add({ e: "takenBack", u, a, key, at, id });
  }

  /** Puts another text in the place of a message's; resolves once that is kept. */
  async mend(
    { username: u, account: a, dedupKey: key, messageId: id }: Delivery,
    { text, at }: { readonly text: string; readonly at: number },
  ): Promise<void> {
    await this.#place.add({ e: "mended", u, a, key, at, text: textHashOf(text), id });
  }
}

/** The same for the same delivery in every run. */
function messageIdOf(dedupKey: string, delivery: number): string {
  const hash = createHash("sha256").update(`${dedupKey}\0${delivery}`).digest("hex");
  return `sim-${hash.slice(0, 12)}`;
}
