/**
 * What is written down about the playground's world, one JSON line each. The world is the fold of its records
 * (world-state.ts), so a killed process finds everything again: messages, edits, files, unconfirmed updates, ids.
 */
import type { BotCommand, Message, Update } from "grammy/types";
import { z } from "zod";

/** A file that somebody sent; its bytes lie under `path` in the file store. */
export interface StoredFile {
  readonly fileId: string;
  readonly uniqueId: string;
  /** Path as getFile answers it, e.g. `documents/file_3.csv`. */
  readonly path: string;
  readonly name: string;
  readonly mimeType: string;
  readonly size: number;
}

/** One thing that happened; short keys because edits make many lines. */
export type WorldRecord =
  | { readonly t: "bot"; readonly token: string }
  /** The last numbers given out, so that none is given twice after old records are dropped. */
  | { readonly t: "ids"; readonly message: number; readonly update: number; readonly file: number }
  | { readonly t: "file"; readonly file: StoredFile }
  /** A new message, or the new state of one that was edited. */
  | { readonly t: "message"; readonly message: Message }
  | { readonly t: "deleted"; readonly chat: number; readonly id: number }
  /** Queued for the bot at `at` (ms since the epoch). */
  | { readonly t: "update"; readonly update: Update; readonly at: number }
  /** The bot asked for updates from here on: earlier ones are done with. */
  | { readonly t: "confirmed"; readonly before: number }
  | { readonly t: "allowed"; readonly kinds: readonly string[] }
  | { readonly t: "answered"; readonly query: string }
  | { readonly t: "blocked"; readonly person: number; readonly on: boolean }
  | { readonly t: "pinned"; readonly chat: number; readonly id: number; readonly on: boolean }
  /** Commands of one scope and language; none: deleted. */
  | {
      readonly t: "commands";
      readonly scope: string;
      readonly language: string;
      readonly commands: readonly BotCommand[];
    }
  /** Name, description or short description of the bot in one language. */
  | { readonly t: "profile"; readonly field: string; readonly language: string; readonly text: string };

const message = z.custom<Message>((value) => z.looseObject({ message_id: z.int() }).safeParse(value).success);
const update = z.custom<Update>((value) => z.looseObject({ update_id: z.int() }).safeParse(value).success);
const storedFile = z.object({
  fileId: z.string(),
  uniqueId: z.string(),
  path: z.string(),
  name: z.string(),
  mimeType: z.string(),
  size: z.int(),
});

const worldRecord: z.ZodType<WorldRecord> = z.discriminatedUnion("t", [
  z.object({ t: z.literal("bot"), token: z.string() }),
  z.object({ t: z.literal("ids"), message: z.int(), update: z.int(), file: z.int() }),
  z.object({ t: z.literal("file"), file: storedFile }),
  z.object({ t: z.literal("message"), message }),
  z.object({ t: z.literal("deleted"), chat: z.int(), id: z.int() }),
  z.object({ t: z.literal("update"), update, at: z.number() }),
  z.object({ t: z.literal("confirmed"), before: z.int() }),
  z.object({ t: z.literal("allowed"), kinds: z.array(z.string()) }),
  z.object({ t: z.literal("answered"), query: z.string() }),
  z.object({ t: z.literal("blocked"), person: z.int(), on: z.boolean() }),
  z.object({ t: z.literal("pinned"), chat: z.int(), id: z.int(), on: z.boolean() }),
  z.object({
    t: z.literal("commands"),
    scope: z.string(),
    language: z.string(),
    commands: z.array(z.object({ command: z.string(), description: z.string() })),
  }),
  z.object({ t: z.literal("profile"), field: z.string(), language: z.string(), text: z.string() }),
]);

/**
 * Reads one line of the state file.
 * @throws Error (from JSON or zod) when the line is not a record of this version
 */
export function parseWorldRecord(line: string): WorldRecord {
  return worldRecord.parse(JSON.parse(line));
}
