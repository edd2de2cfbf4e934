import type { Audience } from "../../../domain/people/audience.ts";
import type { BotParts } from "../../bot-parts.ts";
import { audienceKey } from "../../views/audiences/audience-cards.ts";

/** The audience that a button stands for; undefined when it is gone, or called otherwise by now. */
export async function audienceOfKey(
  { app }: Pick<BotParts, "app">,
  key: string,
): Promise<Audience | undefined> {
  return (await app.audiences.all()).find((one) => audienceKey(one) === key);
}
