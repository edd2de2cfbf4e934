import { recipientNameOf } from "../domain/people/subscriber.ts";
import type { OptOutParts } from "../storage/files/ledger/opt-out-count.ts";
import type { SubscriberStore, SuppressionStore } from "../storage/ports/people.ts";

interface Parts {
  readonly suppression: Pick<SuppressionStore, "list">;
  readonly subscribers: Pick<SubscriberStore, "all">;
}

/** Who opted out: by their word on the do-not-send list, and of Telegram also by leaving or blocking the bot. */
export function createOptedOut({ suppression, subscribers }: Parts): OptOutParts["optedOut"] {
  return async function* optedOut(channel, since) {
    const listed = new Set<string>();
    for await (const { username, reason, at } of suppression.list()) {
      if (reason !== "optedOut" || at <= since) continue;
      listed.add(username);
      yield { username, at };
    }
    if (channel !== "telegram") return;
    for await (const subscriber of subscribers.all()) {
      const [username, { state, at }] = [recipientNameOf(subscriber), subscriber];
      const hasLeft = state === "stopped" || state === "blocked";
      if (hasLeft && at > since && !listed.has(username)) yield { username, at };
    }
  };
}
