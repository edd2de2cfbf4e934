/**
 * The snapshot of a campaign's fold, `journal.snapshot` beside its journal: what the journal came to up to a place in it,
 * so that the next opening reads only what comes after. It is never the truth: one that is damaged, of another version or
 * of another journal is ignored, and the journal read from its start.
 *
 * One header of JSON, then numbers as the machine has them, then a checksum of all before:
 * `PEYKFOLD`, length of the header (uint32), header, padding to eight bytes, moments and ordinals (float64), revisions
 * (uint16), states, attempts (bytes), ids of people (JSON), CRC-32 (uint32).
 */
import { readFile, stat } from "node:fs/promises";
import { endianness } from "node:os";
import { crc32 } from "node:zlib";
import { z } from "zod";
import type { UsageImage } from "../../../domain/accounts/budget.ts";
import type { FoldImage } from "../../../domain/fold-image.ts";
import { recipientStates } from "../../../domain/recipient.ts";
import { rulesText } from "../../../domain/transitions.ts";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import type { LogPosition } from "../../../lib/log/log-part.ts";
import { bytesAfter } from "../../../lib/log/log-part.ts";

/** The file's name in a campaign's folder. */
export const SNAPSHOT_FILE = "journal.snapshot";

const MAGIC = "PEYKFOLD";

/** To be raised with any change of what is kept, or of how a journal is folded. */
const FORMAT = 3;

export interface FoldSnapshot {
  readonly fold: FoldImage;
  /** What the campaign itself debited to its accounts. */
  readonly use: readonly UsageImage[];
  /** Checkpoints of our own: how many names each held, by its checksum. */
  readonly ours: ReadonlyMap<number, number>;
  /** Up to where in the journal. */
  readonly position: LogPosition;
}

const pairs = z.array(z.tuple([z.number(), z.number()]));

const headerSchema = z.object({
  /** What the numbers mean; a header with another one is of another version. */
  meaning: z.string(),
  size: z.int(),
  tally: z.object({
    claims: z.int(),
    uncalled: z.int(),
    firsts: z.int(),
    fared: z.object({
      since: z.int(),
      sent: z.int(),
      refused: z.int(),
      failed: z.int(),
      lastRefused: z.array(z.int()).readonly(),
      lastFailed: z.array(z.int()).readonly(),
    }),
  }),
  position: z.object({ offset: z.int(), lines: z.int(), fingerprint: z.string() }),
  /** When the journal was changed last, ms since the epoch; `position` was its end, or it has grown since. */
  changedAt: z.number(),
  /** Counts of moments; without messages: they are the calls. */
  accounts: z.array(z.object({ account: z.string(), calls: z.int(), messages: z.int().optional() })),
  waiting: z.int(),
  hasRevisions: z.boolean(),
  open: z.array(
    z.tuple([
      z.number(),
      z.object({
        id: z.number(),
        account: z.string(),
        attempt: z.number(),
        at: z.number(),
        language: z.string().exactOptional(),
        waits: z.literal(true).exactOptional(),
      }),
    ]),
  ),
  people: z.int(),
  left: z.array(z.number()),
  again: z.array(z.tuple([z.number(), z.boolean()])),
  ours: pairs,
});

type Header = z.infer<typeof headerSchema>;

function meaning(): string {
  return `${FORMAT} ${endianness()} ${recipientStates.join()} ${crc32(rulesText())}`;
}

/**
 * Writes it in the place of the one before; answers its size in bytes.
 * @param beforeWrite Throws when this process may write no more; asked again when all but the end is written
 */
export async function writeSnapshot(
  path: string,
  journalPath: string,
  snapshot: FoldSnapshot,
  beforeWrite: () => void = () => undefined,
): Promise<number> {
  const { mtimeMs } = await stat(journalPath);
  // Of nothing the checksum would be 0.
  const pieces = encoded(snapshot, mtimeMs).filter(({ length }) => length > 0);
  let crc = 0;
  for (const piece of pieces) crc = crc32(piece, crc);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc);
  function* checked(): Generator<Buffer> {
    yield* pieces;
    beforeWrite();
    yield checksum;
  }
  await writeFileAtomically(path, checked());
  return pieces.reduce((bytes, { length }) => bytes + length, checksum.length);
}

