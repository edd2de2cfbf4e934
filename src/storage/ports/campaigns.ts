/**
 * The port to campaigns as the operator made them, with their lists and attachments.
 * Written in the verbs of those who use it and free of any file, connection or single process; tests/contracts/ holds every
 * implementation to it. What writes resolves when the change is durable.
 */
import type {
  Campaign,
  CampaignId,
  CampaignList,
  CorrectedLists,
  GivenCorrection,
} from "../../domain/campaign.ts";
import type { KnownRecipient } from "../../domain/recipient.ts";
import { TroubledError } from "../../lib/trouble.ts";
import type { StoredFile } from "./files.ts";

/** This task id can't be given to a campaign here; the message says why in one line. */
export class CampaignIdRefusedError extends TroubledError {
  override readonly name = "CampaignIdRefusedError";
}

export interface CampaignStore {
  /** All campaigns, newest first. */
  all(): Promise<readonly Campaign[]>;
  get(id: CampaignId): Promise<Campaign | undefined>;
  /**
   * Spellings of a task id that are in use, by a campaign or by names that other tools wrote to: none, or the one that
   * stands for all others, which differ from it only in case. More than one was put there by somebody else.
   */
  spellings(id: CampaignId): Promise<readonly CampaignId[]>;
  /**
   * Makes a campaign; this is the moment it, its status and its lists become true. Answers false, and changes nothing, when
   * there is one of this id already.
   */
  create(campaign: Campaign): Promise<boolean>;
  /**
   * Puts what `to` makes of the campaign as it stands in its place, and answers that. Nobody else's change comes between:
   * of two at the same time the later one is made of what the earlier one made, so `to` may be called more than once.
   * Answers undefined, and changes nothing, when `to` does or there is no such campaign. Id and channel are for life: what
   * stands as sent was sent through it.
   */
  change(id: CampaignId, to: (from: Campaign) => Campaign | undefined): Promise<Campaign | undefined>;
  /**
   * The campaign's recipients, each with the values it has once a stored list is given again: those of the list's columns
   * win, others stay. Without a list: as they are known now. Nobody for an unknown id.
   */
  recipients(id: CampaignId, listId?: string): AsyncIterable<KnownRecipient>;
  /** Keeps those values beside the campaign's lists, ready to be named by a `change`. The lists themselves never change. */
  correctLists(id: CampaignId, given: GivenCorrection): Promise<CorrectedLists>;
  /**
   * Keeps a stored list with the campaign under a new name, ready to be named by `create` or `change`; it stays stored until
   * it is discarded. Undefined when there is no such list.
   */
  adoptList(
    id: CampaignId,
    listId: string,
  ): Promise<Pick<CampaignList, "file" | "count" | "columns"> | undefined>;
  /**
   * Keeps a content with the campaign under a new name, ready to be named by `create` or `change`; answers that name. Of a
   * content that breaks off nothing is kept.
   */
  adoptAttachment(id: CampaignId, content: AsyncIterable<Uint8Array>): Promise<string>;
  /** An adopted attachment by its name; undefined when the campaign has none of it. */
  attachment(id: CampaignId, file: string): Promise<StoredFile | undefined>;
}
