/** Files with made-up names in a folder of this disk, which is made when it is missing. */
import { randomUUID } from "node:crypto";
import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PRIVATE_FILE } from "./private-files.ts";
import { createFolder } from "./sync-folder.ts";

export class UploadFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  newPath(): string {
    return join(this.#folder, randomUUID());
  }

  async write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    await createFolder(this.#folder);
    await writeFile(path, content, { mode: PRIVATE_FILE });
  }

  async has(path: string): Promise<boolean> {
    return stat(path).then(
      () => true,
      () => false,
    );
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  async all(): Promise<readonly { readonly path: string; readonly at: number }[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const found = names.map(async (name) => {
      const path = join(this.#folder, name);
      const at = await stat(path).catch(() => undefined);
      return at ? [{ path, at: at.mtimeMs }] : [];
    });
    return (await Promise.all(found)).flat();
  }
}
