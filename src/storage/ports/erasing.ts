/**
 * The port of erasing people. Whoever is recorded here is written to no more from that moment on; their names go from all
 * stores when nobody has them open, or at once where a database takes all of them out in one step. What stays is a keyed hash, by which they are known when they come again.
 */
import type { PersonToErase } from "../../domain/people/erased.ts";

export interface ErasureRequest extends PersonToErase {
  /** Who wants it: an operator's Telegram id, or the name of a program. */
  readonly by: string;
  /** ms since the epoch */
  readonly at: number;
  /** The chat that is to hear of it once it is done. */
  readonly chatId?: number;
}

export interface Erasing {
  /** On disk, and binding, when it resolves. Asked for twice it is one. */
  record(request: ErasureRequest): Promise<void>;
  /** Tells whether a name, or what stands for one, is of somebody who was erased. */
  has(username: string): boolean;
  /** The same of a platform's id. */
  hasId(id: string): boolean;
  /** Resolves when something is recorded that waits for the stores to be closed; never where they stay open for it. */
  readonly isWanted: Promise<void>;
  /** Chats that are to hear that an erasure is done, each once it is taken. */
  toTell(): Promise<readonly number[]>;
  /** Takes a chat off {@link toTell}. */
  told(chatId: number): Promise<void>;
}
