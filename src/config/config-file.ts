/**
 * The file `.env`: what stands in it, whether it may be believed, and what it may say. Promises that a file, which may
 * lie in any folder Peyk is started in, sends no secret of the environment anywhere.
 */
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { parse } from "dotenv";
import { isOpenToOthers, isOwn } from "../lib/files/private-files.ts";

/** Variables by name; an empty value counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvFile {
  readonly variables: Environment;
  /** Worth knowing, one line each. */
  readonly notes: readonly string[];
}

const ROOT = 0;

/** Reads the file; one that is not there says nothing. */
export function readEnvFile(file: string): EnvFile | { readonly problem: string } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const { mode, uid } = fstatSync(descriptor);
    if (isForeign(uid)) return { problem: "belongs to another user, so it is not read" };
    const bytes = readFileSync(descriptor);
    // Windows PowerShell writes UTF-16 when output is redirected; read as UTF-8 every variable would be silently lost.
    if (bytes.includes(0)) return { problem: "is not saved as UTF-8 text" };
    return {
      variables: parse(bytes.toString("utf8").replace(/^\uFEFF/, "")),
      notes: isOpenToOthers(mode)
        ? [`${file} can be read by others on this machine. Run: chmod 600 ${file}`]
        : [],
    };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return code === "ENOENT" ? { variables: {}, notes: [] } : { problem: `can't be read (${code})` };
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
 * @returns One line each, for people
 */
export function redirections(file: string, inFile: Environment, env: Environment): readonly string[] {
  const isSet = (variables: Environment, name: string): boolean => (variables[name] ?? "").trim() !== "";
  return destinations.flatMap(({ place, secrets, usual }) => {
    const chosen = (inFile[place] ?? "").trim().replace(/\/+$/, "");
    if (chosen === "" || chosen === usual || env[place] !== undefined) return [];
    return secrets
      .filter((secret) => isSet(env, secret))
      .map(
        (secret) =>
          `${place}: stands in ${file}, but ${secret} comes from the environment, and a file may not say where that goes. Set both in one place.`,
      );
  });
}