function encoded({ fold, use, ours, position }: FoldSnapshot, changedAt: number): readonly Buffer[] {
  const { states, attempts, revisions, waiting, tally, open, people, left, again } = fold;
  const header: Header = {
    meaning: meaning(),
    size: states.length,
    tally,
    position,
    changedAt,
    accounts: use.map(({ account, calls, messages }) => ({
      account,
      calls: calls.length,
      ...(messages === calls ? {} : { messages: messages.length }),
    })),
    waiting: waiting.length,
    hasRevisions: revisions !== undefined,
    open: open.map(([ordinal, claim]) => [ordinal, claim]),
    people: people.length,
    left: [...left],
    again: again.map(([ordinal, claimed]) => [ordinal, claimed]),
    ours: [...ours],
  };
  const moments = use.flatMap(({ calls, messages }) => (messages === calls ? [calls] : [calls, messages]));
  return [
    headerBytes(header),
    ...moments.map((one) => bytesOf(Float64Array.from(one))),
    bytesOf(Float64Array.from(waiting.flat())),
    bytesOf(Float64Array.from(people, ([, ordinal]) => ordinal)),
    ...(revisions ? [bytesOf(revisions)] : []),
    bytesOf(states),
    bytesOf(attempts),
    Buffer.from(JSON.stringify(people.map(([id]) => id))),
  ];
}

function headerBytes(header: Header): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = MAGIC.length + 4 + text.length;
  const bytes = Buffer.alloc(Math.ceil(length / 8) * 8);
  bytes.write(MAGIC, "latin1");
  bytes.writeUInt32LE(text.length, MAGIC.length);
  text.copy(bytes, MAGIC.length + 4);
  return bytes;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Uint16Array | Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Why a snapshot is of no use, in a few words. */
export class UselessSnapshotError extends Error {
  override readonly name = "UselessSnapshotError";
}

/**
 * Reads the snapshot of a journal of so many recipients, or of fewer where names joined since; undefined where there is
 * none.
 * @throws {UselessSnapshotError} for one that must be ignored
 */
export async function readSnapshot(
  path: string,
  journalPath: string,
  size: number,
): Promise<FoldSnapshot | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  const { header, body } = parsed(bytes);
  if (header.size > size) throw new UselessSnapshotError("has more names than the campaign");
  const after = await bytesAfter(journalPath, header.position);
  if (after === undefined) throw new UselessSnapshotError("is of another journal");
  // Nothing was appended since, so nothing else may have been changed either.
  if (after === 0 && (await stat(journalPath)).mtimeMs !== header.changedAt)
    throw new UselessSnapshotError("is older than the journal's last change");
  return decoded(header, body);
}

function parsed(bytes: Buffer): { readonly header: Header; readonly body: Buffer } {
  const end = bytes.length - 4;
  const textAt = MAGIC.length + 4;
  if (end < textAt || bytes.toString("latin1", 0, MAGIC.length) !== MAGIC)
    throw new UselessSnapshotError("is no snapshot");
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) throw new UselessSnapshotError("is damaged");
  const length = bytes.readUInt32LE(MAGIC.length);
  const known = headerSchema.safeParse(JSON.parse(bytes.toString("utf8", textAt, textAt + length)));
  if (!known.success || known.data.meaning !== meaning())
    throw new UselessSnapshotError("is of another version");
  return { header: known.data, body: bytes.subarray(Math.ceil((textAt + length) / 8) * 8, end) };
}

function decoded(header: Header, body: Buffer): FoldSnapshot {
  let at = 0;
  const next = (length: number): ArrayBuffer => {
    const piece = new Uint8Array(length);
    body.copy(piece, 0, at, at + length);
    at += length;
    return piece.buffer;
  };
  const numbers = (count: number): readonly number[] => plain(new Float64Array(next(count * 8)));
  const use = header.accounts.map(({ account, calls: callCount, messages: messageCount }) => {
    const calls = numbers(callCount);
    return { account, calls, messages: messageCount === undefined ? calls : numbers(messageCount) };
  });
  const dues = numbers(header.waiting * 2);
  const waiting = Array.from(
    { length: header.waiting },
    (_, index) => [dues[index * 2] ?? 0, dues[index * 2 + 1] ?? 0] as const,
  );
  const ordinals = numbers(header.people);
  const { size, tally, open, left, again, position, ours } = header;
  const revisions = header.hasRevisions ? { revisions: new Uint16Array(next(size * 2)) } : {};
  const states = new Uint8Array(next(size));
  const attempts = new Uint8Array(next(size));
  const ids: unknown = JSON.parse(body.toString("utf8", at));
  if (!isTexts(ids)) throw new UselessSnapshotError("is damaged");
  const people = ids.map((id, index) => [id, ordinals[index] ?? 0] as const);
  const fold = { states, attempts, ...revisions, tally, open, waiting, people, left, again };
  return { fold, use, ours: new Map(ours), position };
}

/** Ten times as fast as Array.from. */
function plain(numbers: Float64Array): readonly number[] {
  const all: number[] = [];
  for (let index = 0; index < numbers.length; index++) all.push(numbers[index] ?? 0);
  return all;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
