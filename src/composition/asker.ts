/** Who asks the owner of the data folder to do something: it is their deed, whoever does it. */
import { z } from "zod";
import type { Actor } from "../domain/history/actor.ts";

const asked = z.object({
  asker: z.object({ kind: z.literal("terminal"), name: z.string().exactOptional() }),
});

/** A request with the one who makes it. Only commands ask so, each for the user of this computer who runs it. */
export function withAsker<R extends object>(request: R, name: string): R {
  return { ...request, asker: { kind: "terminal", name } };
}

/** Whose request it is; an older version did not say by what name. */
export function askerOf(content: unknown): Actor {
  return asked.safeParse(content).data?.asker ?? { kind: "terminal" };
}
