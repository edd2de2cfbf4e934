/**
 * When in a backup a file's turn comes: whatever says how far something was dealt with comes before what was done by it, and
 * words of people that bind come last, so that none is missing that something else in the backup relies on.
 */
export const backupTurns = ["before", "records", "rest", "binding"] as const;

/** What becomes of one of Peyk's own files. */
interface Rule {
  /** `never`: it is this process's, is made anew, or opens doors. */
  readonly backup: (typeof backupTurns)[number] | "never";
  /** `forgets`: it may hold something of the people who are written to, and has its rule in `erasing/person-files.ts`. */
  readonly person: "forgets" | "nobody";
}

/** What Peyk calls its own in a data folder; data/README.md explains each. */
const files = {
  "accounts.json": { backup: "before", person: "nobody" },
  audiences: { backup: "records", person: "forgets" },
  "audiences.json": { backup: "before", person: "nobody" },
  "answers.jsonl": { backup: "binding", person: "forgets" },
  "api-tokens.json": { backup: "never", person: "nobody" },
  history: { backup: "rest", person: "forgets" },
  "history-head.json": { backup: "before", person: "nobody" },
  "own-replies.jsonl": { backup: "binding", person: "forgets" },
  bot: { backup: "before", person: "forgets" },
  campaigns: { backup: "records", person: "forgets" },
  "erased-key": { backup: "binding", person: "nobody" },
  "erased.json": { backup: "binding", person: "nobody" },
  "events-before.jsonl": { backup: "rest", person: "forgets" },
  "events.jsonl": { backup: "rest", person: "forgets" },
  exports: { backup: "never", person: "forgets" },
  "identity.json": { backup: "before", person: "nobody" },
  "lead-events-before.jsonl": { backup: "rest", person: "nobody" },
  "lead-events.jsonl": { backup: "rest", person: "nobody" },
  leads: { backup: "records", person: "forgets" },
  "lease.json": { backup: "never", person: "nobody" },
  lists: { backup: "records", person: "forgets" },
  "moved.json": { backup: "never", person: "nobody" },
  "page-key": { backup: "never", person: "nobody" },
  "peyk.log": { backup: "never", person: "forgets" },
  playground: { backup: "never", person: "forgets" },
  "reply-cursors.json": { backup: "before", person: "nobody" },
  requests: { backup: "never", person: "forgets" },
  "restored.json": { backup: "before", person: "nobody" },
  "simulator-record.jsonl": { backup: "rest", person: "forgets" },
  "simulator.json": { backup: "before", person: "nobody" },
  "subscribers.jsonl": { backup: "binding", person: "forgets" },
  "suppression.jsonl": { backup: "binding", person: "forgets" },
  "sync.json": { backup: "never", person: "nobody" },
  "tags.jsonl": { backup: "rest", person: "forgets" },
  "team.json": { backup: "before", person: "nobody" },
  "test-sends.jsonl": { backup: "rest", person: "forgets" },
  uploads: { backup: "never", person: "forgets" },
  "webhooks.json": { backup: "never", person: "nobody" },
  "x-limits.json": { backup: "before", person: "nobody" },
  "x-people.jsonl": { backup: "rest", person: "forgets" },
} as const satisfies Readonly<Record<string, Rule>>;

/** What holds people: the compiler refuses a list of rules that lacks one. */
export type PersonFileName = {
  readonly [Name in keyof typeof files]: (typeof files)[Name]["person"] extends "forgets" ? Name : never;
}[keyof typeof files];

export type OwnName = keyof typeof files;

export const ownFiles: Readonly<Record<string, Rule>> = files;

/** The names alone. */
export const ownNames: ReadonlySet<string> = new Set(Object.keys(ownFiles));
