/** People as X shows them. */
import { z } from "zod";
import type { Lead } from "../../domain/collecting/lead.ts";

/** What to ask for beside id, name and username. */
export const PERSON_FIELDS = "protected,public_metrics,receives_your_dm";

/** Ids are decimal texts of up to 19 digits; a number in their place is one only where it has lost none. */
export const xId = z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^\d{1,20}$/));

const personSchema = z.object({
  id: xId,
  username: z.string().regex(/^\w{1,40}$/),
  name: z.string().optional().catch(undefined),
  receives_your_dm: z.boolean().optional().catch(undefined),
  public_metrics: z.object({ followers_count: z.number().int().nonnegative() }).optional().catch(undefined),
});

/** Reads one person; undefined where it is not readable. */
export function leadOf(person: unknown): Lead | undefined {
  const known = personSchema.safeParse(person).data;
  if (!known) return undefined;
  const { id, username, name, receives_your_dm: takes, public_metrics: metrics } = known;
  return {
    id,
    username: username.toLowerCase(),
    ...(name ? { displayName: name } : {}),
    details: {
      ...(metrics ? { followers: String(metrics.followers_count) } : {}),
      ...(takes === undefined ? {} : { takesMessages: takes ? "yes" : "no" }),
    },
  };
}
