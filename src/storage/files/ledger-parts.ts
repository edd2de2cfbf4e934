import type { Budget } from "../../domain/accounts/budget.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { JournalFold } from "../../domain/journal-fold.ts";
import type { Skip } from "../../domain/recipient.ts";
import type { AppendLog } from "../../lib/log/append-log.ts";
import type { ContactTeller } from "./contact-history.ts";
import type { RecipientsReader } from "./lists/recipients-file.ts";
import type { Snapshots } from "./snapshots.ts";

/** What a campaign's ledger is made of, once its record was read. */
export interface FileLedgerParts {
  readonly campaign: Campaign;
  readonly fold: JournalFold;
  readonly journal: AppendLog;
  readonly journalPath: string;
  readonly snapshots: Snapshots;
  /** Checkpoints of our own: how many names each held, by its checksum. */
  readonly ours: Map<number, number>;
  readonly checkpointPath: string;
  readonly recipients: RecipientsReader;
  /** Shared by all campaigns of the channel: an account's limits hold over all of them. */
  readonly budget: Budget;
  /** Why somebody may not be written to at that moment; asked right before each claim. */
  readonly obstacle: (username: string, at: number) => Skip | undefined;
  /** Is told of everyone who may get a message. */
  readonly contacts: ContactTeller;
  /** Names that other tools wrote to. */
  readonly earlier: Set<string>;
  /** Throws when this process may write no more; the journal asks it by itself. */
  readonly beforeWrite: () => void;
  /** Called when the ledger is let go. */
  readonly closed: () => void;
}
