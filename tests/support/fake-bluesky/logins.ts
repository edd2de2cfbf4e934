/**
 * Logins as a personal data server gives them (lexicons com.atproto.server.createSession and refreshSession): a token to
 * ask with and one to renew it, each good until it has run out.
 */
import type { Sent } from "../loopback-server.ts";
import { XrpcError } from "./xrpc-error.ts";

export interface Login {
  readonly identifier: string;
  readonly password: string;
}

export class Logins {
  readonly #account: Login | undefined;
  /** Tokens that are good, and those that were. */
  readonly #good = new Set<string>();
  readonly #old = new Set<string>();
  #given = 0;

  /** @param account Absent: nobody need be logged in */
  constructor(account: Login | undefined) {
    this.#account = account;
  }

  create({ method, body }: Sent): object {
    if (method !== "POST") throw new XrpcError(405, "InvalidRequest", "Incorrect HTTP method");
    const asked: unknown = JSON.parse(body);
    const account = this.#account;
    const fits =
      typeof asked === "object" && asked !== null && "identifier" in asked && "password" in asked && account
        ? asked.identifier === account.identifier && asked.password === account.password
        : false;
    if (!fits) throw new XrpcError(401, "AuthenticationRequired", "Invalid identifier or password");
    return this.#give();
  }

  refresh({ method }: Sent, authorization: string | undefined): object {
    if (method !== "POST") throw new XrpcError(405, "InvalidRequest", "Incorrect HTTP method");
    this.#read(authorization, "refresh");
    return this.#give();
  }

  /** @throws {XrpcError} where nobody is logged in who must be */
  check(authorization: string | undefined): void {
    if (this.#account) this.#read(authorization, "access");
  }

  expireAll(): void {
    for (const token of this.#good) if (token.startsWith("access")) this.#expire(token);
  }

  /** Nothing that was given is good any more, not even to renew. */
  forgetAll(): void {
    for (const token of this.#good) this.#expire(token);
  }

  #expire(token: string): void {
    this.#good.delete(token);
    this.#old.add(token);
  }

  #read(authorization: string | undefined, kind: "access" | "refresh"): void {
    const token = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
    if (token === undefined) throw new XrpcError(401, "AuthMissing", "Authentication Required");
    if (this.#old.has(token)) throw new XrpcError(400, "ExpiredToken", "Token has expired");
    if (!this.#good.has(token) || !token.startsWith(kind))
      throw new XrpcError(400, "InvalidToken", "Bad token");
    if (kind === "refresh") this.#expire(token);
  }

  #give(): object {
    this.#given += 1;
    const [accessJwt, refreshJwt] = [`access-${this.#given}`, `refresh-${this.#given}`];
    this.#good.add(accessJwt).add(refreshJwt);
    return {
      accessJwt,
      refreshJwt,
      did: "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa",
      handle: this.#account?.identifier,
    };
  }
}
