/** What must be kept of a subscriber. */
import { z } from "zod";
import type { Subscriber } from "../../../domain/people/subscriber.ts";
import { subscriberStates } from "../../../domain/people/subscriber.ts";

const telegramId = z.int();

export const subscriberSchema: z.ZodType<Subscriber> = z.strictObject({
  id: telegramId.positive(),
  username: z.string().min(1).exactOptional(),
  formerly: z.array(z.string().min(1)).exactOptional(),
  firstName: z.string(),
  languageCode: z.string().exactOptional(),
  chosenLanguage: z.string().exactOptional(),
  source: z.string().exactOptional(),
  chatId: telegramId.exactOptional(),
  state: z.enum(subscriberStates),
  at: z.number(),
});
