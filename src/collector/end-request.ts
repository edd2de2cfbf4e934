import { trackingOf } from "../domain/collecting/exact-count-tracking.ts";
import type { CollectionEnd } from "../domain/collecting/lead.ts";
import type { LeadLedger, LeadStore } from "../storage/ports/leads.ts";

export interface Ending {
  readonly store: LeadStore;
  readonly ledger: LeadLedger;
  readonly end: CollectionEnd;
  /** ms since the epoch */
  readonly at: number;
  readonly save: <T>(what: string, save: () => Promise<T>) => Promise<T>;
}

/**
 * Ends a list's request. The figures for the KPIs and the metadata are written first: after a crash in between the request
 * ends again, and the same figures replace themselves.
 */
export async function endRequest({ store, ledger, end, at, save }: Ending): Promise<void> {
  const { list } = ledger;
  const { request, targets } = await ledger.state();
  if (!request) return;
  const { number, count, delivered, calls, startedAt } = request;
  const asked = request.targets.flatMap((target) => targets[target]?.target ?? []);
  const figures = { list, number, targets: asked, count, delivered, calls, end, startedAt, endedAt: at };
  await save(`${list}: figures of request ${number}`, () => store.finish(figures));
  const ended = { ...request, status: { kind: "ended", end, at } } as const;
  const tracking = await trackingOf(ended, await ledger.state(), ledger.entries());
  await save(`${list}: metadata of request ${number}`, () => ledger.keepTracking(tracking));
  await save(`${list}: end`, () => ledger.note({ t: "end", end, at }));
}
