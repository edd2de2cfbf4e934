/**
 * X, through its official API: direct messages by username from accounts that their owners authorised. Owns the order
 * of a send: who is behind the name, whether the account may send at all, then one call and no second one by itself.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Answer, Fault } from "../../domain/fault.ts";
import { textOfReason } from "../../domain/reasons/stored-reason.ts";
import type { Clock } from "../../lib/clock.ts";
import { xPrices } from "../../lib/x-api/prices.ts";
import type { XAnswer, XClient } from "../../lib/x-api/x-client.ts";
import { createXClient } from "../../lib/x-api/x-client.ts";
import { exhaustedUntil } from "../../lib/x-api/rate-limits.ts";
import type {
  AccountCheck,
  Channel,
  ChannelManifest,
  Permit,
  ReadBack,
  ReadBackRequest,
  Replies,
  RepliesRequest,
  SendRequest,
} from "../channel.ts";
import type { XAccount } from "./accounts-file.ts";
import { readAccountsFile } from "./accounts-file.ts";
import { messagePage, MessageWindows } from "./direct-messages.ts";
import { faultOf } from "./faults.ts";
import type { KeptXLimits } from "./limit-book.ts";
import { LimitBook, publishedLimits } from "./limit-book.ts";
import { OwnAccounts } from "./own-account.ts";
import type { PersonBook } from "./people.ts";
import { NAMES_A_QUESTION, People } from "./people.ts";
import { isTooEarly, readConversation } from "./read-back.ts";
import { notNow, readReplies } from "./replies.ts";
import { xId } from "./answer-shapes.ts";

export interface XChannelOptions {
  /** JSON file with the accounts' keys. */
  readonly accountsFile: string;
  /** Without a slash at the end. */
  readonly apiBaseUrl: string;
  /** What X's answers say of limits. */
  readonly limits: KeptXLimits;
  /** Who is behind which name, as was found; every claim reads it. */
  readonly personBook: PersonBook;
  readonly clock: Clock;
  readonly onProblem: (error: Error) => void;
  /** How long a message that can't be found may still turn up in X's list, in ms; by default five minutes. */
  readonly absentAfterMs?: number;
}

/** Seen: a message that showed in the list twenty seconds after X had taken it. Nothing is published. */
const ABSENT_AFTER_MS = 5 * 60_000;

export const xManifest: ChannelManifest = {
  name: "x",
  looksUp: true,
  lookUpBatch: NAMES_A_QUESTION,
  honoursDedupKey: false,
  readsBack: true,
  absentAfterMs: ABSENT_AFTER_MS,
  readsReplies: true,
  hearsAnswers: true,
  waitsBeforeCall: true,
  sendsAtOnce: 4,
  publishedLimits,
  maxMessageLength: 10_000,
  reachesPeople: true,
  prices: {
    perMessage: xPrices.message,
    perLookUp: xPrices.person,
    perReply: xPrices.messageRead,
    asOf: xPrices.asOf,
  },
};

/** Opens the channel; asks X nothing yet. Throws, with lines for people, when the accounts' file can't be used. */
export async function openXChannel(options: XChannelOptions): Promise<Channel> {
  const { apiBaseUrl, limits, clock, onProblem } = options;
  const accounts = await readAccountsFile(options.accountsFile);
  const client = createXClient({ baseUrl: apiBaseUrl, clock, nonce: () => randomBytes(16).toString("hex") });
  const people = new People({ client, clock, book: options.personBook });
  const book = new LimitBook({ kept: limits, onProblem });
  const own = new OwnAccounts(client, clock);
  const x = new XChannel({ accounts, client, clock, people, own, book });
  return {
    manifest: { ...xManifest, absentAfterMs: options.absentAfterMs ?? ABSENT_AFTER_MS },
    accounts: () => Promise.resolve(accounts.map(({ name, caps }) => ({ name, caps }))),
    send: (request, signal, permit) => x.send(request, signal, permit),
    readBack: (request, signal) => x.readBack(request, signal),
    lookUp: (usernames, signal) => x.lookUp(usernames, signal),
    limitsOf: (account) => book.limitsOf(account, clock.now()),
    check: (account, signal) => x.check(account, signal),
    replies: (request, signal) => x.replies(request, signal),
    [Symbol.asyncDispose]: () => x[Symbol.asyncDispose](),
  };
}

