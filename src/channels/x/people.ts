/**
 * Who is behind a name on X: looked up a hundred names at a time, remembered on disk. Promises that a name which X can't
 * have spoils no one else's question, and that nobody is called missing without X having said so.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Fault } from "../../domain/fault.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { Clock } from "../../lib/clock.ts";
import type { XAnswer, XClient } from "../../lib/x-api/x-client.ts";
import type { XAccount } from "./accounts-file.ts";
import { faultOfQuestion } from "./faults.ts";
import { usersIn } from "./users-answer.ts";

/** X answers for so many names at once. */
export const NAMES_A_QUESTION = 100;

/** Names change hands: an older answer is asked for anew before anybody is written to. */
const ID_LASTS_MS = 7 * 24 * 3_600_000;

/** Nobody by that name: a name may be taken any day, and X charges nothing for those who are not there. */
const GONE_LASTS_MS = 3_600_000;

const X_NAME = /^[A-Za-z0-9_]{1,15}$/;

/** Where it is kept who is behind which name; durable when it resolves. */
export interface PersonBook {
  /** Who was last found under this name; `at` in ms since the epoch. */
  whoIs(username: string): Promise<{ readonly id: string; readonly at: number } | undefined>;
  /** Names that were asked for and turned out to be this person. */
  namesOf(id: string): Promise<readonly string[]>;
  /** @param people By name, their ids */
  found(people: ReadonlyMap<string, string>, at: number): Promise<void>;
  askAnew(username: string): Promise<void>;
}

type Found = { readonly kind: "found"; readonly id: string };

export interface PeopleParts {
  readonly client: XClient;
  readonly clock: Clock;
  readonly book: PersonBook;
}

interface Question {
  readonly names: Set<string>;
  readonly answered: Promise<Fault | undefined>;
}

export class People {
  readonly #parts: PeopleParts;
  /** Why there is nobody by a name, and until when that is believed. */
  readonly #gone = new Map<string, { readonly why: Reason; readonly until: number }>();
  /** By account: those who wait for the question that is about to be asked. */
  readonly #next = new Map<string, Question>();

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /** The person's id by the last answer, however old. */
  async idOf(username: string): Promise<string | undefined> {
    return (await this.#parts.book.whoIs(username))?.id;
  }

  namesOf(id: string): Promise<readonly string[]> {
    return this.#parts.book.namesOf(id);
  }

  /** Why nobody can be written to under this name, as far as it is known without asking. */
  whyGone(username: string): Reason | undefined {
    if (!X_NAME.test(username)) return "xImpossibleName";
    const gone = this.#gone.get(username);
    return gone && gone.until > this.#parts.clock.now() ? gone.why : undefined;
  }

  /**
   * The id to write to, asked for when it is not known or an old one. Those who ask in the same turn share a question.
   * Every fault is one of before the message left.
   */
  async find(username: string, account: XAccount, signal: AbortSignal): Promise<Found | Fault> {
    const known = await this.#freshId(username);
    if (known) return known;
    const why = this.whyGone(username);
    if (why !== undefined) return missing(why);
    const fault = await orAborted(this.#askWithOthers(username, account), signal);
    if (signal.aborted) return { kind: "unavailable", why: "stoppedBeforeCall" };
    return fault ?? (await this.#freshId(username)) ?? this.#nobody(username);
  }

  /** Whom something may have been sent to: the id of then, however old; asked for only where none was kept. */
  async findAgain(username: string, account: XAccount, signal: AbortSignal): Promise<Found | Fault> {
    const id = await this.idOf(username);
    return id === undefined ? this.find(username, account, signal) : { kind: "found", id };
  }

  /** Asks about those of the names that are not known; answers what kept it from being asked. */
  async ask(usernames: Iterable<string>, account: XAccount, signal: AbortSignal): Promise<Fault | undefined> {
    const known = await Promise.all(
      [...usernames].map(async (name) => ({ name, id: await this.#freshId(name) })),
    );
    const unknown = known.filter(({ name, id }) => !id && this.whyGone(name) === undefined);
    const names = unknown.map(({ name }) => name);
    if (names.length === 0) return undefined;
    const { client, clock } = this.#parts;
    const query = { usernames: names.join(",") };
    const answer = await client.ask(account.keys, { method: "GET", path: "/2/users/by", query }, signal);
    if (answer.kind === "failure" || answer.status !== 200) return faultOfQuestion(answer, clock.now());
    return this.#take(names, answer);
  }

  /** A send showed that the id is nobody's. */
  async askAnew(username: string): Promise<void> {
    await this.#parts.book.askAnew(username);
  }

  async #freshId(username: string): Promise<Found | undefined> {
    const known = await this.#parts.book.whoIs(username);
    if (!known || known.at + ID_LASTS_MS <= this.#parts.clock.now()) return undefined;
    return { kind: "found", id: known.id };
  }

  /** X neither found the name nor said that there is none: that proves nothing about the person. */
  #nobody(username: string): Fault {
    const why = this.whyGone(username);
    return why === undefined ? { kind: "unanswered", why: "xSilentOnName" } : missing(why);
  }

  #askWithOthers(username: string, account: XAccount): Promise<Fault | undefined> {
    const waiting = this.#next.get(account.name);
    if (waiting && waiting.names.size < NAMES_A_QUESTION) {
      waiting.names.add(username);
      return waiting.answered;
    }
    const names = new Set([username]);
    const question: Question = { names, answered: this.#askSoon(names, account) };
    this.#next.set(account.name, question);
    return question.answered;
  }

  async #askSoon(names: Set<string>, account: XAccount): Promise<Fault | undefined> {
    await nextTurn();
    if (this.#next.get(account.name)?.names === names) this.#next.delete(account.name);
    try {
      return await this.ask(names, account, new AbortController().signal);
    } catch {
      // A full disk, say: without the id on disk nothing may leave, so surely nothing did.
      return { kind: "unavailable", why: "xAnswerNotKept" };
    }
  }

  async #take(
    names: readonly string[],
    answer: Extract<XAnswer, { kind: "answer" }>,
  ): Promise<Fault | undefined> {
    const { book, clock } = this.#parts;
    const now = clock.now();
    const users = usersIn(answer.body);
    if (!users) return faultOfQuestion(answer, now);
    const asked = new Set(names);
    for (const [name, why] of users.gone) {
      if (!asked.has(name)) continue;
      const hadId = (await book.whoIs(name)) !== undefined;
      this.#gone.set(name, {
        why: hadId && why === "noSuchName" ? "nameLeft" : why,
        until: now + GONE_LASTS_MS,
      });
    }
    await book.found(new Map([...users.found].filter(([name]) => asked.has(name))), now);
    return undefined;
  }
}

/** X lists nobody by that name, so nothing was sent to anybody. */
function missing(why: Reason): Fault {
  return { kind: "recipient", state: "notFound", why, uncalled: true };
}

/** Waits for the answer, or until the signal fires: then undefined. */
async function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  const over = new AbortController();
  // A signal of its own: the one given may be shared by many who wait, and Node warns of many listeners.
  const stopped = new Promise<undefined>((resolve) => {
    AbortSignal.any([signal, over.signal]).addEventListener("abort", () => resolve(undefined), {
      once: true,
    });
  });
  try {
    return await Promise.race([answer, stopped]);
  } finally {
    over.abort();
  }
}
