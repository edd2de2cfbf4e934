/** Begins with the suites that mostly wait for child processes and a browser: the others then fill what they leave free. */
import { relative } from "node:path";
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/**
 * Slow suites, those first that would be waited for at the end; whoever mostly waits stands between those that compute.
 * Everything else follows as it was found.
 */
const SLOW = [
  "tests/browser/leads-story",
  "tests/crash/crash-matrix",
  "tests/browser/campaign-story",
  "tests/lists/corpus-everywhere",
  "tests/strain/",
  "tests/bot/corrected-list",
  "tests/x/silent-names",
  "tests/package",
  "tests/x/",
  "tests/crash/",
  "tests/telegram/",
  "tests/cli/",
  "tests/model/",
  "tests/browser/",
  "tests/sync/",
  "tests/bot/",
];

/** The order of the test files: a fresh clone knows no earlier run, by which the runner would sort. */
export class SlowFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const path = relative(this.ctx.config.root, moduleId);
      const slow = SLOW.findIndex((folder) => path.startsWith(folder));
      return slow === -1 ? SLOW.length : slow;
    };
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}
