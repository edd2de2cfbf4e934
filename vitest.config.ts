import { defineConfig } from "vitest/config";
import { memoryFolder } from "./tests/support/runner/memory-folder.ts";
import { SlowFirst } from "./tests/support/runner/slow-first.ts";
import { onPostgres } from "./tests/support/runner/on-postgres.ts";

export default defineConfig(({ mode }) => {
  const temporary = memoryFolder(mode);
  const each = {
    ...(temporary === undefined ? {} : { env: { TMPDIR: temporary } }),
    setupFiles: ["tests/support/runner/stuck-test.ts", "tests/support/runner/fewer-runs.ts"],
    // Only what hangs is to meet them, not what is slow on a busy machine.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // No test leaves anything behind in its process, so files share one: half of the time would go into loading modules.
    isolate: false,
    // Tests make much that is soon forgotten: collecting it less often takes a tenth off the CPU time.
    execArgv: ["--min-semi-space-size=16", "--max-semi-space-size=64"],
  };
  return {
    test: {
      globalSetup: [
        "tests/support/runner/memory-folder.ts",
        "tests/support/runner/compile-once.ts",
        "tests/support/postgres/one-server.ts",
      ],
      // The slow suites mostly wait for child processes and a browser, so even a machine of two cores runs six at a time.
      maxWorkers: 6,
      sequence: { sequencer: SlowFirst },
      ...(each.env ? { env: each.env } : {}),
      projects: [
        {
          mode, // projects don't take it from the run
          test: {
            ...each,
            name: "files",
            include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
            provide: { store: "files" },
          },
        },
        {
          mode,
          test: {
            ...each,
            name: "postgres",
            include: onPostgres(mode),
            provide: { store: "postgres" },
            setupFiles: [...each.setupFiles, "tests/support/runner/kept-in-postgres.ts"],
          },
        },
      ],
    },
  };
});
