import { z } from "zod";

const userSchema = z.object({ id: z.string().regex(/^\d{1,19}$/), username: z.string() });
const errorSchema = z.object({
  value: z.string().optional().catch(undefined),
  resource_id: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
});
const bodySchema = z.object({
  data: z.array(userSchema).default([]),
  errors: z.array(errorSchema).default([]),
});

/** What X said of the names it was asked about, by lower-cased name. */
export interface UsersAnswer {
  readonly found: ReadonlyMap<string, string>;
  /** Why there is nobody. */
  readonly gone: ReadonlyMap<string, string>;
}

/** Reads an answer of `users/by`; undefined when it is not what X promises. A suspension shows in the words alone. */
export function usersIn(body: unknown): UsersAnswer | undefined {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return undefined;
  const found = new Map(parsed.data.data.map(({ id, username }) => [username.toLowerCase(), id]));
  const gone = new Map<string, string>();
  for (const { value, resource_id: id, type = "", detail = "" } of parsed.data.errors) {
    const name = (value ?? id ?? "").toLowerCase();
    const isAboutName = type.endsWith("/resource-not-found") && !found.has(name);
    if (isAboutName)
      gone.set(name, /suspended/i.test(detail) ? "X has suspended this person" : "no such name");
  }
  return { found, gone };
}
