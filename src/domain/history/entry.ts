/**
 * What the history says: that somebody set about a deed, and how it ended. Both are entries of their own, so that a deed over
 * which Peyk was killed is there too, as one of which nobody knows whether it was done.
 */
import type { Actor } from "./actor.ts";

/** Every deed that is recorded; the locales say each (`deed-<name>`). */
export const recordedDeeds = [
  "start",
  "testSend",
  "pause",
  "resume",
  "goFirst",
  "cancel",
  "retryFailed",
  "startNow",
  "moveStart",
  "change",
  "addNames",
  "takeBack",
  "mend",
  "pauseAmending",
  "resumeAmending",
  "stopAmending",
  "resolve",
  "honourCheckpoint",
  "cleanup",
  "export",
  "suppress",
  "unsuppress",
  "collect",
  "pauseLeads",
  "resumeLeads",
  "cancelLeads",
  "resetLeads",
  "exportLeads",
  "keepAudience",
  "renameAudience",
  "beginWelcome",
  "welcomeOn",
  "welcomeOff",
  "removeAudience",
  "tag",
  "untag",
  "giveRole",
  "takeRole",
  "approvalOn",
  "approvalOff",
  "approve",
  "sendBack",
  "answersOn",
  "answersOff",
  "replyTo",
  "cancelFollowUps",
  "confirmRestored",
  "backup",
  "erase",
  "exportPerson",
  "exportHistory",
  "exportSuppressed",
  "restore",
  "moveToDatabase",
  "moveToFiles",
  "addToken",
  "revokeToken",
  "addWebhook",
  "removeWebhook",
  "rotateWebhook",
  "resumeWebhook",
  "syncOn",
  "syncOff",
] as const;

export type RecordedDeed = (typeof recordedDeeds)[number];

/** What a deed is about. Never the text of a message, and no secret. */
export interface About {
  readonly campaign?: string;
  /** A list of leads, an audience, or a tag: by the name that operators gave it. */
  readonly list?: string;
  /** How many people, or whatever the deed counts. */
  readonly count?: number;
  /** The few people whom it was about by name; where there are more, only their number is kept. */
  readonly people?: readonly string[];
  /** What of it: codes, such as the settings that were changed, the decision, the format. */
  readonly what?: readonly string[];
}

/** `refused`: things did not stand so that it could be done. `failed`: something was in the way. */
export type DeedEnd = "done" | "refused" | "failed";

export interface Begun {
  readonly t: "begun";
  readonly deed: RecordedDeed;
  readonly by: Actor;
  readonly about: About;
}

export interface Ended {
  readonly t: "ended";
  /** Number of the entry that it is the end of. */
  readonly of: number;
  readonly end: DeedEnd;
  /** Why it was refused, as a code. */
  readonly problem?: string;
  /** How many it turned out to be about. */
  readonly count?: number;
  /** The list of leads that it turned out to be. */
  readonly list?: string;
}

export type EntryContent = Begun | Ended;

/** `n`: its number, from 1 and without gaps; `at`: ms since the epoch. */
export type HistoryEntry = EntryContent & { readonly n: number; readonly at: number };

/** One deed from its beginning to its end. */
export interface HistoryDeed extends Omit<Begun, "t"> {
  /** Number of the entry that began it. */
  readonly n: number;
  readonly at: number;
  /** Absent: it is under way, or Peyk was stopped over it and nobody knows whether it was done. */
  readonly ended?: Omit<Ended, "t" | "of"> & { readonly at: number };
}

/** Puts beginnings and ends together. @returns The oldest first */
export function deedsIn(entries: Iterable<HistoryEntry>): readonly HistoryDeed[] {
  const deeds = new Map<number, HistoryDeed>();
  for (const entry of entries) {
    if (entry.t === "begun") {
      const { t: _, ...begun } = entry;
      deeds.set(entry.n, begun);
      continue;
    }
    const begun = deeds.get(entry.of);
    const { t: _, of, n: __, ...ended } = entry;
    if (begun) deeds.set(of, { ...begun, ended });
  }
  return [...deeds.values()];
}