interface Parts {
  readonly accounts: readonly XAccount[];
  readonly client: XClient;
  readonly clock: Clock;
  readonly people: People;
  readonly own: OwnAccounts;
  readonly book: LimitBook;
}

const sentSchema = z.object({ data: z.object({ dm_event_id: xId }) });
class XChannel implements AsyncDisposable {
  readonly #parts: Parts;
  /** Dedup keys of messages that are being sent. */
  readonly #underWay = new Set<string>();
  readonly #windows = new MessageWindows();
  /** The account that asks about names next: they take turns, as each has its own limit. */
  #turn = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async send(request: SendRequest, signal: AbortSignal, permit?: Permit): Promise<Answer> {
    if (signal.aborted) return stopped;
    const account = this.#account(request.account);
    const refusal = this.#refusalOf(request, account);
    if (refusal || !account) return { ...(refusal ?? strange), uncalled: true };
    this.#underWay.add(request.dedupKey);
    try {
      return await this.#deliver(request, account, { signal, ...(permit ? { permit } : {}) });
    } finally {
      this.#underWay.delete(request.dedupKey);
    }
  }

  async readBack(request: ReadBackRequest, signal: AbortSignal): Promise<ReadBack> {
    const { people, client, clock } = this.#parts;
    const account = this.#account(request.account);
    if (!account) return { kind: "unknown", why: "xSenderNotHere" };
    if (signal.aborted) return { kind: "unknown", why: "stoppedBeforeAnswer" };
    if (this.#underWay.has(request.dedupKey) || isTooEarly(request.claimedAt, clock.now()))
      return { kind: "unknown", why: "stillUnderWay" };
    const { username, personId: id } = request;
    const person = id === undefined ? await people.findAgain(username, account, signal) : found(id);
    // Ids are on disk before anything is sent to them: nobody was ever found there, so nothing was ever sent.
    if (person.kind === "recipient") return { kind: "absent" };
    if (person.kind !== "found") return { kind: "unknown", why: person.why };
    const me = await this.#parts.own.whoIs(account, signal);
    if (me.kind !== "me") return { kind: "unknown", why: me.why };
    const question = { client, clock, keys: account.keys, windows: this.#windows };
    return readConversation({ ...question, ownId: me.id, personId: person.id }, request, signal);
  }

  async lookUp(usernames: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { accounts, people } = this.#parts;
    const asker = this.#turn++;
    let fault: Fault | undefined;
    for (let step = 0; step < accounts.length; step++) {
      const account = accounts[(asker + step) % accounts.length];
      fault = account && (await people.ask(usernames, account, signal));
      // Only what is about the account may be better with another one.
      if (!fault || (fault.kind !== "account" && fault.kind !== "throttled")) break;
    }
    signal.throwIfAborted();
    if (fault) throw new Error(`the names could not be looked up: ${textOfReason(fault.why)}`);
    return new Set(usernames.filter((name) => people.whyGone(name) !== undefined));
  }

  async check(name: string, signal: AbortSignal): Promise<AccountCheck> {
    const { book, clock } = this.#parts;
    const account = this.#account(name);
    if (!account) return { kind: "unknown", why: "noSuchAccount" };
    const me = await this.#parts.own.askAnew(account, signal);
    const fault = me.kind === "me" ? await this.#faultOfMessages(account, signal) : me;
    if (fault?.kind === "account") return { kind: "trouble", trouble: fault.trouble, why: fault.why };
    if (me.kind !== "me") return { kind: "unknown", why: me.why, isRefused: isRefusal(me) };
    const well = { username: me.username, limits: book.tell(name, clock.now()) };
    if (!fault) return { kind: "well", ...well };
    const unanswered = [{ about: "messages", why: fault.why, isRefused: isRefusal(fault) }] as const;
    return { kind: "well", ...well, unanswered };
  }

  async replies(request: RepliesRequest, signal: AbortSignal): Promise<Replies> {
    const { client, clock, people } = this.#parts;
    const account = this.#account(request.account);
    if (!account) return notNow(strange, clock.now());
    const me = await this.#parts.own.whoIs(account, signal);
    if (me.kind !== "me") return notNow(me, clock.now());
    const namesOf = (id: string): Promise<readonly string[]> => people.namesOf(id);
    const question = { client, clock, keys: account.keys, windows: this.#windows };
    return readReplies({ ...question, ownId: me.id, namesOf }, request, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.book.idle();
  }

  /** Who an account is can be asked with any keys; only a question about messages shows that they may not have any. */
  async #faultOfMessages({ keys }: XAccount, signal: AbortSignal): Promise<Fault | undefined> {
    const { client, clock } = this.#parts;
    const question = { client, clock, keys, windows: this.#windows, path: "/2/dm_events", pageSize: 1 };
    const page = await messagePage(question, signal);
    return page.kind === "page" ? undefined : page;
  }

  #account(name: string): XAccount | undefined {
    return this.#parts.accounts.find((account) => account.name === name);
  }

  /** What needs no question to X. */
  #refusalOf({ text }: SendRequest, account: XAccount | undefined): Fault | undefined {
    if (text.trim() === "") return { kind: "rejected", why: "messageEmpty" };
    if (text.length > xManifest.maxMessageLength) return { kind: "rejected", why: "messageTooLong" };
    if (!account) return strange;
    const until = this.#parts.book.appRestsUntil(account.keys.apiKey, this.#parts.clock.now());
    if (until === undefined) return undefined;
    return { kind: "account", trouble: "resting", until, why: "limitUsedUp" };
  }

  async #deliver(request: SendRequest, account: XAccount, { signal, permit }: Going): Promise<Answer> {
    const { people } = this.#parts;
    const { username, personId: id } = request;
    const person = id === undefined ? await people.find(username, account, signal) : found(id);
    // Nothing was asked of the way messages go, so none of its limits may be used up by it.
    if (person.kind !== "found") return { ...person, uncalled: true };
    if (!((await permit?.()) ?? true)) return stopped;
    const answer = await this.#post(request, account, person.id, signal);
    // Kept or not, the answer stands; the next one who writes to this id gets it again.
    if (answer.kind === "recipient" && answer.state === "notFound")
      await people.askAnew(request.username).catch(() => undefined);
    return answer;
  }

  async #post(
    { text }: SendRequest,
    account: XAccount,
    personId: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const { client, book, clock } = this.#parts;
    const path = `/2/dm_conversations/with/${personId}/messages`;
    const answer = await client.ask(account.keys, { method: "POST", path, body: { text } }, signal);
    if (answer.kind === "answer") book.note(account.name, account.keys.apiKey, answer.limits);
    return deliveredIn(answer) ?? faultOf(answer, clock.now());
  }
}

function found(id: string): { readonly kind: "found"; readonly id: string } {
  return { kind: "found", id };
}

/** What a send goes by on its way. */
interface Going {
  readonly signal: AbortSignal;
  readonly permit?: Permit;
}

const stopped: Fault = { kind: "withdrawn", why: "stoppedBeforeCall", uncalled: true };

/** Asking again will not help before somebody has mended something. */
function isRefusal({ kind }: Fault): boolean {
  return kind !== "throttled" && kind !== "unavailable" && kind !== "uncertain";
}

const strange: Fault = { kind: "account", trouble: "loggedOut", why: "noSuchAccount" };

function deliveredIn(answer: XAnswer): Answer | undefined {
  if (answer.kind !== "answer" || answer.status < 200 || answer.status > 299) return undefined;
  const parsed = sentSchema.safeParse(answer.body);
  if (!parsed.success) return undefined;
  const restsUntil = exhaustedUntil(answer.limits);
  const messageId = parsed.data.data.dm_event_id;
  return { kind: "delivered", messageId, ...(restsUntil === undefined ? {} : { restsUntil }) };
}
