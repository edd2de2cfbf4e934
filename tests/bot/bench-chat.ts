/** What the bot on a bench keeps between two starts: in memory and a folder, or in PostgreSQL as the program keeps it. */
import type { Update } from "grammy/types";
import type { PeykBotOptions } from "../../src/bot/bot-options.ts";
import type { Document, DocumentDescription } from "../../src/bot/documents.ts";
import {
  alertsDocument,
  conversationsDocument,
  draftsDocument,
  heardDocument,
  leadMessagesDocument,
  operatorSettingsDocument,
  progressDocument,
  savedTextsDocument,
  toldAnswersDocument,
} from "../../src/bot/documents.ts";
import type { SentElsewhere } from "../../src/composition/stores/stores.ts";

export type Documents = Pick<
  PeykBotOptions,
  | "settings"
  | "progress"
  | "heard"
  | "leadMessages"
  | "alerts"
  | "toldAnswers"
  | "drafts"
  | "texts"
  | "conversations"
>;

/** What a bot that starts is given. */
type Given = Documents & Pick<PeykBotOptions, "spool" | "keepAside" | "uploads">;

export interface BenchChat extends AsyncDisposable {
  /** For the next bot: what the one before wrote is read anew where it is kept. */
  open(): Promise<Given>;
  /** After that bot has stopped. */
  close(): Promise<void>;
  /** Those of the bot that was given them last. */
  readonly documents: Documents;
  /** Where what operators send lies, if that is on no disk. */
  readonly sent?: SentElsewhere;
  /** By what everything is known that operators sent and that is still kept. */
  uploaded(): Promise<readonly string[]>;
  /** What was sent before a kill, and is nobody's by now. */
  putUpload(content: string): Promise<void>;
  /** All that was sent was sent long ago. */
  ageUploads(): Promise<void>;
  /** An update that the bot had in hand at so many deaths, which never ended; while no bot runs. */
  putUpdate(update: unknown, deaths: number): Promise<void>;
  /** Resolves when nothing is being written down: only then a clock that is moved by hand finds everybody waiting for it. */
  written(): Promise<void>;
  /** Updates that are not handled any more. */
  setAside(): Promise<readonly Update[]>;
}

/** All of them, each as it is opened. */
export async function documentsFrom(
  open: <T>(description: DocumentDescription<T>) => Document<T> | Promise<Document<T>>,
): Promise<Documents> {
  return {
    settings: await open(operatorSettingsDocument),
    progress: await open(progressDocument),
    heard: await open(heardDocument),
    leadMessages: await open(leadMessagesDocument),
    alerts: await open(alertsDocument),
    toldAnswers: await open(toldAnswersDocument),
    drafts: await open(draftsDocument),
    texts: await open(savedTextsDocument),
    conversations: await open(conversationsDocument),
  };
}

/** Reads what was given as an update. */
export function updateIn(value: unknown): Update {
  if (
    typeof value === "object" &&
    value !== null &&
    "update_id" in value &&
    typeof value.update_id === "number"
  )
    return { ...value, update_id: value.update_id };
  throw new Error("that is no update");
}
