/** People who are made up, the same in every run and on every machine. */
import { createHash } from "node:crypto";
import type { Lead } from "../../domain/collecting/lead.ts";

/** Made-up people there are in all: searches overlap. */
export const POPULATION = 20_000;

/** Time from a question to its answer, in ms: long enough to be watched. */
export const LATENCY_MS = 120;

const FIRST_NAMES = ["mira", "omid", "lina", "reza", "noor", "tomas", "yara", "kian", "elif", "sam"];
const TRADES = ["brews", "cooks", "draws", "films", "roasts", "reads", "rides", "sews", "sings", "travels"];

/** One of them, from 0 up to {@link POPULATION}. */
export function personNumbered(number: number): Lead {
  const first = FIRST_NAMES[number % FIRST_NAMES.length] ?? "";
  const trade = TRADES[Math.floor(number / FIRST_NAMES.length) % TRADES.length] ?? "";
  return {
    id: `7300000000000${String(number).padStart(6, "0")}`,
    username: `${first}_${trade}_${number}`,
    displayName: `${first[0]?.toUpperCase() ?? ""}${first.slice(1)} ${trade}`,
  };
}

/** A whole number from a search and a question about it, the same on every machine. */
export function draw(query: string, question: string): number {
  return createHash("sha256").update(`${query}\0${question}`).digest().readUInt32BE(0);
}
