/**
 * How far the inboxes are read. What was read counts for minutes, and whoever has the folder's lease reads all of them, so
 * memory will do: a process that begins knows nothing of them, and has them read before it writes to anybody again.
 */
import type { Inbox } from "../../../domain/people/hearing.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { InboxStore } from "../../ports/inboxes.ts";

export interface Inboxes extends InboxStore {
  /** What a claim reads. */
  inboxOf(channel: string, account: string): Inbox;
}

const unread: Inbox = {};

export function createInboxes(clock: Pick<Clock, "now">): Inboxes {
  const channels = new Map<string, Map<string, Inbox>>();
  const inboxOf = (channel: string, account: string): Inbox => channels.get(channel)?.get(account) ?? unread;
  const put = (channel: string, account: string, inbox: Inbox): void => {
    const inboxes = channels.get(channel) ?? new Map<string, Inbox>();
    channels.set(channel, inboxes.set(account, inbox));
  };
  return {
    inboxOf,
    async wasRead(channel, account, beganMsAgo) {
      const { readAt = -Infinity } = inboxOf(channel, account);
      put(channel, account, { readAt: Math.max(readAt, clock.now() - beganMsAgo) });
    },
    async isShut(channel, account, { forMs, why }) {
      const { readAt } = inboxOf(channel, account);
      const trouble = { until: clock.now() + forMs, why };
      put(channel, account, { ...(readAt === undefined ? {} : { readAt }), trouble });
    },
    async shut(channel) {
      const shut = [...(channels.get(channel) ?? [])].flatMap(([account, { trouble }]) =>
        trouble ? [{ account, ...trouble }] : [],
      );
      return shut.toSorted((one, other) => other.until - one.until)[0];
    },
  };
}
