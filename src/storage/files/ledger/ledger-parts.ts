import type { Budget } from "../../../domain/accounts/budget.ts";
import type { WholeUse } from "../../../domain/accounts/whole-use.ts";
import type { Campaign, CampaignId } from "../../../domain/campaign.ts";
import type { JournalFold } from "../../../domain/journal-fold.ts";
import type { KnownPerson, Skip } from "../../../domain/recipient.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Windows } from "../../../domain/when/windows.ts";
import type { AppendLog } from "../../../lib/log/append-log.ts";
import type { CheckpointContent, WrittenCheckpoint } from "./checkpoint.ts";
import type { ContactTeller } from "../people/contact-history.ts";
import type { JournalHistory } from "./journal-history.ts";
import type { RecipientsReader } from "../lists/recipients-file.ts";
import type { CampaignStore } from "../../ports/campaigns.ts";
import type { ListStore } from "../../ports/lists.ts";
import type { OptOutCount } from "./opt-out-count.ts";
import type { UntoldEndings } from "./untold-endings.ts";
import type { Unheard } from "./unheard.ts";
import type { Snapshots } from "./snapshots.ts";

/** Where names come from that join a campaign, and what they become part of. */
export interface JoiningStores {
  readonly lists: Pick<ListStore, "get" | "rows" | "create" | "discard">;
  readonly campaigns: Pick<CampaignStore, "adoptList" | "change">;
}

/** What a campaign's ledger is made of, once its record was read. */
export interface FileLedgerParts {
  readonly campaign: Campaign;
  /** The store's time: all that the ledger writes and waits for goes by it. */
  readonly clock: Pick<Clock, "now">;
  /** This process, for as long as it has the folder's lease. */
  readonly owner: string;
  /** The campaign, or the one of that id, as it is stored now. */
  readonly stored: (id?: CampaignId) => Campaign | undefined;
  /** How send windows stand. */
  readonly windows: Windows;
  readonly fold: JournalFold;
  readonly journal: Pick<AppendLog, "append" | "appendMany" | typeof Symbol.asyncDispose>;
  /** Reads the journal for what it tells of each recipient. */
  readonly history: (size: number) => Promise<JournalHistory>;
  readonly snapshots: Pick<Snapshots, "pause" | "ahead" | "close">;
  /** Checkpoints of our own: how many names each held, by its checksum. */
  readonly ours: Map<number, number>;
  /** Puts a checkpoint in the place of the last one. */
  readonly writeCheckpoint: (content: CheckpointContent) => Promise<WrittenCheckpoint>;
  readonly recipients: Pick<RecipientsReader, "read" | "prepare" | "grow" | typeof Symbol.asyncDispose>;
  /** For names that join. */
  readonly joining: JoiningStores;
  /** Shared by all campaigns of the channel: an account's limits hold over all of them. */
  readonly budget: Budget;
  /** What the campaign used through all its accounts together. */
  readonly whole: Pick<WholeUse, "nextAllowedAt" | "usedToday">;
  /** Who is behind a name of the campaign's channel, as far as it was found out before. */
  readonly known: (username: string) => KnownPerson | undefined;
  /** Why somebody may not be written to at that moment; asked right before each claim. */
  readonly obstacle: (username: string, at: number, personId?: string) => Skip | undefined;
  /** Who had a name when the message was sent that this campaign follows up, where that is known. */
  readonly firstPerson?: ((username: string) => string | undefined) | undefined;
  /** Who is left out of the claims until it is known what they answered. */
  readonly unheard: Unheard;
  /** How many opted out of those it wrote to; absent: nobody is asked. */
  readonly optOuts?: OptOutCount;
  /** Endings of which perhaps nobody was told. */
  readonly untold: UntoldEndings;
  /** Is told of everyone who may get a message. */
  readonly contacts: ContactTeller;
  /** Names that other tools wrote to. */
  readonly earlier: Set<string>;
  /** Throws when this process may write no more; the journal asks it by itself. */
  readonly beforeWrite: () => void;
  /** Called when the ledger is let go. */
  readonly closed: () => void;
}
