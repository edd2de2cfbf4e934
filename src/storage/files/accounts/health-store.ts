/** How the accounts of each channel stood, in `data/accounts.json`, replaced as a whole at every change. */
import { z } from "zod";
import type { ChannelHealth } from "../../../domain/accounts/channel-health.ts";
import type { DocumentParts } from "../../../lib/files/document.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { reason } from "../campaigns/reason-schema.ts";
import type { HealthStore } from "../../ports/accounts.ts";

const moment = z.number();
const rest = z.strictObject({ until: moment, why: reason });

const health = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("active") }),
  z.strictObject({ kind: z.literal("resting"), until: moment, why: reason }),
  z.strictObject({ kind: z.literal("left"), trouble: z.enum(["locked", "loggedOut"]), why: reason }),
]);

const pace = z.strictObject({
  factor: z.number().gt(0).lt(1),
  limit: z.strictObject({ count: z.int().positive(), windowMs: z.number().positive() }),
});

const channelSchema: z.ZodType<ChannelHealth> = z.strictObject({
  outage: rest.extend({ opened: z.int().positive() }).exactOptional(),
  rest: rest.exactOptional(),
  accounts: z.record(z.string(), z.strictObject({ health, pace: pace.exactOptional() })),
});

type Channels = Readonly<Record<string, ChannelHealth>>;

export interface HealthStoreOptions {
  /** Throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told when the file can't be understood: it was set aside, and every account counts as well. */
  readonly onProblem: (error: Error) => void;
}

/** Opens the document; the file is first written when an account gets into trouble. */
export async function openHealthStore(path: string, parts: HealthStoreOptions): Promise<HealthStore> {
  const { beforeWrite = () => undefined, onProblem } = parts;
  const format: DocumentParts<Channels> = {
    version: 1,
    schema: z.record(z.string(), channelSchema),
    initial: {},
    beforeWrite,
    onSetAside: onProblem,
  };
  const document = await openDocument(path, format);
  return {
    get: (channel) => document.get()[channel],
    save: async (channel, accounts) =>
      void (await document.update((all) => ({ ...all, [channel]: accounts }))),
  };
}
