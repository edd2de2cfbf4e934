/**
 * Taking back and mending for a command: in this process when nobody owns the data folder, else by whoever owns it, followed
 * from here; and again in this process when that owner ends before it is over.
 */
import type { AmendingView } from "../app/amending/amending.ts";
import { followAmending } from "../app/amending/follow-amending.ts";
import type { AmendRequest, Amended, LookedAt, NotDecided, OpenPeyk } from "../cli/program-parts.ts";
import { readLease } from "../storage/files/folder/lease.ts";
import type { AskingParts } from "./ask-owner.ts";
import { beginAmending } from "./ask-owner.ts";

/** How often is looked, ms: memory costs nothing, the record of somebody else is read anew. */
const HERE_EVERY_MS = 200;
const THERE_EVERY_MS = 1000;

export interface AnywhereParts extends AskingParts {
  /** @throws {LeaseTakenError} when somebody owns the folder */
  readonly open: () => Promise<OpenPeyk>;
  readonly look: () => Promise<LookedAt>;
  readonly onProgress: (view: AmendingView) => void;
}

export async function amendAnywhere(
  request: AmendRequest,
  parts: AnywhereParts,
): Promise<Amended | NotDecided> {
  for (;;) {
    const answer = await beginAmending(request, { ...parts, here: () => amendHere(request, parts) });
    if ("problem" in answer || !answer.result.ok || answer.view) return answer;
    const view = await followThere(request, answer.result.number, parts);
    if (view) return { ...answer, view };
  }
}

async function amendHere(
  { campaignId, ...wanted }: AmendRequest,
  { open, clock, interrupted, onProgress }: AnywhereParts,
): Promise<Amended> {
  const peyk = await open();
  const { app } = peyk;
  try {
    const result = await app.amend(campaignId, { ...wanted, goesOn: true });
    if (!result.ok) return { result };
    const view = await followAmending({
      look: () => app.amendment(campaignId, result.number),
      clock,
      signal: interrupted,
      onProgress,
      isOwned: () => Promise.resolve(true),
      everyMs: HERE_EVERY_MS,
    });
    return { result, ...(view ? { view } : {}) };
  } finally {
    await peyk.close(); // interrupted, it goes on with the next start of Peyk, or of this command
  }
}

async function followThere(
  { campaignId }: AmendRequest,
  number: number,
  { look, clock, interrupted, onProgress, dataDir }: AnywhereParts,
): Promise<AmendingView | undefined> {
  const peyk = await look();
  const { app } = peyk;
  try {
    return await followAmending({
      look: () => app.amendment(campaignId, number),
      clock,
      signal: interrupted,
      onProgress,
      isOwned: async () => (await readLease(dataDir))?.isHeld ?? false,
      everyMs: THERE_EVERY_MS,
    });
  } finally {
    await peyk.close();
  }
}
