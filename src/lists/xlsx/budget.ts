import { ListTooLarge } from "../row.ts";

/** A million names with a dozen columns; blank ones count, written or not. */
const MOST_CELLS = 20_000_000;
/** In UTF-16 units, texts that are used again counted each time. */
const MOST_LETTERS = 100 << 20;

/** What all sheets of one workbook may hand out together. */
export interface Budget {
  /** @throws {ListTooLarge} when it is used up */
  spend(cells: number, letters: number): void;
}

/** A budget that each sheet has its own account of: reading a sheet again gives back what it took the first time. */
export interface SharedBudget {
  account(): Budget & { giveBack(): void };
}

/** Makes the budget of a workbook. */
export function createBudget(): SharedBudget {
  let cellsLeft = MOST_CELLS;
  let lettersLeft = MOST_LETTERS;
  return {
    account() {
      let spent = { cells: 0, letters: 0 };
      return {
        spend(cells, letters) {
          spent.cells += cells;
          spent.letters += letters;
          cellsLeft -= cells;
          lettersLeft -= letters;
          if (cellsLeft < 0 || lettersLeft < 0) throw new ListTooLarge();
        },
        giveBack() {
          cellsLeft += spent.cells;
          lettersLeft += spent.letters;
          spent = { cells: 0, letters: 0 };
        },
      };
    },
  };
}
