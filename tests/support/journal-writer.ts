/** Random journals that can be true: each entry fits what came before it. */
import fc from "fast-check";
import type { Entry, Settlement } from "../../src/domain/journal.ts";
import { JournalFold } from "../../src/domain/journal-fold.ts";

/** Numbers that say what happens next, whatever is possible by then. */
export const chances = fc.array(
  fc.record({
    kind: fc.nat({ max: 13 }),
    who: fc.nat(),
    account: fc.nat({ max: 2 }),
    step: fc.nat({ max: 90_000 }),
  }),
  { minLength: 1, maxLength: 80 },
);

type Chance = (typeof chances extends fc.Arbitrary<infer T> ? T : never)[number];

/** Makes the journal of a campaign of so many names. */
export function journalOf(taken: readonly Chance[], size: number): readonly Entry[] {
  const fold = new JournalFold(size, { debit: () => undefined, credit: () => undefined });
  const entries: Entry[] = [];
  let at = 1_760_000_000_000;
  for (const chance of taken) {
    at += chance.step;
    const entry = entryOf(chance, fold, at);
    try {
      if (fold.apply(entry)) entries.push(entry);
    } catch {
      // It can't happen now.
    }
  }
  return entries;
}

function entryOf({ kind, who, account }: Chance, fold: JournalFold, at: number): Entry {
  const r = who % fold.size;
  if (kind < 5) return claimOf(r, { fold, at, account, kind });
  if (kind === 11) return { t: "leaves", r, at };
  if (kind === 12) return { t: who % 3 === 0 ? "cancelAll" : "retryAll", at };
  if (kind === 13) return { t: "checkpoint", names: who % 100, crc: who, at };
  const open = [...fold.openIn("claimed"), ...fold.openIn("uncertain")];
  const [ordinal = r] = open[who % Math.max(1, open.length)] ?? [];
  return { r: ordinal, at, ...settlementOf(kind, who, at) };
}

interface Claiming {
  readonly fold: JournalFold;
  readonly at: number;
  readonly account: number;
  readonly kind: number;
}

function claimOf(r: number, { fold, at, account, kind }: Claiming): Entry {
  return {
    t: "claim",
    r,
    a: `account-${account}`,
    n: fold.attemptsOf(r) + 1,
    ...(kind === 1 ? { p: `person-${r % 5}` } : {}),
    ...(kind === 2 ? { v: account + 1 } : {}),
    ...(kind === 3 ? { w: true as const } : {}),
    at,
  };
}

function settlementOf(kind: number, who: number, at: number): Settlement {
  const uncalled = who % 2 === 0 ? { uncalled: true as const } : {};
  switch (kind) {
    case 5:
      return { t: "sent", id: `m${who}` };
    case 6:
      return { t: "uncertain", why: "noAnswerInTime" };
    case 7:
      return { t: who % 2 === 0 ? "notFound" : "failed", why: "noSuchName", ...uncalled };
    case 8:
      return { t: "planned", due: at + (who % 5000), free: who % 3 === 0, why: "tooFast", ...uncalled };
    case 9:
      return { t: "planned", due: at, free: true, why: "sentAgain", again: true };
    default:
      return { t: "skipped", reason: who % 2 === 0 ? "leftInDoubt" : "optedOut" };
  }
}
