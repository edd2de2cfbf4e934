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
  const deliveries = new Deliveries();
  for await (const entry of entries) yield* deliveries.apply(entry);
}

/** Follows a list's entries from the first and tells after each who is delivered by it. */
export class Deliveries {
  readonly #delivery = new Delivery<Found>();
  readonly #targets: Target[] = [];
  #request = 0;

  /** Who the leads of a page or a saved entry came from. */
  targetOf({ k }: { readonly k: number }): Target {
    return this.#targets[k] ?? NOBODY;
  }

  /** Answers those who are delivered by this entry: its own people, or spare ones of earlier entries. */
  apply(entry: LeadEntry): readonly DeliveredLead[] {
    switch (entry.t) {
      case "target":
        this.#targets.push({ source: entry.source, query: entry.query });
        return [];
      case "request":
        this.#request++;
        return this.#numbered(this.#delivery.begin({ ...entry, perCycle: entry.cycle?.leads }));
      case "cycle":
        return this.#numbered(this.#delivery.nextCycle());
      case "resume":
        return this.#numbered(this.#delivery.resume());
      case "end":
        this.#delivery.end();
        return [];
      case "page":
      case "saved": {
        const k = entry.t === "page" && entry.twin !== undefined ? entry.twin : entry.k;
        const spare = k === entry.k ? [] : this.#delivery.replace(entry.k, k);
        const target = this.targetOf({ k });
        const found = entry.leads.map((lead) => ({ ...lead, target, at: entry.at }));
        return this.#numbered([...spare, ...found.filter((one) => this.#delivery.offer(k, one))]);
      }
      case "fault":
      case "reset":
      case "pause":
      case "told":
        return [];
    }
  }

  #numbered(found: readonly Found[]): DeliveredLead[] {
    return found.map((one) => ({ ...one, request: this.#request }));
  }
}

const NOBODY: Target = { source: "", query: "" };
