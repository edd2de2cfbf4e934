/**
 * A strict, stateful stand-in for X's API v2 on 127.0.0.1, which knows nothing of the code that calls it.
 *
 *   await using x = await openFakeX({ accounts: [{ name: "peyk_one" }], people: [{ name: "ana" }] });
 *   // X_API_BASE_URL = x.address; X_ACCOUNTS_FILE holds JSON.stringify(x.accountKeys)
 *   x.received("ana"); // [{ account: "peyk_one", text: "…", at: … }]
 *
 * It lives in the process of the test, so what it knows outlives every kill of the program that calls it. Signatures,
 * parameters and bodies are checked as documented and refused as a whole. What goes wrong is a script or a seed
 * (`faults`), a trouble of an account, or a state of a person; what happened is asked afterwards: `received`, `calls`,
 * `pagesAsked`, `throttled`, `overruns`, `spent`.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { Account } from "./account-desk.ts";
import { AccountDesk } from "./account-desk.ts";
import type { LoggedCall } from "./call-log.ts";
import { CallLog } from "./call-log.ts";
import type { FakeXOptions, PersonState } from "./options.ts";
import { publishedWindows } from "./options.ts";
import type { Overrun } from "./rate-windows.ts";
import { RateWindows } from "./rate-windows.ts";
import { Desk } from "./request-desk.ts";
import type { Keys } from "./signature.ts";
import { createWorld } from "./world.ts";

export interface Received {
  readonly account: string;
  readonly text: string;
  /** ms since the epoch */
  readonly at: number;
}

export interface FakeX extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly address: string;
  readonly accountKeys: readonly (Keys & { readonly name: string })[];
  /** What a person got from the accounts, oldest first, under whatever name they have or had. */
  received(name: string): readonly Received[];
  idOf(name: string): string;
  /** A person writes to an account. Answers the message's id. */
  writeBack(person: string, account: string, text: string): string;
  /** Writes a post, or the answer to one; whoever is unknown is made. Answers its id. */
  post(author: string, text: string, replyToId?: string): string;
  setState(name: string, state: PersonState): void;
  /** An account is troubled no more. */
  mend(account: string): void;
  /** Every page token handed out so far is refused from now on. */
  forgetPages(): void;
  addCredits(thousandthsOfADollar: number): void;
  /** Thousandths of a dollar that X would have charged. */
  spent(): number;
  readonly calls: readonly LoggedCall[];
  /** What was asked of one path, in order, e.g. `/2/users/123/followers`. */
  pagesAsked(path: string): readonly LoggedCall[];
  /** Calls beyond a window, answered with 429. */
  throttled(): readonly LoggedCall[];
  /** Windows that took more than they may: always none, counted apart from what decides. */
  overruns(): readonly Overrun[];
  /** Messages that an account has sent in its windows of now. */
  used(account: string): { readonly dm: number; readonly dmDay: number };
}

/** Starts the server on a free port. */
export async function openFakeX(options: FakeXOptions): Promise<FakeX> {
  const now = options.now ?? Date.now;
  const world = createWorld(options);
  const accounts = new AccountDesk(options.accounts, world.people);
  const windows = new RateWindows({ ...publishedWindows, ...options.windows });
  const log = new CallLog();
  const desk = new Desk({ world, accounts, windows, log, now, faults: options.faults });
  const server = createServer((request, response) => void desk.serve(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  const idOf = (name: string): string => world.people.everNamed(name).id;
  const nameOf = (id: string): string => accounts.all.find(({ person }) => person.id === id)?.name ?? id;
  return {
    address: `http://127.0.0.1:${port}`,
    accountKeys: accounts.all.map(keysOf),
    received: (name) =>
      world.conversations
        .receivedBy(idOf(name))
        .map(({ senderId, text, at }) => ({ account: nameOf(senderId), text, at })),
    idOf,
    writeBack(person, account, text) {
      const [from, to] = [world.people.everNamed(person), accounts.named(account).person];
      return world.conversations.write(from, to, text, now()).id;
    },
    post: (author, text, replyToId) =>
      world.posts.write(world.people.add({ name: author }), text, now(), replyToId).id,
    setState(name, state) {
      if (typeof state === "object") world.people.rename(name, state.renamedTo);
      else world.people.everNamed(name).state = state;
    },
    mend(account) {
      accounts.named(account).troubles = [];
    },
    forgetPages: () => world.tokens.forgetAll(),
    addCredits: (more) => world.bill.addCredits(more),
    spent: () => world.bill.spent,
    calls: log.calls,
    pagesAsked: (path) => log.calls.filter((call) => call.path === path),
    throttled: () => log.calls.filter(({ status }) => status === 429),
    overruns: () => windows.overruns(),
    used: (account) => ({
      dm: windows.used({ window: "dm", holder: account }, now()),
      dmDay: windows.used({ window: "dmDay", holder: account }, now()),
    }),
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function keysOf({ name, apiKey, apiSecret, accessToken, accessSecret }: Account): Keys & { name: string } {
  return { name, apiKey, apiSecret, accessToken, accessSecret };
}
