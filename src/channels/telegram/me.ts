import { z } from "zod";

const me = z.object({ username: z.string() });

/** The bot's username in what getMe answers; undefined when that is something else. */
export function meOf(result: unknown): string | undefined {
  return me.safeParse(result).data?.username;
}
