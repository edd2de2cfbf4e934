/** Files that operators send, kept for as long as they are being read. What they are known by is made up. */
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import pRetry, { AbortError } from "p-retry";
import type { UpdateWork } from "./intake/update-work.ts";
import type { Clock } from "../lib/clock.ts";

/** Where they are kept. */
export interface UploadPlace {
  /** What the next one is to be known by: a path of this disk or whatever else the place understands, unlike any other's. */
  newPath(): string;
  /** Keeps a content by that, in place of what was there; of one that breaks off nothing need stay. */
  write(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  has(path: string): Promise<boolean>;
  /** Removes what is there, if anything is. */
  remove(path: string): Promise<void>;
  /** All that are kept, and since when, ms since the epoch. */
  all(): Promise<readonly { readonly path: string; readonly at: number }[]>;
}

/** Most bytes a bot may fetch (getFile, Bot API 10.1), and most a list may have. */
export const MOST_UPLOAD_BYTES = 20 * 1024 * 1024;

const DOWNLOAD_TIMEOUT_MS = 120_000;
/** After the first try; p-retry waits one and two seconds before them. */
const DOWNLOAD_RETRIES = 2;
const KEPT_MS = 7 * 24 * 3_600_000;

interface UploadsParts {
  readonly place: UploadPlace;
  readonly apiRoot: string;
  readonly token: string;
  readonly clock: Clock;
}

export type Fetched =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problem: "tooBig" | "notFetched" };

/** Work on an update, as far as files depend on it. */
type KeptFor = Pick<UpdateWork, "signal" | "end">;

export class Uploads {
  readonly #parts: UploadsParts;

  constructor(parts: UploadsParts) {
    this.#parts = parts;
  }

  /**
   * Fetches a file that was sent to the bot; nothing of it stays when the work ends early. The address holds the token, so
   * failures come back without it.
   * @param work What it is fetched for
   */
  async fetch(api: Api, fileId: string, work: KeptFor): Promise<Fetched> {
    const { signal } = work;
    const path = this.#parts.place.newPath();
    this.removeIfLeft(path, work);
    try {
      const isWhole = await pRetry(() => this.#download(api, fileId, { path, signal }), {
        retries: DOWNLOAD_RETRIES,
        signal,
        shouldRetry: ({ error }) => !(error instanceof GrammyError),
      });
      if (work.end === "left") await this.remove(path);
      if (isWhole) return { ok: true, path };
      await this.remove(path);
      return { ok: false, problem: "tooBig" };
    } catch (error) {
      await this.remove(path);
      const isTooBig = error instanceof GrammyError && /too big/i.test(error.description);
      return { ok: false, problem: isTooBig ? "tooBig" : "notFetched" };
    }
  }

  /** Reading twice harms nobody, so a connection that breaks is tried again. */
  async #download(api: Api, fileId: string, { path, signal }: Target): Promise<boolean> {
    const { file_path: remote } = await api.getFile(fileId);
    if (remote === undefined) throw new AbortError("the file can't be fetched");
    const { apiRoot, token, place } = this.#parts;
    const address = fileAddress(`${apiRoot}/file/bot${token}/`, remote);
    if (address === undefined) throw new AbortError("the file lies in no place of this bot's");
    return download(address, signal, (content) => place.write(path, content));
  }

  /** Removes a file when the dialogue that it is worked on for is left meanwhile. */
  removeIfLeft(path: string, work: KeptFor): void {
    const leave = (): void => {
      // One that stays is removed at the next start.
      if (work.end === "left") this.remove(path).catch(() => undefined);
    };
    work.signal.addEventListener("abort", leave, { once: true });
  }

  /** Writes a content among the uploads; undefined when it can't be read. */
  async keep(content: AsyncIterable<Uint8Array>, work: KeptFor): Promise<string | undefined> {
    const { place } = this.#parts;
    const path = place.newPath();
    this.removeIfLeft(path, work);
    return place.write(path, content).then(
      () => path,
      () => this.remove(path).then(() => undefined),
    );
  }

  /** Tells whether a fetched file is still there. */
  async has(path: string): Promise<boolean> {
    return this.#parts.place.has(path);
  }

  async remove(path: string): Promise<void> {
    await this.#parts.place.remove(path);
  }

  /**
   * Removes what nobody comes back to: files that no open dialogue mentions, as a kill leaves them, and those of dialogues
   * that were left open for a week. To be called before anything is fetched.
   * @param dialogues Whatever the open dialogues keep, as text
   */
  async prune(dialogues: string): Promise<void> {
    const { place, clock } = this.#parts;
    for (const { path, at } of await place.all())
      if (clock.now() - at > KEPT_MS || !isMentioned(path, dialogues)) await this.remove(path);
  }

  /** Removes the files that a dialogue mentions, when it is left without its end. */
  async forget(dialogue: string): Promise<void> {
    for (const { path } of await this.#parts.place.all())
      if (isMentioned(path, dialogue)) await this.remove(path);
  }
}

/** By its name: a folder may be called otherwise by now, and its names are like no others. */
function isMentioned(path: string, dialogues: string): boolean {
  return dialogues.includes(path.slice(path.search(/[^/\\]+$/)));
}

interface Target {
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * The address of a file below the folder of this bot's files.
 * @param remote As the Bot API names it, e.g. `documents/file_1.csv`
 * @returns Undefined when it would lead out of that folder
 */
export function fileAddress(folder: string, remote: string): string | undefined {
  const names = remote.split("/");
  const isInside = names.every((name) => name !== "" && !/^\.+$/.test(name) && !/[\\%\p{Cc}]/u.test(name));
  return isInside ? folder + names.map(encodeURIComponent).join("/") : undefined;
}

/** Writes what lies at the address; false when it is more than an upload may be. */
async function download(
  address: string,
  signal: AbortSignal,
  write: (content: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<boolean> {
  const until = AbortSignal.any([AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS), signal]);
  const answer = await fetch(address, { redirect: "manual", signal: until });
  if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> = answer.body;
  async function* asFarAsItMay(): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > MOST_UPLOAD_BYTES) return;
      yield chunk;
    }
  }
  await write(asFarAsItMay());
  return bytes <= MOST_UPLOAD_BYTES;
}
