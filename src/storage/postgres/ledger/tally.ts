/** How many stand where, as the database counts them. */
import { z } from "zod";
import type { Counts } from "../../../domain/recipient.ts";
import type { Charged } from "../../../domain/settings/spending.ts";

const count = z.number();

export interface Tally {
  readonly counts: Counts;
  readonly claims: number;
  readonly charged: Charged;
  readonly sentAgain: number;
}

export const tallySchema = z
  .object({
    planned: count,
    claimed: count,
    sent: count,
    not_found: count,
    refused: count,
    failed: count,
    uncertain: count,
    skipped: count,
    claims: count,
    firsts: count,
    uncalled: count,
    sent_again: count,
  })
  .transform(
    ({ not_found: notFound, claims, firsts, uncalled, sent_again: sentAgain, ...counts }): Tally => ({
      counts: { ...counts, notFound },
      claims,
      charged: { messages: claims - uncalled, lookUps: firsts },
      sentAgain,
    }),
  );

/** $1 campaign */
export const TALLY = `select to_jsonb(peyk.tally($1)) as tally`;
