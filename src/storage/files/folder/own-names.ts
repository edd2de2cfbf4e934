/**
 * When in a backup a file's turn comes: whatever says how far something was dealt with comes before what was done by it, and
 * words of people that bind come last, so that none is missing that something else in the backup relies on.
 */
export const backupTurns = ["before", "records", "rest", "binding"] as const;

/** What becomes of one of Peyk's own files. */
interface Rule {
  /** `never`: it is this process's, is made anew, or opens doors. */
  readonly backup: (typeof backupTurns)[number] | "never";
}

/** What Peyk calls its own in a data folder; data/README.md explains each. */
export const ownFiles: Readonly<Record<string, Rule>> = {
  "accounts.json": { backup: "before" },
  "answers.jsonl": { backup: "binding" },
  "api-tokens.json": { backup: "never" },
  audiences: { backup: "records" },
  "audiences.json": { backup: "before" },
  bot: { backup: "before" },
  campaigns: { backup: "records" },
  "events-before.jsonl": { backup: "rest" },
  "events.jsonl": { backup: "rest" },
  exports: { backup: "never" },
  history: { backup: "rest" },
  "history-head.json": { backup: "before" },
  "identity.json": { backup: "before" },
  "lead-events-before.jsonl": { backup: "rest" },
  "lead-events.jsonl": { backup: "rest" },
  leads: { backup: "records" },
  "lease.json": { backup: "never" },
  lists: { backup: "records" },
  "own-replies.jsonl": { backup: "binding" },
  "page-key": { backup: "never" },
  "peyk.log": { backup: "never" },
  playground: { backup: "never" },
  "reply-cursors.json": { backup: "before" },
  requests: { backup: "never" },
  "restored.json": { backup: "before" },
  "simulator-record.jsonl": { backup: "rest" },
  "simulator.json": { backup: "before" },
  "subscribers.jsonl": { backup: "binding" },
  "suppression.jsonl": { backup: "binding" },
  "sync.json": { backup: "never" },
  "tags.jsonl": { backup: "rest" },
  "team.json": { backup: "before" },
  "test-sends.jsonl": { backup: "rest" },
  uploads: { backup: "never" },
  "webhooks.json": { backup: "before" },
  "x-limits.json": { backup: "before" },
  "x-people.jsonl": { backup: "rest" },
};

/** The names alone. */
export const ownNames: ReadonlySet<string> = new Set(Object.keys(ownFiles));
