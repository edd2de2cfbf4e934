/**
 * A property takes half of the usual hundred runs where it names no number: each run of the suite has other values, so the
 * days make up for it. `--mode long` takes them all.
 */
import fc from "fast-check";

if (process.env["MODE"] !== "long") fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 50 });
