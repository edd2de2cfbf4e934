import { open } from "node:fs/promises";
import type { Trouble } from "../trouble.ts";
import { isOpenToOthers } from "./private-files.ts";

/** One thing wrong with a file: in English for logs and programs, and for whoever runs Peyk. */
export type Flaw = readonly [english: string, trouble: Trouble];

/**
 * Reads a JSON file that holds keys: refused when others on this machine can read it, and never quoted.
 * @param fail Makes the error of what is wrong with it
 */
export async function readKeysFile(path: string, fail: (flaw: Flaw) => Error): Promise<unknown> {
  const text = await readPrivately(path, fail);
  try {
    return JSON.parse(text);
  } catch {
    throw fail(["it is not JSON", { code: "notJson" }]); // JSON.parse's own words would quote the keys
  }
}

/** One handle for looking and reading, so that what was looked at is what is read. */
async function readPrivately(path: string, fail: (flaw: Flaw) => Error): Promise<string> {
  await using file = await open(path).catch(({ code: system = "?" }: NodeJS.ErrnoException) => {
    throw fail(
      system === "ENOENT"
        ? ["there is no such file", { code: "accountsMissing" }]
        : [`it can't be read (${system})`, { code: "accountsUnreadable", with: { system } }],
    );
  });
  const stats = await file.stat();
  if (!stats.isFile()) throw fail(["it is not a file", { code: "accountsNoFile" }]);
  if (isOpenToOthers(stats.mode))
    throw fail([
      `others on this machine can read it, and it holds keys. Run: chmod 600 ${path}`,
      { code: "accountsOpen", with: { path } },
    ]);
  const bytes = await file.readFile();
  if (bytes.includes(0)) throw fail(["it is not saved as UTF-8 text", { code: "accountsNotUtf8" }]);
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}
