/** What must be kept of an audience. */
import { z } from "zod";
import type { ConditionedAudience, Conditions, KeptList } from "../../../domain/people/audience.ts";

const texts = z.array(z.string()).min(1);

const conditionsSchema: z.ZodType<Conditions> = z.strictObject({
  sources: texts.exactOptional(),
  languages: texts.exactOptional(),
  joinedSince: z.number().exactOptional(),
  got: texts.exactOptional(),
  notGot: texts.exactOptional(),
  answered: texts.exactOptional(),
  notAnswered: texts.exactOptional(),
  tags: texts.exactOptional(),
  withoutTags: texts.exactOptional(),
});

const common = { name: z.string().min(1), at: z.number(), ask: z.string() };

export type StoredKeptList = KeptList & { readonly listId: string };
export type StoredAudience = ConditionedAudience | StoredKeptList;

export const storedAudience: z.ZodType<StoredAudience> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("list"),
    ...common,
    count: z.int().nonnegative(),
    columns: z.array(z.string()),
    origin: z.string(),
    listId: z.string(),
  }),
  z.strictObject({ kind: z.literal("conditions"), ...common, conditions: conditionsSchema }),
]);
