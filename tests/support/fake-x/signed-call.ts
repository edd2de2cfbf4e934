/** A caller that signs as RFC 5849 asks, written apart from the server's own check. */
import { createHmac, randomBytes } from "node:crypto";
import type { Keys } from "./signature.ts";

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

export interface CallOptions {
  readonly method?: string;
  readonly json?: unknown;
  /** ms since the epoch */
  readonly at?: number;
  readonly nonce?: string;
}

/** Calls `address` + `path`, where the path has its query. */
export async function signedCall(
  address: string,
  keys: Keys,
  path: string,
  options: CallOptions = {},
): Promise<Answered> {
  const method = options.method ?? (options.json === undefined ? "GET" : "POST");
  const response = await fetch(address + path, {
    method,
    headers: {
      authorization: authorization(new URL(address + path), keys, { ...options, method }),
      ...(options.json === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

function authorization(
  url: URL,
  keys: Keys,
  { method = "GET", at = Date.now(), nonce }: CallOptions,
): string {
  const oauth: Record<string, string> = {
    oauth_consumer_key: keys.apiKey,
    oauth_nonce: nonce ?? randomBytes(16).toString("hex"),
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: String(Math.floor(at / 1000)),
    oauth_token: keys.accessToken,
    oauth_version: "1.0",
  };
  const pairs = [...Object.entries(oauth), ...url.searchParams].map(
    ([name, value]) => `${percent(name)}=${percent(value)}`,
  );
  const base = `${method}&${percent(url.origin + url.pathname)}&${percent(pairs.toSorted().join("&"))}`;
  const key = `${percent(keys.apiSecret)}&${percent(keys.accessSecret)}`;
  const signed = { ...oauth, oauth_signature: createHmac("sha1", key).update(base).digest("base64") };
  return `OAuth ${Object.entries(signed)
    .map(([name, value]) => `${name}="${percent(value)}"`)
    .join(", ")}`;
}

function percent(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) =>
      /[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");
}
