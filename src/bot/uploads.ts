/** Files that operators send, on this disk for as long as they are being read. Their names here are made up. */
import { randomUUID } from "node:crypto";
import { open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import pRetry, { AbortError } from "p-retry";
import type { Clock } from "../lib/clock.ts";
import { createFolder } from "../lib/sync-folder.ts";

/** Most bytes a bot may fetch (getFile, Bot API 10.1), and most a list may have. */
export const MOST_UPLOAD_BYTES = 20 * 1024 * 1024;

const DOWNLOAD_TIMEOUT_MS = 120_000;
/** After the first try; p-retry waits one and two seconds before them. */
const DOWNLOAD_RETRIES = 2;
const KEPT_MS = 24 * 3_600_000;

interface UploadFolderOptions {
  readonly folder: string;
  readonly apiRoot: string;
  readonly token: string;
  readonly clock: Clock;
}

export type Fetched =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problem: "tooBig" | "notFetched" };

/** The folder of uploads. */
export class UploadFolder {
  readonly #options: UploadFolderOptions;

  constructor(options: UploadFolderOptions) {
    this.#options = options;
  }

  /** Fetches a file that was sent to the bot. The address holds the token, so failures come back without it. */
  async fetch(api: Api, fileId: string): Promise<Fetched> {
    const path = join(this.#options.folder, randomUUID());
    try {
      await createFolder(this.#options.folder);
      const isWhole = await pRetry(() => this.#download(api, fileId, path), {
        retries: DOWNLOAD_RETRIES,
        shouldRetry: ({ error }) => !(error instanceof GrammyError),
      });
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
  async #download(api: Api, fileId: string, path: string): Promise<boolean> {
    const { file_path: remote } = await api.getFile(fileId);
    if (remote === undefined) throw new AbortError("the file can't be fetched");
    const { apiRoot, token } = this.#options;
    return download(`${apiRoot}/file/bot${token}/${remote}`, path);
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

  /** Removes what unfinished dialogues left behind more than a day ago. */
  async prune(): Promise<void> {
    const { folder, clock } = this.#options;
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found && clock.now() - found.mtimeMs > KEPT_MS) await this.remove(path);
    }
  }
}

/** Writes what lies at the address to the path; false when it is more than an upload may be. */
async function download(address: string, path: string): Promise<boolean> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
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
