/** One line of the benchmark's table. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The bare minimum of work that the figure is held against, measured in the same run. */
  readonly floor?: number;
  /** Value by floor. */
  readonly ratio?: number;
  readonly aim: string;
  readonly met: boolean;
}
