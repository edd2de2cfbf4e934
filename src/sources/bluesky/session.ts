/**
 * A login at Bluesky with an app password, held in memory for as long as the process lives: once, then refreshed. Bluesky
 * allows 300 logins a day and account (docs.bsky.app, rate limits, August 2026).
 */
import { z } from "zod";
import type { Clock } from "../../lib/clock.ts";
import type { AskJson, JsonAnswer, JsonQuestion } from "../../lib/http/http-json.ts";
import type { SourceFault } from "../source.ts";
import { errorNameOf, faultOf } from "./faults.ts";

export interface BlueskyLogin {
  /** The server that the account is at, without a slash at the end. */
  readonly serviceUrl: string;
  /** Handle or DID. */
  readonly identifier: string;
  readonly appPassword: string;
}

export interface SessionParts {
  readonly login: BlueskyLogin;
  readonly ask: AskJson;
  readonly clock: Clock;
}

const tokensSchema = z.object({ accessJwt: z.string().min(1), refreshJwt: z.string().min(1) });
type Tokens = z.infer<typeof tokensSchema>;

type Opened =
  | { readonly kind: "open"; readonly tokens: Tokens }
  | { readonly kind: "fault"; readonly fault: SourceFault };

const WRONG_PASSWORD: SourceFault = {
  kind: "accessLost",
  why: "blueskyLoginRefused",
};

export class BlueskySession {
  readonly #parts: SessionParts;
  #tokens: Tokens | undefined;
  /** Whoever asks meanwhile waits for the same login. */
  #opening: Promise<Opened> | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Asks as the account. A login that has run out is renewed, and the question asked once more: it was not heard. */
  async ask(question: JsonQuestion, signal: AbortSignal): Promise<JsonAnswer | SourceFault> {
    const session = await this.#open(signal);
    if (session.kind === "fault") return session.fault;
    const answer = await this.#parts.ask(authorised(question, session.tokens.accessJwt), signal);
    if (answer.kind !== "answer" || !hasRunOut(answer)) return answer;
    const renewed = await this.#renew(session.tokens, signal);
    if (renewed.kind === "fault") return renewed.fault;
    return this.#parts.ask(authorised(question, renewed.tokens.accessJwt), signal);
  }

  async #open(signal: AbortSignal): Promise<Opened> {
    if (this.#tokens) return { kind: "open", tokens: this.#tokens };
    const { identifier, appPassword } = this.#parts.login;
    return this.#once(() =>
      this.#take("createSession", { body: { identifier, password: appPassword } }, signal),
    );
  }

  async #renew(old: Tokens, signal: AbortSignal): Promise<Opened> {
    if (this.#tokens !== old) return this.#open(signal);
    const headers = { authorization: `Bearer ${old.refreshJwt}` };
    const refreshed = await this.#once(() =>
      this.#take("refreshSession", { headers, body: undefined }, signal),
    );
    if (refreshed.kind === "open" || refreshed.fault.kind !== "accessLost") return refreshed;
    this.#tokens = undefined;
    return this.#open(signal);
  }

  async #once(open: () => Promise<Opened>): Promise<Opened> {
    this.#opening ??= open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #take(
    method: "createSession" | "refreshSession",
    more: Pick<JsonQuestion, "headers" | "body">,
    signal: AbortSignal,
  ): Promise<Opened> {
    const url = new URL(`${this.#parts.login.serviceUrl}/xrpc/com.atproto.server.${method}`);
    const answer = await this.#parts.ask({ url, method: "POST", ...more }, signal);
    const tokens =
      answer.kind === "answer" && answer.status === 200
        ? tokensSchema.safeParse(answer.body).data
        : undefined;
    if (tokens) {
      this.#tokens = tokens;
      return { kind: "open", tokens };
    }
    const fault = faultOf(answer, this.#parts.clock.now());
    return { kind: "fault", fault: isRefused(answer) ? WRONG_PASSWORD : fault };
  }
}

function authorised(question: JsonQuestion, token: string): JsonQuestion {
  return { ...question, headers: { ...question.headers, authorization: `Bearer ${token}` } };
}

function hasRunOut(answer: JsonAnswer): boolean {
  return errorNameOf(answer) === "ExpiredToken";
}

/** Of the account and its password, and not of the moment. */
function isRefused(answer: JsonAnswer): boolean {
  const isNoAnswer = answer.kind !== "answer" || answer.body === undefined;
  return !isNoAnswer && (answer.status === 400 || answer.status === 401);
}
