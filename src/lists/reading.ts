/**
 * What is asked, chosen and told about how a list is read. The reader decides nothing on a guess: where a file leaves
 * something open it answers a question that shows the file as it was read, and is called again with the choice.
 */

/** What the operator chose, or what the command line says. Absent: not asked yet. */
export interface ListChoices {
  /** The usernames' column: its name as shown, or its number from 1. */
  readonly column?: string;
  /** A sheet by its name; `allSheets` reads every visible one. */
  readonly sheet?: string;
  /** Several sheets by their names, read one after another. */
  readonly sheets?: readonly string[];
  readonly allSheets?: boolean;
  /** The row that names the columns, from 1 as the file counts; 0: there is none. */
  readonly headerRow?: number;
  /** A label of the WHATWG Encoding Standard, such as `windows-1256`. */
  readonly encoding?: string;
  /** The list is one of opt-outs: whoever it says has left is whom it is about. Else such rows name nobody. */
  readonly optOuts?: boolean;
}

/** A few rows of a table exactly as they were read, for somebody who has to choose. */
export interface TableSample {
  readonly columns: readonly ColumnSample[];
  /** The first rows, title and header included; cells cut to 64 characters. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

export interface ColumnSample {
  /** Unique within the table; {@link ListChoices.column} takes it. */
  readonly name: string;
  /** Its first filled cells, at most three. */
  readonly samples: readonly string[];
  /** False: known to be something else, such as first names or telephone numbers. */
  readonly mayBeNames: boolean;
}

/** What must be answered before anybody becomes a recipient. */
export type ListQuestion =
  | {
      readonly ask: "column";
      /**
       * `several`: more than one is called so or looks so; `unclear`: neither a header nor the content proves any;
       * `notThere`: none is the one that was chosen.
       */
      readonly why: "several" | "unclear" | "notThere";
      readonly sheet?: string;
      readonly table: TableSample;
    }
  | {
      readonly ask: "sheet";
      /** What there is to choose from: the sheets of a spreadsheet, or the lists of a JSON document. */
      readonly among: "sheets" | "lists";
      readonly sheets: readonly {
        readonly name: string;
        readonly rowCount: number;
        readonly samples: readonly string[];
      }[];
    }
  | {
      readonly ask: "headerRow";
      readonly sheet?: string;
      readonly table: TableSample;
    }
  | {
      readonly ask: "encoding";
      /** The likeliest first, each with a few lines as they read under it. */
      readonly encodings: readonly { readonly encoding: string; readonly lines: readonly string[] }[];
    };

/** A question instead of rows: the list is opened again with the answer. */
export interface ListAsked {
  readonly question: ListQuestion;
}

/** Where the names were found. */
export interface ReadFrom {
  /** The column's name, absent for a list of nothing but names. */
  readonly column?: string;
  readonly columnNumber?: number;
  readonly sheets?: readonly string[];
  /** Absent: ASCII or UTF-8. */
  readonly encoding?: string;
}

/** Rows and sheets that were seen and are nobody, counted while rows are read; complete when the rows have ended. */
export interface LeftOut {
  hiddenSheets: number;
  hiddenRows: number;
  filteredRows: number;
  /** Columns of a spreadsheet that nobody sees, with something in them. */
  hiddenColumns: number;
  /** Totals of a spreadsheet's table, and rows that say that they are one. */
  totalsRows: number;
  repeatedHeaders: number;
  /** Titles above the header, `sep=` lines, comments, rulers of drawn tables. */
  otherLines: number;
}

/** The counts before anything was read. */
export function nothingLeftOut(): LeftOut {
  return {
    hiddenSheets: 0,
    hiddenRows: 0,
    filteredRows: 0,
    hiddenColumns: 0,
    totalsRows: 0,
    repeatedHeaders: 0,
    otherLines: 0,
  };
}
