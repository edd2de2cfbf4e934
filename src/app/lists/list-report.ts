/** What is asked of an import, and what it answers. */
import type { AgainGroup } from "../../domain/again.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { InvalidReason } from "../../domain/people/username.ts";
import type { StopReason } from "../../lists/list-reader.ts";
import type { LeftOut, ListChoices, ListQuestion, ReadFrom } from "../../lists/reading.ts";
import type { BrokenFormat } from "../../lists/row.ts";
import type { ShownNames } from "./name-sample.ts";

export type {
  ColumnSample,
  LeftOut,
  ListChoices,
  ListQuestion,
  ReadFrom,
  TableSample,
} from "../../lists/reading.ts";
export type { ShownNames } from "./name-sample.ts";
export type { RejectedWords } from "./rejected-table.ts";

/** Where a list comes from: an uploaded file already on this disk, or text pasted into the chat. */
export type ListSource =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly name: string;
      readonly mimeType?: string;
    }
  | { readonly kind: "text"; readonly text: string }
  /** Everybody who is subscribed now, or those who came through one link. */
  | { readonly kind: "subscribers"; readonly source?: string }
  /** Everybody delivered to a list of leads. */
  | { readonly kind: "leads"; readonly list: string }
  /** Everybody of an audience as it is now; `isSubscribers`: it is one of conditions, which only Telegram reaches. */
  | { readonly kind: "audience"; readonly name: string; readonly isSubscribers?: boolean }
  /** Those of an earlier campaign of whom one thing became. */
  | {
      readonly kind: "campaign";
      readonly id: CampaignId;
      readonly group: AgainGroup;
      /** Those of these groups too. */
      readonly also?: readonly AgainGroup[];
    };

export interface ImportRequest {
  readonly source: ListSource;
  /** Task id the list is for: names its checkpoint marks as sent are counted. */
  readonly campaignId: CampaignId;
  /** The campaign's rule; absent: that of the campaign with this id, if there is one. */
  readonly rule?: { readonly channel: string; readonly notWithinDays: number };
  /** What the names are for, where that is known: on X a name may have one letter. */
  readonly channel?: string;
  /** What the operator answered to the questions of an earlier import. */
  readonly choices?: ListChoices;
}

export interface InvalidRow {
  /** Line in the file or pasted text, from 1. */
  readonly line: number;
  /** The cell as given, at most 64 characters of it. */
  readonly text: string;
  readonly reason: InvalidReason;
}

/** What a list was read as, whatever it is for: the people, and what was seen beside them. */
export interface WhatWasRead {
  /** Some of the names themselves. */
  readonly names: ShownNames;
  readonly readFrom: ReadFrom;
  readonly leftOut: Readonly<LeftOut>;
  /** The first ten rows that name nobody. */
  readonly firstInvalid: readonly InvalidRow[];
}

/** What cleaning a list found; `read = valid + duplicates + invalid`. the valid ones that will be skipped are counted once each. */
export interface ListReport extends WhatWasRead {
  readonly kind: "report";
  readonly listId: string;
  /** The file's name, "pasted", "subscribers", "subscribers:" with their source; "audience:" or, of conditions, "subscribers@" with its name. */
  readonly origin: string;
  readonly read: number;
  readonly valid: number;
  readonly duplicates: number;
  readonly invalid: number;
  readonly alreadySent: number;
  /** On the do-not-send list. */
  readonly suppressed: number;
  /** Written to by another campaign within the days of the rule; absent without one. */
  readonly contactedLately?: number;
  /** Columns a message may use as `{{variables}}`, without the username column. */
  readonly columns: readonly string[];
}

/** Why a source gave no list. The dialogue says so and waits for another one. */
export type ListProblem =
  | { readonly kind: "problem"; readonly problem: "picture" | "pdf" | "video" | "otherFile" | "empty" }
  /** An audience, a campaign or a list of leads that is not there, or not any more. */
  | { readonly kind: "problem"; readonly problem: "gone" }
  | { readonly kind: "problem"; readonly problem: "tooBig"; readonly maxBytes: number }
  /** Unpacks to far more than a list could be. */
  | { readonly kind: "problem"; readonly problem: "zipBomb" }
  /** An office document that only its password opens. */
  | { readonly kind: "problem"; readonly problem: "passwordProtected" }
  /** A spreadsheet, but not of a format that Peyk reads: its own program can save it as .xlsx. */
  | {
      readonly kind: "problem";
      readonly problem: "foreignSpreadsheet";
      readonly format: "xls" | "xlsb" | "ods" | "numbers";
    }
  /** Says it is .xlsx or .json and can't be read as one, or a quotation mark in it is never closed. `line` where the format has lines. */
  | {
      readonly kind: "problem";
      readonly problem: "broken";
      readonly format: BrokenFormat;
      readonly line?: number;
    }
  | {
      readonly kind: "problem";
      readonly problem: "noUsableName";
      readonly read: number;
      readonly firstInvalid: readonly InvalidRow[];
    }
  /** Reading was ended: it took too long or too much memory, held more than a list can, or failed for no known reason. */
  | {
      readonly kind: "problem";
      readonly problem: "stopped";
      readonly reason: StopReason;
      readonly line?: number;
    }
  /** Nothing proves who is meant: ask, and import again with the answer among the choices. */
  | { readonly kind: "problem"; readonly problem: "question"; readonly question: ListQuestion };
