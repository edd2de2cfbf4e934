import { z } from "zod";
import { rowsOf, xId } from "./answer-shapes.ts";
import type { Reason } from "../../domain/reasons/reason.ts";

const userSchema = z.object({ id: xId, username: z.string() });
const errorSchema = z.object({
  value: z.string().optional().catch(undefined),
  resource_id: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  parameter: z.string().optional().catch(undefined),
  resource_type: z.string().optional().catch(undefined),
});
const bodySchema = z.object({
  data: rowsOf(userSchema),
  errors: rowsOf(errorSchema),
});

/** What X said of the names it was asked about, by lower-cased name. */
export interface UsersAnswer {
  readonly found: ReadonlyMap<string, string>;
  /** Why there is nobody. */
  readonly gone: ReadonlyMap<string, Reason>;
}

/**
 * Reads an answer of `users/by`; undefined when it is not what X promises. A row that can't be understood says nothing of
 * its name and spoils no other. A suspension shows in the words alone.
 */
export function usersIn(body: unknown): UsersAnswer | undefined {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return undefined;
  const found = new Map(parsed.data.data.map(({ id, username }) => [username.toLowerCase(), id]));
  const gone = new Map<string, Reason>();
  for (const error of parsed.data.errors) {
    const name = (error.value ?? error.resource_id ?? "").toLowerCase();
    if (!isAboutName(error) || found.has(name)) continue;
    const isSuspended = /suspended/.test((error.detail ?? "").toLowerCase().replaceAll(`[${name}]`, ""));
    gone.set(name, isSuspended ? "xPersonSuspended" : "noSuchName");
  }
  return { found, gone };
}

/** X may list what else it could not show: a pinned post, say, whose number is somebody's name. */
function isAboutName({
  type = "",
  parameter,
  resource_type: resource,
}: z.infer<typeof errorSchema>): boolean {
  const isOfName = parameter === undefined || /^usernames?$/.test(parameter);
  return type.endsWith("/resource-not-found") && (resource ?? "user") === "user" && isOfName;
}
