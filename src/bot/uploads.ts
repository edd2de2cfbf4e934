/** Files that operators send, on this disk for as long as they are being read. Their names here are made up. */
import { randomUUID } from "node:crypto";
import { open, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import pRetry, { AbortError } from "p-retry";
import type { UpdateWork } from "./intake/update-work.ts";
import type { Clock } from "../lib/clock.ts";
import { PRIVATE_FILE } from "../lib/files/private-files.ts";
import { createFolder } from "../lib/files/sync-folder.ts";

/** Most bytes a bot may fetch (getFile, Bot API 10.1), and most a list may have. */
export const MOST_UPLOAD_BYTES = 20 * 1024 * 1024;

const DOWNLOAD_TIMEOUT_MS = 120_000;
/** After the first try; p-retry waits one and two seconds before them. */
const DOWNLOAD_RETRIES = 2;
const KEPT_MS = 7 * 24 * 3_600_000;

interface UploadFolderParts {
  readonly folder: string;
  readonly apiRoot: string;
  readonly token: string;
  readonly clock: Clock;
}

export type Fetched =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problem: "tooBig" | "notFetched" };

/** Work on an update, as far as files depend on it. */
type KeptFor = Pick<UpdateWork, "signal" | "end">;

/** The folder of uploads. */
export class UploadFolder {
  readonly #parts: UploadFolderParts;

  constructor(parts: UploadFolderParts) {
    this.#parts = parts;
  }

  /**
   * Fetches a file that was sent to the bot; nothing of it stays when the work ends early. The address holds the token, so
   * failures come back without it.
   * @param work What it is fetched for
   */
  async fetch(api: Api, fileId: string, work: KeptFor): Promise<Fetched> {
    const { signal } = work;
    const path = join(this.#parts.folder, randomUUID());
    this.removeIfLeft(path, work);
    try {
      await createFolder(this.#parts.folder);
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
    const { apiRoot, token } = this.#parts;
    const address = fileAddress(`${apiRoot}/file/bot${token}/`, remote);
    if (address === undefined) throw new AbortError("the file lies in no place of this bot's");
    return download(address, { path, signal });
  }

  /** Removes a file when the dialogue that it is worked on for is left meanwhile. */
  removeIfLeft(path: string, work: KeptFor): void {
    const leave = (): void => {
      if (work.end === "left") void this.remove(path);
    };
    work.signal.addEventListener("abort", leave, { once: true });
  }

  /** Writes a content among the uploads; undefined when it can't be read. */
  async keep(content: AsyncIterable<Uint8Array>, work: KeptFor): Promise<string | undefined> {
    const path = join(this.#parts.folder, randomUUID());
    this.removeIfLeft(path, work);
    await createFolder(this.#parts.folder);
    return writeFile(path, content, { mode: PRIVATE_FILE }).then(
      () => path,
      () => this.remove(path).then(() => undefined),
    );
  }

  /** Tells whether a fetched file is still here. */
  async has(path: string): Promise<boolean> {
    return stat(path).then(
      () => true,
      () => false,
    );
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /**
   * Removes what nobody comes back to: files that no open dialogue mentions, as a kill leaves them, and those of dialogues
   * that were left open for a week. To be called before anything is fetched.
   * @param dialogues Whatever the open dialogues keep, as text
   */
  async prune(dialogues: string): Promise<void> {
    const { folder, clock } = this.#parts;
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      const isOld = found !== undefined && clock.now() - found.mtimeMs > KEPT_MS;
      if (isOld || !dialogues.includes(name)) await this.remove(path);
    }
  }

  /** Removes the files that a dialogue mentions, when it is left without its end. */
  async forget(dialogue: string): Promise<void> {
    const { folder } = this.#parts;
    for (const name of await readdir(folder).catch(() => []))
      if (dialogue.includes(name)) await this.remove(join(folder, name));
  }
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

/** Writes what lies at the address to the path; false when it is more than an upload may be. */
async function download(address: string, { path, signal }: Target): Promise<boolean> {
  const until = AbortSignal.any([AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS), signal]);
  const answer = await fetch(address, { redirect: "manual", signal: until });
  if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
  await using file = await open(path, "w", 0o600);
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_UPLOAD_BYTES) return false;
    await file.write(chunk);
  }
  return true;
}
