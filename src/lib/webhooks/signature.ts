/**
 * Signatures as Standard Webhooks 1.0.0 asks for them (github.com/standard-webhooks, spec/standard-webhooks.md): HMAC-SHA256
 * over `id.timestamp.body`, one signature a secret, so that a secret can be changed while both are known.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";

/** The specification wants 24 bytes at least, and 64 at most. */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/** What is signed, and with what. */
export interface Signing {
  /** The same for every attempt at one message; without a full stop. */
  readonly id: string;
  /** Of the attempt, ms since the epoch. */
  readonly at: number;
  readonly body: string;
  /** The one in use first. */
  readonly secrets: readonly string[];
}

/** A new secret: `whsec_` and 32 random bytes in base64. */
export function createSecret(): string {
  return `${PREFIX}${randomBytes(32).toString("base64")}`;
}

/** The key in a secret; undefined when it is none. */
export function keyOf(secret: string): Buffer | undefined {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return undefined;
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  return key.length >= LEAST_BYTES && key.length <= MOST_BYTES ? key : undefined;
}

/** An id for whatever is told apart by this text: nothing of it shows in the id. */
export function webhookId(text: string): string {
  return `msg_${createHash("sha256").update(text).digest("base64url")}`;
}

/**
 * The three headers of a signed message.
 * @throws {Error} when a secret is none; it does not say which
 */
export function signedHeaders({ id, at, body, secrets }: Signing): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => {
    const key = keyOf(secret);
    if (!key) throw new Error("a secret of a webhook can't be used");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
