/**
 * The one table of what becomes of everything in a data folder when it moves: who carries it, or why it stays. A name without a
 * line here does not compile.
 */
import { teamSchema } from "../storage/ports/documents/team.ts";
import { apiTokensSchema } from "../storage/ports/documents/api-tokens.ts";
import { webhooksSchema } from "../storage/ports/documents/webhooks.ts";
import { storedAudience } from "../storage/ports/documents/audience-schema.ts";
import { restoredFormat } from "../storage/files/backup/restore-backup.ts";
import type { OwnName } from "../storage/files/folder/own-names.ts";
import { z } from "zod";
import { bot } from "./bot.ts";
import { campaigns } from "./campaigns/campaigns.ts";
import { onlyDocument, replyCursors } from "./documents.ts";
import { events } from "./events.ts";
import { history } from "./history.ts";
import { leads } from "./leads.ts";
import { keptLists, uploadedLists } from "./lists.ts";
import { answers } from "./people/answers.ts";
import { erased, erasedKey } from "./people/erased.ts";
import { identities } from "./people/identities.ts";
import { ownReplies } from "./people/own-replies.ts";
import { subscribers } from "./people/subscribers.ts";
import { suppression } from "./people/suppression.ts";
import { tags } from "./people/tags.ts";
import type { Mover } from "./piece.ts";
import { testSends } from "./test-sends.ts";
import { uploads } from "./uploads.ts";
import { accounts } from "./work/accounts.ts";
import { simulatedPeople, simulatedRecord, xLimits } from "./work/channels.ts";

/** What becomes of a name: a mover; what another name's mover carries with it; or nothing, and it stays where it is. */
type Fate = Mover | { readonly with: OwnName } | { readonly stays: "process" | "thisMachine" };

/** @param now ms since the epoch */
export function fates(now: () => number): Readonly<Record<OwnName, Fate>> {
  return {
    "accounts.json": accounts,
    audiences: keptLists,
    "audiences.json": onlyDocument("audiences.json", "audiences", {
      version: 1,
      schema: z.array(storedAudience),
    }),
    "answers.jsonl": answers,
    "api-tokens.json": onlyDocument("api-tokens.json", "api-tokens", { version: 1, schema: apiTokensSchema }),
    history,
    "history-head.json": { with: "history" },
    "own-replies.jsonl": ownReplies,
    bot,
    campaigns: campaigns(now),
    "erased-key": erasedKey,
    "erased.json": erased,
    "events-before.jsonl": { with: "events.jsonl" },
    "events.jsonl": events("campaigns", "events"),
    exports: { stays: "thisMachine" },
    "identity.json": { stays: "process" },
    "lead-events-before.jsonl": { with: "lead-events.jsonl" },
    "lead-events.jsonl": events("leads", "lead-events"),
    leads,
    "lease.json": { stays: "process" },
    lists: uploadedLists,
    "moved.json": { stays: "process" },
    "page-key": { stays: "thisMachine" },
    "peyk.log": { stays: "thisMachine" },
    playground: { stays: "thisMachine" },
    "reply-cursors.json": replyCursors,
    requests: { stays: "process" },
    "restored.json": onlyDocument("restored.json", "restored", restoredFormat),
    "simulator-record.jsonl": simulatedRecord,
    "simulator.json": simulatedPeople,
    "subscribers.jsonl": subscribers,
    "suppression.jsonl": suppression,
    "sync.json": { stays: "process" },
    "tags.jsonl": tags,
    "team.json": onlyDocument("team.json", "team", { version: 1, schema: teamSchema }),
    "test-sends.jsonl": testSends(now),
    uploads,
    "webhooks.json": onlyDocument("webhooks.json", "webhooks", { version: 1, schema: webhooksSchema }),
    "x-limits.json": xLimits,
    "x-people.jsonl": identities("x", "x-people.jsonl"),
  };
}

/** Whoever carries something, each once. */
export function moversOf(now: () => number): readonly Mover[] {
  return Object.values(fates(now)).filter((fate): fate is Mover => "inFolder" in fate);
}
