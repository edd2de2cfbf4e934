/** Followers of an account on X: newest first, as many to a page as are wanted. */
import { z } from "zod";
import { xPrices } from "../../lib/x-api/prices.ts";
import { unreadableAmong } from "../../lib/log/unreadable.ts";
import type { Page, PageRequest, Source, SourceFault, SourceManifest } from "../source.ts";
import { pageWithNext } from "./next-token.ts";
import { leadOf, PERSON_FIELDS, xId } from "./people.ts";
import type { XSourceParts } from "./questions.ts";
import { askX, notACursor, unreadable } from "./questions.ts";
import { parseAccount } from "./targets.ts";

/** The most that X gives at once. */
const PAGE_SIZE = 1000;

/**
 * Every row is paid for, so no more are asked for than are wanted, but for these: the list moves while it is paged
 * through, and a page of nothing but the rows that moved would bring nobody.
 */
const SPARE_ROWS = 20;

const manifest: SourceManifest = {
  name: "x-followers",
  targetKind: "account",
  pageSize: PAGE_SIZE,
  callLimit: { count: 300, windowMs: 15 * 60_000 },
  prices: { perPage: 0, perLead: xPrices.follower, asOf: xPrices.asOf },
  channel: "x",
};

const accountSchema = z.object({
  data: z.tuple([
    z.object({
      id: xId,
      protected: z.boolean().optional(),
      public_metrics: z.object({ followers_count: z.number().int().nonnegative() }).optional(),
    }),
  ]),
});
const pageSchema = z.object({
  data: z.array(z.unknown()).default([]),
});

/** Opens the source; it holds nothing that must be closed. */
export function openXFollowers(parts: XSourceParts): Source {
  return {
    manifest,
    parseTarget: parseAccount,
    page: (request, signal) => page(parts, request, signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Where a page begins: the account's id is asked for once, so that a target stays the same account when it is renamed. */
interface Start {
  readonly kind: "start";
  readonly id: string;
  readonly token?: string;
  readonly declaredTotal?: number;
}

async function page(
  parts: XSourceParts,
  request: PageRequest,
  signal: AbortSignal,
): Promise<Page | SourceFault> {
  const start =
    request.cursor === undefined ? await begin(parts, request.query, signal) : goOn(request.cursor);
  if (start.kind !== "start") return start;
  const { id, token, declaredTotal } = start;
  const { wanted = PAGE_SIZE } = request;
  const query = {
    max_results: String(Math.min(PAGE_SIZE, Math.max(1, wanted) + SPARE_ROWS)),
    "user.fields": PERSON_FIELDS,
    ...(token === undefined ? {} : { pagination_token: token }),
  };
  const answered = await askX(parts, `/2/users/${id}/followers`, query, signal);
  if (answered.kind === "fault") return answered.fault;
  const read = pageSchema.safeParse(answered.body).data;
  if (!read) return unreadable;
  const shown = {
    leads: read.data.flatMap((person) => leadOf(person) ?? []),
    rows: read.data.length,
    ...unreadableAmong(read.data.filter((person) => leadOf(person) === undefined)),
    ...(token === undefined ? { identity: id } : {}),
    ...(declaredTotal === undefined ? {} : { declaredTotal }),
  };
  return pageWithNext(shown, answered.body, (next) => `${id} ${next}`);
}

async function begin(
  parts: XSourceParts,
  username: string,
  signal: AbortSignal,
): Promise<Start | SourceFault> {
  const query = { usernames: username, "user.fields": "protected,public_metrics" };
  const answered = await askX(parts, "/2/users/by", query, signal);
  if (answered.kind === "fault") return answered.fault;
  const account = accountSchema.safeParse(answered.body).data?.data[0];
  if (!account) return unreadable;
  if (account.protected) return { kind: "targetGone", why: "xProtected" };
  const total = account.public_metrics?.followers_count;
  return { kind: "start", id: account.id, ...(total === undefined ? {} : { declaredTotal: total }) };
}

function goOn(cursor: string): Start | SourceFault {
  const [, id, token] = /^(\d{1,20}) (\S+)$/.exec(cursor) ?? [];
  return id === undefined || token === undefined ? notACursor : { kind: "start", id, token };
}
