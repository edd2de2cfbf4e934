import { createLexicon } from "../../src/words/words.ts";
import { systemClock } from "../../src/lib/clock.ts";

/** The English words in UTC, for tests that look at a sentence. */
export const plainWords = createLexicon({ clock: systemClock, timeZone: "UTC" }).en;
