/**
 * Requests from processes that look to the one that owns the data folder, in `data/requests/`. A request is a file
 * `<id>.json`; the owner takes it up by renaming it to `<id>.taken.json`, so either the owner has it or the asker can still
 * withdraw it; the answer is `<id>.answer.json`. Files are written whole, and a kill on either side leaves one of these
 * three: what was taken up and not answered is taken up again by the next owner, so whatever is requested must come to the
 * same when it is done twice.
 */
import { randomUUID } from "node:crypto";
import { readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../../lib/files/atomic-file.ts";
import { createFolder } from "../../../lib/files/sync-folder.ts";

/** The folder's name in the data folder. */
export const REQUESTS_FOLDER = "requests";

/** Answers that nobody came for go after a day, in ms. */
const KEEP_ANSWERS_MS = 24 * 3_600_000;

/** A request as its owner takes it up; what it says is checked by whoever knows requests. */
export interface TakenRequest {
  readonly id: string;
  /** As parsed from JSON; undefined when it is none. Fails alone where its file can't be read. */
  readonly read: () => Promise<unknown>;
}

export class RequestBox {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, REQUESTS_FOLDER);
  }

  /** Puts a request where the owner finds it; answers its id. Requests are taken up in the order they came. */
  async place(content: object, at: number): Promise<string> {
    await createFolder(this.#folder);
    const id = `${at}-${randomUUID()}`;
    await writeFileAtomically(this.#path(id, "json"), `${JSON.stringify(content)}\n`);
    return id;
  }

  /** The owner's answer as parsed from JSON; undefined while there is none. */
  async answerTo(id: string): Promise<unknown> {
    return readJson(this.#path(id, "answer.json"));
  }

  /** Takes a request back. Answers false when the owner has taken it up already. */
  async withdraw(id: string): Promise<boolean> {
    return rm(this.#path(id, "json")).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return false;
        throw error;
      },
    );
  }

  /** Removes all there is of a request; for its asker, once nobody else can be at it. */
  async forget(id: string): Promise<void> {
    for (const kind of ["json", "taken.json", "answer.json"]) await rm(this.#path(id, kind), { force: true });
  }

  /** Takes up everything requested, oldest first, and what an earlier owner took up and left. For the owner. */
  async take(): Promise<readonly TakenRequest[]> {
    const taken: TakenRequest[] = [];
    for (const name of (await this.#names()).toSorted()) {
      // No id has a dot in it: whatever stands between is another kind of file, such as an answer.
      const [, id, kind] = /^([^.]+)\.(json|taken\.json)$/.exec(name) ?? [];
      if (id === undefined) continue;
      const path = this.#path(id, "taken.json");
      const isTaken = kind === "taken.json" || (await moved(this.#path(id, "json"), path));
      if (isTaken) taken.push({ id, read: () => readJson(path) });
    }
    return taken;
  }

  /** Answers a request that was taken up. For the owner. */
  async answer(id: string, content: object): Promise<void> {
    await writeFileAtomically(this.#path(id, "answer.json"), `${JSON.stringify(content)}\n`);
    await rm(this.#path(id, "taken.json"), { force: true });
  }

  /** Removes answers that nobody came for. For the owner. @param now ms since the epoch */
  async prune(now: number): Promise<void> {
    for (const name of await this.#names()) {
      if (!name.endsWith(".answer.json")) continue;
      const path = join(this.#folder, name);
      const stats = await stat(path).catch(() => undefined);
      if (stats && stats.mtimeMs < now - KEEP_ANSWERS_MS) await rm(path, { force: true });
    }
  }

  #path(id: string, kind: string): string {
    return join(this.#folder, `${id}.${kind}`);
  }

  async #names(): Promise<readonly string[]> {
    return readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
  }
}

/** Answers false when it is gone: the asker took it back. */
async function moved(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
