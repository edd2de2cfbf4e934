/** One "process" that takes back and mends what one campaign sent, in virtual time, before people whose inboxes judge. */
import type { Amended, Channel } from "../../src/channels/channel.ts";
import type { AmendingAbilities } from "../../src/domain/amending/next-amending.ts";
import { createRenderer } from "../../src/app/drafts/renderer.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { CampaignEvent } from "../../src/domain/campaign-event.ts";
import { Amender } from "../../src/engine/amending/amender.ts";
import type { ResultRow } from "../../src/storage/ports/ledger.ts";
import { createScriptedChannel } from "./scripted/scripted-channel.ts";
import type { AmendmentDisk } from "./memory-amendments.ts";
import { createMemoryAmendments } from "./memory-amendments.ts";
import type { Effect } from "./memory-stores.ts";
import { noCrash } from "./memory-stores.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export const DAY = 86_400_000;
const SENT_AT = Date.UTC(2026, 0, 1);

/** What outlives a process: the record, and what stands in everybody's inbox. */
export interface AmendingWorld {
  readonly disk: AmendmentDisk;
  readonly inbox: Map<string, string>;
  readonly rows: readonly ResultRow[];
  /** How often each was asked about. */
  readonly asked: Map<string, number>;
}

/** So many people have the message, every other one by revision 1. */
export function amendingWorld(names: number): AmendingWorld {
  const rows = Array.from({ length: names }, (_, r): ResultRow => {
    const sent = { state: "sent" as const, account: "one", at: SENT_AT, messageId: `m${r}` };
    return { ordinal: r, username: `p${r}`, variables: {}, attempts: 1, revision: r % 2, ...sent };
  });
  return {
    disk: new Map(),
    inbox: new Map(rows.map(({ username }) => [username, "hello"])),
    rows,
    asked: new Map(),
  };
}

interface Options {
  readonly effect?: Effect;
  readonly abilities?: AmendingAbilities;
  /** The answer to the nth question about somebody, from 1; undefined: it is done and said. */
  readonly answer?: (
    username: string,
    nth: number,
  ) => { readonly happens: boolean; readonly says: Amended } | undefined;
  /** ms since the epoch */
  readonly startsAt?: number;
}

const campaign: Campaign = {
  id: "spring",
  createdAt: 0,
  channel: "scripted",
  accounts: [{ name: "one", caps: {} }],
  message: "hello",
  lists: [{ file: "list-1", count: 1, columns: ["name"], origin: "test", importedAt: 0 }],
  consent: { statement: "they asked for it", by: "test", at: 0 },
  status: "finished",
};

function reasonOf(name: string) {
  return name === "p_out" ? ("optedOut" as const) : undefined;
}

export function startAmender(world: AmendingWorld, options: Options = {}) {
  const {
    effect = noCrash,
    abilities = { takesBack: {}, mends: true },
    startsAt = SENT_AT + 60_000,
  } = options;
  const clock = createVirtualClock(startsAt);
  const events: CampaignEvent[] = [];
  const problems: string[] = [];
  const ask = async (username: string, deed: () => void): Promise<Amended> => {
    await effect("before call");
    const nth = (world.asked.get(username) ?? 0) + 1;
    world.asked.set(username, nth);
    const { happens, says } = options.answer?.(username, nth) ?? { happens: true, says: { kind: "amended" } };
    if (happens) deed();
    await effect("after call");
    return says;
  };
  const channel: Channel = {
    ...createScriptedChannel({ manifest: { amends: abilities } }),
    takeBack: ({ username }) => ask(username, () => world.inbox.delete(username)),
    mend: ({ username, text }) =>
      ask(username, () => world.inbox.has(username) && world.inbox.set(username, text)),
  };
  const amendments = createMemoryAmendments(world.disk, effect);
  const planning = {
    amendments,
    reads: { results: async () => ({ count: world.rows.length, rows: rowsOf(world.rows) }) },
    campaigns: { get: async () => campaign },
    suppression: { reasonFor: async (name: string) => reasonOf(name), questions: async () => reasonOf },
    channels: new Map([["scripted", channel]]),
    clock,
  };
  const amender = new Amender({
    ...planning,
    renderer: createRenderer,
    random: () => 0.5,
    emit: (event) => events.push(event),
    log: { error: (problem) => problems.push(String(problem)) },
  });
  return { amender, amendments, clock, events, planning, problems };
}

async function* rowsOf(rows: readonly ResultRow[]): AsyncGenerator<ResultRow> {
  yield* rows;
}
