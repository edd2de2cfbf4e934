/** Checks OAuth 1.0a signatures as RFC 5849 describes them: HMAC-SHA1, query parameters signed, JSON bodies not. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** The four values that a person copies from X's console. */
export interface Keys {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly accessToken: string;
  readonly accessSecret: string;
}

export interface SignedRequest {
  readonly method: string;
  /** With scheme, host, port and query. */
  readonly url: URL;
  readonly authorization: string | undefined;
}

/** Longest time that a signature's clock may be off, in ms. */
const CLOCK_MS = 5 * 60_000;

/** Knows the keys of all accounts and every nonce that was used. */
export class SignatureCheck {
  readonly #byToken: ReadonlyMap<string, Keys>;
  readonly #nonces = new Set<string>();

  constructor(keys: readonly Keys[]) {
    this.#byToken = new Map(keys.map((one) => [one.accessToken, one]));
  }

  /** Answers the keys a request is rightly signed with; a nonce works once. */
  verify(request: SignedRequest, now: number): Keys | undefined {
    const given = oauthParameters(request.authorization);
    const keys = this.#byToken.get(given.get("oauth_token") ?? "");
    if (!keys || given.get("oauth_consumer_key") !== keys.apiKey) return undefined;
    if (given.get("oauth_signature_method") !== "HMAC-SHA1") return undefined;
    if ((given.get("oauth_version") ?? "1.0") !== "1.0") return undefined;
    const seconds = Number(given.get("oauth_timestamp"));
    if (!(Math.abs(seconds * 1000 - now) <= CLOCK_MS)) return undefined;
    const nonce = given.get("oauth_nonce") ?? "";
    const isNew = nonce !== "" && !this.#nonces.has(`${seconds} ${nonce}`);
    if (!isNew || !isSame(given.get("oauth_signature") ?? "", signature(request, given, keys)))
      return undefined;
    this.#nonces.add(`${seconds} ${nonce}`);
    return keys;
  }
}

/** What stands in the header, decoded; nothing where there is no such header. */
export function oauthParameters(authorization: string | undefined): Map<string, string> {
  const pairs = /^OAuth\s+(.*)$/is.exec(authorization ?? "")?.[1]?.split(/,\s*/) ?? [];
  return new Map(
    pairs.flatMap((pair) => {
      const [, name, value] = /^([\w.]+)="([^"]*)"$/.exec(pair.trim()) ?? [];
      return name === undefined || value === undefined ? [] : [[name, decoded(value)] as const];
    }),
  );
}

function signature(request: SignedRequest, given: ReadonlyMap<string, string>, keys: Keys): string {
  const signed = [...given].filter(([name]) => name !== "oauth_signature" && name !== "realm");
  const all = [...signed, ...request.url.searchParams]
    .map(([name, value]): [string, string] => [encoded(name), encoded(value)])
    .toSorted(([a, aValue], [b, bValue]) => compare(a, b) || compare(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const address = `${request.url.protocol}//${request.url.host}${request.url.pathname}`;
  const base = [request.method.toUpperCase(), encoded(address), encoded(all)].join("&");
  const key = `${encoded(keys.apiSecret)}&${encoded(keys.accessSecret)}`;
  return createHmac("sha1", key).update(base).digest("base64");
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** RFC 3986: everything but letters, digits and `-._~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
