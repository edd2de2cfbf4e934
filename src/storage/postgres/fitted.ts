/** What was kept, as this version understands it. */
import type { ZodType } from "zod";
import { TroubledError } from "../../lib/trouble.ts";

/**
 * Answers a value that fits, and throws for another one with every place where it doesn't; that stays as it is.
 * @param what Names it, e.g. `webhooks`
 */
export function fitted<T>(schema: ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const problems = issues.map(({ path, message }) => `${path.join(".") || "value"}: ${message}`);
  const places = issues.map(({ path }) => path.join(".") || "value");
  throw new TroubledError(`${what} in the database can't be used: ${problems.join("; ")}`, {
    code: "document",
    with: { path: what, what: { code: "unfit", with: { text: places.join(", ") } } },
  });
}
