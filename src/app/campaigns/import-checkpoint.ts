import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import type { CampaignId } from "../../domain/campaign.ts";
import { parseUsername } from "../../domain/people/username.ts";
import type { AppParts } from "../app-parts.ts";
import { campaignIdProblems, nameCampaign } from "./campaign-id.ts";

/** Why a file is no checkpoint: `broken` has no list of sent names; or its task id names no campaign that could be here. */
export type CheckpointProblem = (typeof checkpointProblems)[number];

export const checkpointProblems = [
  ...(["noFile", "tooBig", "broken", "noTaskId"] as const),
  ...campaignIdProblems,
] as const;

export type CheckpointImport =
  | {
      readonly kind: "imported";
      readonly campaignId: CampaignId;
      /** In the file. */
      readonly names: number;
      /** Of them not known from an earlier import. */
      readonly added: number;
    }
  | { readonly kind: "problem"; readonly problem: CheckpointProblem };

/** Some millions of names; whatever is larger is no checkpoint. */
const MAX_BYTES = 256 << 20;

/** Older tools leave fields out and may write names as numbers; the names alone are needed. */
const schema = z.object({
  task_id: z.union([z.string(), z.number()]).nullish(),
  sent_usernames: z.array(z.union([z.string(), z.number()])),
});

type Parts = Pick<AppParts, "campaigns" | "ledgers" | "engine" | "events" | "clock">;

/**
 * Takes in the names of a checkpoint: they are added to those this task id is known to have written to, and none of them gets
 * the campaign's message, whether the campaign comes later, is there, or is just running.
 */
export async function honourCheckpoint(parts: Parts, checkpoint: Checkpoint): Promise<CheckpointImport> {
  const { names } = checkpoint;
  const named = await nameCampaign(parts.campaigns, checkpoint.campaignId);
  if (!named.ok) return { kind: "problem", problem: named.problem };
  const campaignId = named.id;
  const at = parts.clock.now();
  const added = await parts.ledgers.honour(campaignId, names);
  parts.events.emit({ kind: "checkpointLoaded", campaignId, at, names: names.size });
  const open = (await parts.campaigns.get(campaignId)) && (await parts.engine.find(campaignId));
  open?.lookAgain(); // perhaps nobody is left to send to
  return { kind: "imported", campaignId, names: names.size, added };
}

/** Whom a task id has written to. */
export interface Checkpoint {
  readonly campaignId: CampaignId;
  readonly names: ReadonlySet<string>;
}

/**
 * Reads a checkpoint file (names sent to under `sent_usernames`), written by hand or by an older tool. The task id is the
 * file's own, else the one in its name `task_checkpoint_<id>.json`.
 */
export async function readCheckpoint(
  path: string,
): Promise<Checkpoint | { readonly problem: CheckpointProblem }> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
  if (size === undefined) return { problem: "noFile" };
  if (size > MAX_BYTES) return { problem: "tooBig" };
  const content = schema.safeParse(parseJson(await readFile(path)));
  if (!content.success) return { problem: "broken" };
  const { task_id: given, sent_usernames: spelled } = content.data;
  const campaignId = String(given ?? "").trim() || idInName(path);
  if (campaignId === undefined) return { problem: "noTaskId" };
  return { campaignId, names: new Set(spelled.map((raw) => nameOf(String(raw)))) };
}

function parseJson(bytes: Buffer): unknown {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return JSON.parse(bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function idInName(path: string): string | undefined {
  return /^task_checkpoint_(.+)\.json$/i.exec(basename(path))?.[1];
}

/** What is no username to us was one to the other tool: it is kept as it is, and harms nobody. */
function nameOf(raw: string): string {
  const parsed = parseUsername(raw);
  return parsed.ok ? parsed.username : raw.trim().toLowerCase();
}
