/** The secret of this computer's own pages: who has it may open them. Kept between starts, so that bookmarks live. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { writeFileAtomically } from "../files/atomic-file.ts";
import { isOpenToOthers, isOwn } from "../files/private-files.ts";

/** 32 random bytes as base64url. */
const KEY = /^[\w-]{43}$/;

/** Makes a key that nobody can guess. */
export function newPageKey(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Reads the key kept in a file, or makes one and keeps it there.
 *
 * One that others could have read, or put there, is no secret any more: a new one takes its place.
 */
export async function openPageKey(path: string): Promise<string> {
  const kept = await keptKey(path);
  if (kept !== undefined) return kept;
  const key = newPageKey();
  await writeFileAtomically(path, `${key}\n`);
  return key;
}

async function keptKey(path: string): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { mode, uid } = await file.stat();
    const isOurs = isOwn(uid) && !isOpenToOthers(mode);
    const text = (await file.readFile("utf8")).trim();
    return isOurs && KEY.test(text) ? text : undefined;
  } finally {
    await file.close();
  }
}

/** Compares two secrets in a time that says nothing about where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
