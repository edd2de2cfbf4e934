/**
 * The playground: an embedded Telegram Bot API server on 127.0.0.1 and a chat page, so that the bot runs without a
 * token. Owns a small world of test persons, and promises to be as strict as the real server where bots trip and to
 * lose nothing when its process is killed.
 */
import { randomBytes } from "node:crypto";
import type { UserFromGetMe } from "grammy/types";
import type { Clock } from "../lib/clock.ts";
import { addressWithKey } from "../lib/pages/page-door.ts";
import { newPageKey } from "../lib/pages/page-key.ts";
import type { ApiContext } from "./api/api-context.ts";
import type { FailureOf } from "./api/call-journal.ts";
import { CallJournal } from "./api/call-journal.ts";
import { FloodLimiter, type FloodLimits, TELEGRAM_LIMITS } from "./api/flood-limiter.ts";
import type { Sample } from "./page/sample.ts";
import type { Person } from "./world/person.ts";
import { PersonSide } from "./world/person-side.ts";
import { listen } from "./server.ts";
import { UpdateQueue } from "./world/update-queue.ts";
import { createMemoryWorld, openWorld } from "./world/world-log.ts";
import type { WorldStore } from "./world/world-store.ts";
import { createWorld, type World } from "./world/world.ts";

export type { Person } from "./world/person.ts";

export interface PlaygroundOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Log of the world; files lie in the folder `files` beside it. Absent: everything is forgotten at the end. */
  readonly stateFile?: string;
  readonly persons: readonly Person[];
  /** Opens the chat page; absent: one is made up. */
  readonly key?: string;
  /** Default `Peyk`. */
  readonly botName?: string;
  readonly clock: Clock;
  /** Files that the chat page offers one tap away. */
  readonly samples?: readonly Sample[];
  /** Answers what is none of the playground's, on its port. */
  readonly beside?: (request: Request) => Promise<Response> | undefined;
  /** When sends and edits get a 429; default {@link TELEGRAM_LIMITS}. */
  readonly limits?: FloodLimits | "off";
  /** Is told of each call as it comes in, and says what goes wrong with it; absent: nothing does. */
  readonly failureOf?: FailureOf;
}

export interface Playground extends AsyncDisposable {
  /** Made up on first opening and kept with the state; it opens nothing but this playground. */
  readonly token: string;
  /** To be followed by `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
  readonly apiRoot: string;
  /** Address of the chat page; it holds the key. */
  readonly pageUrl: string;
  /** Opens the chat page, also as a bearer token. */
  readonly key: string;
  readonly world: World;
}

/**
 * Opens the playground and listens.
 * @throws Error `EADDRINUSE` when the port is taken; {CorruptLogError} when the state file can't be read
 */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
  const opened = options.stateFile === undefined ? createMemoryWorld() : await openWorld(options.stateFile);
  const closing = new AbortController();
  try {
    const { store } = opened;
    const token = tokenOf(store, options.clock);
    const persons = new Map(options.persons.map((person) => [person.id, person]));
    const deactivated = new Set<number>();
    const context: ApiContext = { ...contextOf(options, store, token), persons, deactivated };
    const journal = new CallJournal(options.failureOf);
    const side = new PersonSide(context);
    const samples = options.samples ?? [];
    await store.settled();
    const { beside, key = newPageKey() } = options;
    const server = await listen(
      { context, token, key, journal, side, samples, beside, closing: closing.signal },
      options.port,
    );
    return {
      token,
      apiRoot: server.address,
      pageUrl: addressWithKey(`${server.address}/`, key),
      key,
      world: createWorld({ persons, deactivated, store, side, journal, signal: closing.signal }),
      async [Symbol.asyncDispose]() {
        closing.abort();
        await server.close();
        await opened[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

function contextOf(
  options: PlaygroundOptions,
  store: WorldStore,
  token: string,
): Omit<ApiContext, "persons" | "deactivated"> {
  const { clock } = options;
  return {
    me: botOf(token, options.botName ?? "Peyk"),
    store,
    updates: new UpdateQueue(store, clock),
    limiter: new FloodLimiter(options.limits ?? TELEGRAM_LIMITS),
    clock,
  };
}

/**
 * Update ids start at the moment the world began, so that a bot that remembers ids of an earlier world isn't misled; an
 * earlier one has not gone as far, for nobody presses ten times a second for long.
 */
function tokenOf(store: WorldStore, clock: Clock): string {
  if (store.state.token !== undefined) return store.state.token;
  const token = `${700_000_000 + Math.floor(clock.now() % 99_999_999)}:AA${randomBytes(25).toString("base64url").slice(0, 33)}`;
  store.record({ t: "bot", token });
  store.record({ t: "ids", message: 0, update: idAt(clock.now()), file: 0 });
  return token;
}

/** Tenths of a second, the same again after six years: more of them would not fit 32 bits. */
function idAt(now: number): number {
  return Math.floor(now / 100) % 2_000_000_000;
}

/** What getMe answers for a token of the playground. */
export function botOf(token: string, name: string): UserFromGetMe {
  const plain = name.toLowerCase().replace(/[^a-z0-9_]/g, "") || "playground";
  return {
    id: Number(token.split(":")[0]),
    is_bot: true,
    first_name: name,
    username: `${plain}_bot`,
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
