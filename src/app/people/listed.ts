/** Whether somebody is on the do-not-send list: whoever stands on it under one of their names does under each of them. */
import type { SkipReason } from "../../domain/recipient.ts";
import { namesOfSubscriber } from "../../domain/people/subscriber.ts";
import type { SubscriberStore, SuppressionStore } from "../../storage/ports/people.ts";

interface Parts {
  readonly suppression: Pick<SuppressionStore, "reasonFor">;
  readonly subscribers: Pick<SubscriberStore, "find">;
}

/** Why nobody may write to a name through a channel; undefined: it is not on the list. */
export async function listedAs(
  { suppression, subscribers }: Parts,
  channel: string,
  username: string,
): Promise<SkipReason | undefined> {
  const person = channel === "telegram" ? await subscribers.find(username) : undefined;
  const names = [username, ...(person ? namesOfSubscriber(person) : [])];
  const reasons = await Promise.all(names.map((name) => suppression.reasonFor(name)));
  return reasons.find((reason) => reason !== undefined);
}
