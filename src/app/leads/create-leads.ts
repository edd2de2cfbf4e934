/** Puts the use cases about leads together behind their one face. */
import type { ListName } from "../../domain/collecting/collection.ts";
import type { Lead, Target } from "../../domain/collecting/lead.ts";
import { leadIdOf, targetKey } from "../../domain/collecting/lead.ts";
import { parseUsername } from "../../domain/people/username.ts";
import type { LeadLedger } from "../../storage/ports/leads.ts";
import { alsoIn } from "./also-in.ts";
import { collect } from "./collect.ts";
import type { LeadsActionResult, Leads, SavedLead } from "./leads.ts";
import type { LeadsParts } from "./leads-parts.ts";
import { createLeadsLook } from "./look-at-leads.ts";
import { whenSettled } from "./when-settled.ts";

/** Names put on the do-not-send list at a stretch. */
const NAMES_PER_BATCH = 1000;

/** Makes the use cases of collecting. */
export function createLeads(parts: LeadsParts): Leads {
  const { leadStore, sources, leadEvents } = parts;
  return {
    ...createLeadsLook(parts),
    parseTarget: (source, text) => sources.get(source)?.parseTarget(text),
    collect: (request) => collect(parts, request),
    ...createActions(parts),
    settled: (list, options) => whenSettled(parts, list, options),
    alsoIn: (list) => alsoIn(parts, list),
    leads: async (list) => (await leadStore.find(list))?.delivered(),
    addToSuppression: (list) => addToSuppression(parts, list),
    save: (list, target, lead) => save(parts, list, { target, lead }),
    watch: (listener) => leadEvents.watch(listener),
  };
}

type Actions = Pick<Leads, "pause" | "resume" | "cancel" | "reset" | "told">;

function createActions({ leadStore, collector, clock }: LeadsParts): Actions {
  const act = async (
    list: ListName,
    states: readonly string[],
    deed: (ledger: LeadLedger) => Promise<void>,
  ): Promise<LeadsActionResult> => {
    const ledger = await leadStore.find(list);
    if (!ledger) return { ok: false, problem: "unknownList" };
    const kind = collector.haltOf(list) ? "paused" : (await ledger.state()).request?.status.kind;
    if (kind === undefined || !states.includes(kind)) return { ok: false, problem: "notNow" };
    await deed(ledger);
    return { ok: true };
  };
  return {
    pause: (list) => act(list, ["running"], (ledger) => collector.pause(ledger)),
    resume: (list) => act(list, ["paused"], (ledger) => collector.resume(ledger)),
    cancel: (list) => act(list, ["running", "paused"], (ledger) => collector.cancel(ledger)),
    async reset(list, key, ask) {
      const ledger = await leadStore.find(list);
      if (!ledger) return { ok: false, problem: "unknownList" };
      const numbers = [...(await ledger.state()).targets.entries()]
        .filter(([, { target }]) => key === undefined || targetKey(target) === key)
        .map(([number]) => number);
      if (numbers.length === 0) return { ok: false, problem: "unknownTarget" };
      await collector.reset(ledger, numbers, ask);
      return { ok: true };
    },
    async told(list, number) {
      const ledger = await leadStore.find(list);
      const { request } = (await ledger?.state()) ?? {};
      if (number !== undefined && number !== request?.number) return;
      if (request?.status.kind === "ended" && !request.isTold)
        await ledger?.note({ t: "told", at: clock.now() });
    },
  };
}

async function save(
  { leadStore, collector, clock }: LeadsParts,
  list: ListName,
  { target, lead }: { readonly target: Target; readonly lead: Lead },
): Promise<SavedLead> {
  const leadId = leadIdOf(target.source, lead);
  const created = await collector.save(`${list}: ${leadId}`, async () => {
    const ledger = await leadStore.open(list);
    const [number = 0] = await ledger.join([target], clock.now());
    return ledger.save(number, lead, clock.now());
  });
  return { leadId, created };
}

async function addToSuppression({ leadStore, suppression, clock }: LeadsParts, list: ListName) {
  const ledger = await leadStore.find(list);
  if (!ledger) return undefined;
  const found = { added: 0, unusable: 0 };
  let names: string[] = [];
  const addAll = async (): Promise<void> => {
    found.added += await suppression.add(names, { reason: "blocked", note: list, at: clock.now() });
    names = [];
  };
  for await (const { username } of ledger.delivered()) {
    const parsed = parseUsername(username);
    if (parsed.ok) names.push(parsed.username);
    else found.unusable++;
    if (names.length >= NAMES_PER_BATCH) await addAll();
  }
  await addAll();
  return found;
}
