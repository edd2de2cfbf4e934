/**
 * The checkpoint file `task_checkpoint_<task_id>.json`, also as older tools write it: whom
 * the message was sent to, how many that are, how many failed, and when that was so.
 * A snapshot of the journal for people and other programs; Peyk itself only trusts it for names its journal lacks.
 */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import type { CampaignId } from "../../../domain/campaign.ts";
import { parseUsername } from "../../../domain/people/username.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import { TroubledError } from "../../../lib/trouble.ts";

const schema = z.object({ task_id: z.string().optional(), sent_usernames: z.array(z.string()) });

/** A checkpoint file that can't be read as one. It is left as it is. */
export class BrokenCheckpointError extends TroubledError {
  override readonly name = "BrokenCheckpointError";
}

export interface CheckpointFile {
  /** Checksum of the bytes: tells our own last snapshot from a file somebody else put there. */
  readonly crc: number;
  /** Names marked as sent, normalised; read on demand because it may hold millions. */
  readonly names: () => ReadonlySet<string>;
}

export function checkpointPath(folder: string, id: CampaignId): string {
  return join(folder, `task_checkpoint_${id}.json`);
}

/** Reads a checkpoint file; undefined when there is none. */
export async function readCheckpoint(path: string): Promise<CheckpointFile | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  return { crc: crc32(bytes), names: () => parseNames(bytes, path) };
}

/** Names in checkpoint files of a folder that spell the task id in another case than the campaign does. */
export async function namesInOtherSpellings(folder: string, id: CampaignId): Promise<ReadonlySet<string>> {
  const own = `task_checkpoint_${id}.json`;
  const names = new Set<string>();
  for (const file of await readdir(folder).catch(absent)) {
    if (file === own || file.toLowerCase() !== own.toLowerCase()) continue;
    for (const name of (await readCheckpoint(join(folder, file)))?.names() ?? []) names.add(name);
  }
  return names;
}

function absent(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

function parseNames(bytes: Buffer, path: string): ReadonlySet<string> {
  try {
    const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
    const names = schema.parse(JSON.parse(text)).sent_usernames.map((raw) => {
      const parsed = parseUsername(raw);
      return parsed.ok ? parsed.username : raw.trim().toLowerCase();
    });
    return new Set(names);
  } catch {
    throw new BrokenCheckpointError(
      `${path} is not a checkpoint: expected {"task_id", "sent_usernames": [...]}. Mend it or move it away.`,
      { code: "checkpoint", with: { path } },
    );
  }
}

export interface CheckpointContent {
  readonly campaignId: CampaignId;
  /** Names sent, in list order, some thousand at a time. */
  readonly sent: AsyncIterable<readonly string[]>;
  /** Recipients surely without a message although they were tried. */
  readonly failed: number;
  /** ms since the epoch */
  readonly at: number;
}

/** How many names a checkpoint holds, and the checksum by which it is known again. */
export interface WrittenCheckpoint {
  readonly names: number;
  readonly crc: number;
}

/** Writes the snapshot in pieces, so that millions of names never hold up the chat. */
export async function writeCheckpoint(path: string, content: CheckpointContent): Promise<WrittenCheckpoint> {
  let [names, crc] = [0, 0];
  async function* pieces(): AsyncGenerator<string> {
    yield `{"task_id":${JSON.stringify(content.campaignId)},"sent_usernames":[`;
    for await (const batch of content.sent) {
      if (batch.length === 0) continue;
      yield (names === 0 ? "" : ",") + batch.map((name) => JSON.stringify(name)).join(",");
      names += batch.length;
    }
    const timestamp = new Date(content.at).toISOString();
    yield `],"total_sent":${names},"total_failed":${content.failed},"timestamp":"${timestamp}"}\n`;
  }
  async function* counted(): AsyncGenerator<string> {
    for await (const piece of pieces()) {
      crc = crc32(piece, crc);
      yield piece;
    }
  }
  await writeFileAtomically(path, counted());
  return { names, crc };
}
