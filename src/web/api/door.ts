/**
 * Whom the interface lets in: whoever brings a token that somebody here made, and no web page, whatever it brings. Each token
 * may ask so often, and all who bring none together less.
 */
import type { Context, MiddlewareHandler } from "hono";
import type { Acting } from "../../app/history/history.ts";
import type { Tokens } from "../../app/hooks/tokens.ts";
import type { Clock } from "../../lib/clock.ts";
import type { BucketLimit } from "../../lib/pace/refilling-bucket.ts";
import { RefillingBucket } from "../../lib/pace/refilling-bucket.ts";
import type { ApiEnv } from "./api-env.ts";
import { ApiProblem } from "./problem.ts";

const OF_A_TOKEN: BucketLimit = { perSecond: 20, burst: 100 };
const OF_STRANGERS: BucketLimit = { perSecond: 1, burst: 20 };

/** Nothing longer is a token; the hash of a longer text is not worth its time. */
const LONGEST_TOKEN = 200;

export interface DoorParts {
  readonly app: Pick<Acting, "as"> & { readonly tokens: Pick<Tokens, "whose" | "list"> };
  readonly clock: Pick<Clock, "now">;
}

/** Lets in whoever shows a token, under its name; @throws {ApiProblem} for everybody else. */
export function tokenDoor({ app, clock }: DoorParts): MiddlewareHandler<ApiEnv> {
  const buckets = new Map<string, RefillingBucket>();
  const strangers = new RefillingBucket(OF_STRANGERS, clock.now());
  return async (c, next) => {
    const actor = await actorOf(c, app.tokens);
    const now = clock.now();
    if (actor === undefined) {
      take(strangers, now);
      throw new ApiProblem((await app.tokens.list()).length === 0 ? "off" : "noToken");
    }
    const bucket = buckets.get(actor) ?? new RefillingBucket(OF_A_TOKEN, now);
    buckets.set(actor, bucket);
    take(bucket, now);
    c.set("actor", actor);
    await app.as({ kind: "http", name: actor }, next);
  };
}

async function actorOf(c: Context, tokens: DoorParts["app"]["tokens"]): Promise<string | undefined> {
  const [, token] = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  return token === undefined || token.length > LONGEST_TOKEN ? undefined : tokens.whose(token);
}

function take(bucket: RefillingBucket, now: number): void {
  const readyAt = bucket.readyAt(now);
  if (readyAt > now)
    throw new ApiProblem("tooFast", { retryAfterS: Math.max(1, Math.ceil((readyAt - now) / 1000)) });
  bucket.take(now);
}
