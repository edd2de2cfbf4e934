/** What a process does of all there is to do, where several share a database: all of it, the chat, or the rest. */
import type { ServedPart } from "../../app/serving.ts";
import type { Duties, Offer } from "../../storage/ports/duties.ts";

/** The duty of whoever listens to what operators say. */
export const CHAT_DUTY = "chat";

/** It is never given. */
const VAIN: Offer = { [Symbol.asyncDispose]: () => Promise.resolve() };

/** The duties of which this process only offers its part. */
export function dutiesOf(part: ServedPart | undefined, duties: Duties): Duties {
  if (part === undefined || part === "everything") return duties;
  return {
    offer: (duty, work, how) =>
      (duty === CHAT_DUTY) === (part === "chat") ? duties.offer(duty, work, how) : VAIN,
    holders: () => duties.holders(),
  };
}
