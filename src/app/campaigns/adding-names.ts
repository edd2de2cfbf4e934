/** People who join a campaign that runs or is paused: what is asked for, and what is answered. */
import type { CampaignId } from "../../domain/campaign.ts";

/** A list that was imported here, or its rows as they are: clean names, each with the values of the columns. */
export type GivenNames =
  { readonly listId: string } | { readonly columns: readonly string[]; readonly rows: readonly GivenRow[] };

/** The values may be fewer than the columns: those at the end are empty then. */
export type GivenRow = readonly [username: string, ...values: string[]];

export interface AddNamesRequest {
  readonly names: GivenNames;
  /** What the operator gave: the file's name, or "pasted". */
  readonly origin: string;
  /** Telegram id of the operator, or the name of the program or login. */
  readonly by: string;
  /** Where the permission to write to them comes from; absent: the campaign's own statement stays. */
  readonly statement?: string;
}

export const addNamesProblems = ["unknownCampaign", "over", "noList"] as const;

export type AddNamesResult =
  /** `known`: of the names given, those who were there already; `left`: how many are to be written to now, by the plan. */
  | { readonly ok: true; readonly added: number; readonly known: number; readonly left: number }
  /** `over`: it is finished or cancelled; `noList`: the list is gone. */
  | { readonly ok: false; readonly problem: (typeof addNamesProblems)[number] }
  /** The message has variables without a fallback that the list has no column for. */
  | { readonly ok: false; readonly problem: "columns"; readonly missing: readonly string[] };

/** Who would join by a list. */
export interface NamesPreview {
  /** New to the campaign; of them, those who would be left out all the same are counted below. */
  readonly added: number;
  /** In the campaign already: nothing changes for them. */
  readonly known: number;
  /** New, and on the do-not-send list. */
  readonly suppressed: number;
  /** New, and left out by the campaign's rules on whom others wrote to. */
  readonly contactedLately: number;
  readonly otherCampaign: number;
  /** Variables of the message without a fallback that the list has no column for: then nobody can join by it. */
  readonly missing: readonly string[];
  /** It is finished or cancelled: nobody can join any more. */
  readonly isOver?: true;
}

/** The use cases. */
export interface AddingNames {
  /** Counts who would join by a list that was imported here; undefined for an unknown id, or a list that is gone. */
  previewNames(id: CampaignId, listId: string): Promise<NamesPreview | undefined>;
  /** The rows of a list that was imported here, each a clean name with the values of the columns. */
  listRows(listId: string): AsyncIterable<GivenRow>;
  /**
   * Has names join a campaign that is scheduled, runs or is paused, which goes on meanwhile and changes in nothing else. Who
   * is there already stays as they are. Asked twice, it adds once.
   */
  addNames(id: CampaignId, request: AddNamesRequest): Promise<AddNamesResult>;
}
