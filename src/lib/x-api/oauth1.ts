/** Signing by OAuth 1.0a with HMAC-SHA1 (RFC 5849, section 3): the header that says who asks, made from four keys. */
import { createHmac } from "node:crypto";

/** The keys of one account: those of the app, and those that the account gave this app. Secrets, all of them. */
export interface OAuth1Keys {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly accessToken: string;
  readonly accessSecret: string;
}

export interface RequestToSign {
  readonly method: "GET" | "POST";
  /** Scheme, host and path, without a query. */
  readonly url: string;
  /** The query's parameters, not yet encoded. A JSON body is not signed. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly keys: OAuth1Keys;
  /** ms since the epoch */
  readonly at: number;
  /** Different for every request. */
  readonly nonce: string;
}

/** Makes the `Authorization` header of a request. */
export function authorizationOf(request: RequestToSign): string {
  const { keys, at, nonce } = request;
  const own = {
    oauth_consumer_key: keys.apiKey,
    oauth_nonce: nonce,
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: String(Math.floor(at / 1000)),
    oauth_token: keys.accessToken,
    oauth_version: "1.0",
  };
  const signed = { ...own, oauth_signature: signatureOf(request, own) };
  const pairs = Object.entries(signed).map(([name, value]) => `${percent(name)}="${percent(value)}"`);
  return `OAuth ${pairs.toSorted().join(", ")}`;
}

/** Encodes as RFC 3986 wants it: every byte but letters, digits and `-._~`. */
export function percent(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function signatureOf({ method, url, parameters, keys }: RequestToSign, own: Record<string, string>): string {
  const pairs = Object.entries({ ...parameters, ...own }).map(([name, value]) => [
    percent(name),
    percent(value),
  ]);
  // Sorted by name and then by value, byte by byte: after encoding only ASCII is left, which JavaScript sorts alike.
  const sorted = pairs.map((pair) => pair.join("=")).toSorted(byNameThenValue);
  const base = [method, percent(url), percent(sorted.join("&"))].join("&");
  const key = `${percent(keys.apiSecret)}&${percent(keys.accessSecret)}`;
  return createHmac("sha1", key).update(base).digest("base64");
}

/** `a=` comes before `a1=` although `=` stands behind the digits. */
function byNameThenValue(one: string, other: string): number {
  const [left, right] = [one.replace("=", "\0"), other.replace("=", "\0")];
  return left < right ? -1 : Number(left > right);
}
