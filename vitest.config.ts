import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // The slow suites mostly wait for child processes and a browser, so even a machine of two cores runs two at a time.
    maxWorkers: 2,
  },
});
