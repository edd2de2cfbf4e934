/**
 * Opens the ledgers of the file store. Keeps two promises at every start: a claim that its owner left without a settlement
 * becomes uncertain, and a checkpoint file that somebody else wrote is honoured before anyone is claimed.
 */
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Inbox } from "../../../domain/people/hearing.ts";
import type { KnownPerson } from "../../../domain/recipient.ts";
import type { Windows } from "../../../domain/when/windows.ts";
import { createWindows } from "../../../domain/when/windows.ts";
import { createWallClock } from "../../../lib/time/wall-clock.ts";
import { createFolder, syncFolder } from "../../../lib/files/sync-folder.ts";
import type { LedgerStore, Opening } from "../../ports/ledger.ts";
import type { BindingList } from "../people/suppression-store.ts";
import { checkpointPath, namesInOtherSpellings, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { sentNames, states } from "./known-names.ts";
import type { BindingAnswers } from "./claim-obstacle.ts";
import { obstacleFor } from "./claim-obstacle.ts";
import type { ContactTeller, FileContactHistory } from "../people/contact-history.ts";
import { keepEarlierNames } from "./earlier-names.ts";
import { readHistory } from "./journal-history.ts";
import type { FileLedgerParts, JoiningStores } from "./ledger-parts.ts";
import { FileLedger } from "./ledger.ts";
import type { OptOutParts } from "./opt-out-count.ts";
import { OptOutCount } from "./opt-out-count.ts";
import type { ReplayParts } from "./replay.ts";
import { readRecord } from "./replay.ts";
import type { TestSends } from "../accounts/test-sends.ts";
import { Unheard } from "./unheard.ts";
import { UnreadableRecords } from "./unreadable.ts";

/** The journal's name in a campaign's folder. */
const JOURNAL = "journal.jsonl";

export interface FileLedgerStoreParts extends Omit<ReplayParts, "counted"> {
  /** `data/campaigns`: one folder a campaign. */
  readonly folder: string;
  /** The store's time. */
  readonly clock: Pick<Clock, "now">;
  /** Who this process is while it has the folder's lease: the owner of its claims. */
  readonly owner: string;
  readonly testSends: TestSends;
  /** For names that join a campaign at work. */
  readonly joining: JoiningStores;
  /** The campaign of that id as it is stored now. */
  readonly campaign: (id: CampaignId) => Campaign | undefined;
  readonly suppression: BindingList;
  readonly contacts: FileContactHistory;
  /** How far what people wrote to an account of a channel is read; absent: nobody reads it. */
  readonly inboxOf?: (channel: string, account: string) => Inbox;
  /** Everybody who opted out of a channel after a moment; absent: no guard rail goes by it. */
  readonly optedOut?: OptOutParts["optedOut"];
  /** What people answered; absent: nobody keeps that, and follow-ups go to nobody. */
  readonly answers?: BindingAnswers;
  /** Who is behind a name of a channel; absent: names are all there is. */
  readonly known?: (channel: string, username: string) => KnownPerson | undefined;
}

export function createFileLedgerStore(parts: FileLedgerStoreParts): LedgerStore {
  const counted = new Set<CampaignId>();
  const unreadable = new UnreadableRecords((id) => counted.has(id));
  const windows = createWindows(createWallClock);
  const shared: OpenParts = { ...parts, counted, opened: new Map(), unreadable, windows };
  const inTurn = createQueue();
  return {
    open: (campaign) => inTurn(() => openLedger(shared, campaign)),
    honour: (id, names) => inTurn(() => honourNow(shared, id, names)),
    sentNames: (id, known) => sentNames(parts, id, known),
    states: (id) => states(parts, id),
    usedToday: async (channel, account) => parts.budgets.of(channel).usedToday(account, parts.clock.now()),
    debitTestSend: (request) => parts.testSends.debit(request),
    removeCheckpoint: (id) => removeCheckpoint(parts, id),
  };
}

interface OpenParts extends FileLedgerStoreParts {
  readonly counted: Set<CampaignId>;
  readonly opened: Map<CampaignId, FileLedger>;
  readonly unreadable: UnreadableRecords;
  readonly windows: Windows;
}

/** One after the other: names to honour may not slip in between an opening's look at the disk and its end. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

async function honourNow(
  { folder, beforeWrite, opened, clock }: OpenParts,
  campaignId: CampaignId,
  names: ReadonlySet<string>,
): Promise<number> {
  const kept = { campaignId, names, at: clock.now(), beforeWrite };
  const { added } = await keepEarlierNames(join(folder, campaignId), kept);
  await opened.get(campaignId)?.honour(names);
  return added;
}

async function openLedger(parts: OpenParts, campaign: Campaign): Promise<Opening> {
  parts.beforeWrite(); // whoever has not the folder's lease takes nobody's claims for abandoned
  const folder = join(parts.folder, campaign.id);
  await createFolder(folder);
  const obstacle = await obstacleFor(parts, campaign, parts.clock.now());
  const { followsUp } = campaign;
  const firstPerson = followsUp && (await parts.contacts.claimedPeople(followsUp.campaignId));
  const journalPath = join(folder, JOURNAL);
  const read = await parts.unreadable.read(campaign.id, journalPath, () =>
    readRecord(parts, campaign, journalPath),
  );
  try {
    return await settleTheOpen(parts, { ...read, obstacle, firstPerson });
  } catch (error) {
    await read.journal[Symbol.asyncDispose]();
    await read.recipients[Symbol.asyncDispose]();
    throw error;
  }
}

type ReadParts = Omit<
  FileLedgerParts,
  | "stored"
  | "windows"
  | "optOuts"
  | "clock"
  | "owner"
  | "known"
  | "history"
  | "writeCheckpoint"
  | "contacts"
  | "earlier"
  | "beforeWrite"
  | "closed"
  | "joining"
  | "unheard"
> & { readonly journalPath: string };

/** The journal is read: what was left claimed is swept, and what others wrote is honoured. */
async function settleTheOpen(parts: OpenParts, read: ReadParts): Promise<Opening> {
  const { journalPath, ...own } = read;
  const { campaign, fold, ours } = own;
  const { beforeWrite, opened, contacts, clock } = parts;
  const folder = join(parts.folder, campaign.id);
  const sentBefore = fold.count("sent");
  const path = checkpointPath(folder, campaign.id);
  const checkpoint = await readCheckpoint(path);
  const isForeign = checkpoint !== undefined && !ours.has(checkpoint.crc);
  const foreign = new Set(isForeign ? checkpoint.names() : []);
  for (const name of await namesInOtherSpellings(folder, campaign.id)) foreign.add(name);
  const kept = { campaignId: campaign.id, names: foreign, at: clock.now(), beforeWrite };
  const { all: earlier } = await keepEarlierNames(folder, kept);
  const teller = contacts.teller(campaign);
  const ledger = new FileLedger({
    ...own,
    clock,
    owner: parts.owner,
    joining: parts.joining,
    known: (username) => parts.known?.(campaign.channel, username),
    stored: (id = campaign.id) => parts.campaign(id),
    windows: parts.windows,
    ...optOutsOf(parts),
    unheard: new Unheard({
      contacted: () => contacts.contacted(campaign.channel),
      inboxOf: (account) => parts.inboxOf?.(campaign.channel, account) ?? {},
    }),
    history: (size) => readHistory(journalPath, size),
    writeCheckpoint: (content) => writeCheckpoint(path, content),
    contacts: teller,
    earlier,
    beforeWrite,
    closed: () => void (opened.get(campaign.id) === ledger && opened.delete(campaign.id)),
  });
  // Who opens has the folder's lease, which is the lease of every claim in it: of all that are here it has run out.
  const cutOff = await ledger.sweep();
  await tellUncertain(read, teller);
  const skipped = earlier.size > 0 ? await ledger.honour([]) : 0;
  opened.set(campaign.id, ledger);
  const names = isForeign ? foreign.size : checkpoint && ours.get(checkpoint.crc);
  return {
    ledger,
    cutOff,
    alreadySent: sentBefore + skipped,
    untold: (told) => own.untold.take(told, (ordinal) => own.recipients.read(ordinal)),
    ...(names === undefined ? {} : { checkpointNames: names }),
  };
}

function optOutsOf({ optedOut, contacts }: OpenParts): Pick<FileLedgerParts, "optOuts"> {
  return optedOut
    ? { optOuts: new OptOutCount({ optedOut, writtenBy: (id) => contacts.writtenBy(id) }) }
    : {};
}

/** The contact history hears of everybody who is uncertain from before. */
async function tellUncertain({ fold, recipients }: ReadParts, teller: ContactTeller): Promise<void> {
  for (const [r, { at, account }] of fold.openIn("uncertain"))
    teller.claimed((await recipients.read(r)).username, at, account);
}

async function removeCheckpoint(parts: FileLedgerStoreParts, id: CampaignId): Promise<boolean> {
  const path = checkpointPath(join(parts.folder, id), id);
  const existed = (await readCheckpoint(path)) !== undefined;
  if (!existed) return false;
  await rm(path, { force: true });
  await syncFolder(dirname(path));
  return true;
}
