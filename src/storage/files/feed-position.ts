/** How a place in a file's log is named to those who copy it, and found again by that name. */
import type { LogPosition } from "../../lib/log/log-part.ts";
import { LOG_START } from "../../lib/log/log-part.ts";
import type { FeedPosition } from "../ports/sync.ts";
import { FEED_START } from "../ports/sync.ts";

export function feedPosition({ offset, lines, fingerprint }: LogPosition): FeedPosition {
  return offset === 0 ? FEED_START : { cursor: `${offset}:${fingerprint}`, lines };
}

/** Undefined for a name that no log gave. */
export function logPosition({ cursor, lines }: FeedPosition): LogPosition | undefined {
  if (cursor === FEED_START.cursor) return LOG_START;
  const [, offset, fingerprint] = /^(\d{1,15}):([0-9a-f]+)$/.exec(cursor) ?? [];
  return offset === undefined || fingerprint === undefined
    ? undefined
    : { offset: Number(offset), lines, fingerprint };
}
