/** What is told of a store that goes away and comes back. */
import { TroubledError } from "../lib/trouble.ts";
import type { StoreNews } from "./store-away.ts";

/** What people are told of it; undefined: what was told before says it. */
export function troubleOf(news: StoreNews): TroubledError | undefined {
  if (news.kind === "back") {
    const seconds = Math.ceil(news.afterMs / 1000);
    if (seconds === 0) return undefined;
    const text = `The database is back after ${seconds} s. Peyk goes on.`;
    return new TroubledError(text, { code: "storeBack", with: { seconds } });
  }
  if (news.why === "silentTooLong") {
    const text =
      "This Peyk was silent for so long that others took over what it was sending. It goes on now.";
    return new TroubledError(text, { code: "storeSilent" });
  }
  const text =
    "The database can't be reached, or refuses what it is asked. Nothing is sent until it is back; Peyk goes on by itself then.";
  return new TroubledError(text, { code: "storeAway" });
}
