/** Somebody and what became of them, for whoever shows it. */
import type { WhoPerson, WhoRow } from "../../src/app/people/who.ts";

export function whoRow(id: string, more: Partial<WhoRow> = {}): WhoRow {
  return {
    campaign: { id, channel: "x", status: "running", createdAt: 1 },
    ordinal: 0,
    username: "ali",
    variables: {},
    state: "sent",
    attempts: 1,
    account: "acme",
    at: 1_760_000_000_000,
    revision: 0,
    messageId: "m1",
    origin: "people.csv",
    text: "Hello Ali",
    answers: [],
    hasRevisions: false,
    canTakeBack: false,
    ...more,
  };
}

export function whoPerson(rows: readonly WhoRow[], more: Partial<WhoPerson> = {}): WhoPerson {
  return { channel: "x", id: "42", name: "ali", formerly: [], rows, ...more };
}
