/**
 * The file `.env`: what stands in it, whether it may be believed, and what it may say. Promises that a file, which may
 * lie in any folder Peyk is started in, sends no secret of the environment anywhere.
 */
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { parse } from "dotenv";
import type { Trouble } from "../lib/trouble.ts";
import { isOpenToOthers, isOwn } from "../lib/files/private-files.ts";

/** Variables by name; an empty value counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvFile {
  readonly variables: Environment;
  /** Worth knowing. */
  readonly notes: readonly Trouble[];
}

const ROOT = 0;

/** Reads the file; one that is not there says nothing. */
export function readEnvFile(file: string): EnvFile | { readonly problem: Trouble } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const { mode, uid } = fstatSync(descriptor);
    if (isForeign(uid)) return { problem: { code: "settingsForeign", with: { file } } };
    const bytes = readFileSync(descriptor);
    // Windows PowerShell writes UTF-16 when output is redirected; read as UTF-8 every variable would be silently lost.
    if (bytes.includes(0)) return { problem: { code: "settingsNotUtf8", with: { file } } };
    return {
      variables: parse(bytes.toString("utf8").replace(/^\uFEFF/, "")),
      notes: isOpenToOthers(mode) ? [{ code: "settingsOpen", with: { file } }] : [],
    };
  } catch (error) {
    const system = error instanceof Error && "code" in error ? String(error.code) : "?";
    if (system === "ENOENT") return { variables: {}, notes: [] };
    return { problem: { code: "settingsUnreadable", with: { file, system } } };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Root, as in a container, reads whatever it is given. */
function isForeign(uid: number): boolean {
  return !isOwn(uid) && !isOwn(ROOT) && uid !== ROOT;
}

/** Where secrets are sent: which variable names the place, and which hold what goes there. */
const destinations: readonly {
  readonly place: string;
  readonly secrets: readonly string[];
  /** The place when nothing is said, which is no redirection. */
  readonly usual?: string;
}[] = [
  { place: "TELEGRAM_API_ROOT", secrets: ["BOT_TOKEN"], usual: "https://api.telegram.org" },
  { place: "X_API_BASE_URL", secrets: ["X_ACCOUNTS_FILE"], usual: "https://api.x.com" },
  { place: "BLUESKY_SERVICE_URL", secrets: ["BLUESKY_APP_PASSWORD"], usual: "https://bsky.social" },
  { place: "TIKTOK_API_BASE_URL", secrets: ["TIKTOK_API_KEY"] },
  // The driver of PostgreSQL takes the password from there when the address has none.
  { place: "DATABASE_URL", secrets: ["PGPASSWORD"] },
];

/**
 * Tells which lines of the file would send a secret that came from the environment to a place that the file chose.
 */
export function redirections(file: string, inFile: Environment, env: Environment): readonly Trouble[] {
  const isSet = (variables: Environment, name: string): boolean => (variables[name] ?? "").trim() !== "";
  return destinations.flatMap(({ place, secrets, usual }) => {
    const chosen = (inFile[place] ?? "").trim().replace(/\/+$/, "");
    if (chosen === "" || chosen === usual || env[place] !== undefined) return [];
    return secrets
      .filter((secret) => isSet(env, secret))
      .map((secret) => ({ code: "redirected", with: { setting: place, file, secret } }));
  });
}
