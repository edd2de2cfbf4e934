/** A promise broken on purpose: one change of the program, and the tests that must turn red by it. */
export interface Mutation {
  /** What the program does then, in words. */
  readonly what: string;
  /** Below `src/`. */
  readonly file: string;
  /** Stands in the file exactly once; so a mutation that the code has outgrown is found. */
  readonly from: string;
  readonly to: string;
  /** Files or folders of tests; `types`: the compiler notices. */
  readonly seenBy: readonly string[] | "types";
}
