/** The report as a picture: every word, digit and date is set already, and whoever draws it only gives it a place. */
import type { AttemptCounts } from "../../domain/report/attempts.ts";
import type { OutcomeState } from "../../domain/report/outcomes.ts";

/** A number with what it counts; `state` names its colour. */
export interface Outcome {
  readonly state: OutcomeState;
  readonly label: string;
  readonly count: number;
  /** The count with its share, as text. */
  readonly value: string;
}

export interface ReportPicture {
  readonly isRightToLeft: boolean;
  readonly title: string;
  /** Of the campaign; stands for itself in any language. */
  readonly name: string;
  readonly period: string;
  readonly outcomes: { readonly title: string; readonly parts: readonly Outcome[] };
  readonly overTime: {
    readonly title: string;
    /** How long a column is; what to read in place of columns where there are none. */
    readonly note: string;
    readonly columns: readonly { readonly label: string; readonly counts: AttemptCounts }[];
    /** Sets a number of the scale. */
    readonly number: (count: number) => string;
  };
  readonly accounts: {
    readonly title: string;
    /** The first few; `value` as text. */
    readonly rows: readonly {
      readonly name: string;
      readonly counts: AttemptCounts;
      readonly value: string;
    }[];
    /** What is not shown; absent when all is. */
    readonly more?: string;
  };
}

/** Draws it as a PNG. */
export type DrawReport = (picture: ReportPicture) => Promise<Uint8Array>;
