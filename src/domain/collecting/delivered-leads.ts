import { Delivery } from "./delivery.ts";
import type { Lead, Target } from "./lead.ts";
import type { LeadEntry } from "./lead-entry.ts";

/** A lead that was handed to a request. */
export interface DeliveredLead extends Lead {
  readonly target: Target;
  /** Number of the request, from 1. */
  readonly request: number;
  /** Moment of the page that brought it, ms since the epoch. */
  readonly at: number;
}

type Found = Omit<DeliveredLead, "request">;

/** Reads from a list's entries who was delivered to which request, in that order; holds only spare leads in memory. */
export async function* deliveredLeads(entries: AsyncIterable<LeadEntry>): AsyncGenerator<DeliveredLead> {
  const delivery = new Delivery<Found>();
  const targets: Target[] = [];
  let request = 0;
  for await (const entry of entries) {
    switch (entry.t) {
      case "target":
        targets.push({ source: entry.source, query: entry.query });
        break;
      case "request":
        request++;
        yield* numbered(delivery.begin(entry.targets, entry.count, entry.cycle?.leads), request);
        break;
      case "cycle":
        yield* numbered(delivery.nextCycle(), request);
        break;
      case "end":
        delivery.end();
        break;
      case "resume":
        yield* numbered(delivery.resume(), request);
        break;
      case "page":
      case "saved":
        for (const lead of entry.leads) {
          const found = { ...lead, target: targets[entry.k] ?? NOBODY, at: entry.at };
          if (delivery.offer(entry.k, found)) yield { ...found, request };
        }
        break;
      case "fault":
      case "reset":
      case "pause":
      case "told":
        break;
    }
  }
}

const NOBODY: Target = { source: "", query: "" };

function numbered(found: readonly Found[], request: number): DeliveredLead[] {
  return found.map((one) => ({ ...one, request }));
}
