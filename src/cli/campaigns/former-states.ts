/** Whom of an old campaign a new one may be for, as it is typed. */
export const formerStates = ["everyone", "failed", "notFound", "uncertain", "planned"] as const;

/** `planned`: never tried, also when the campaign was cancelled before. */
export type FormerState = (typeof formerStates)[number];
