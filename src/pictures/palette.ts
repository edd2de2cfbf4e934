/** Colours of the report. Each state's is told from every other by eyes that don't tell red from green, or blue from yellow. */
import type { GrowthKind } from "../domain/people/growth.ts";
import type { OutcomeState } from "../domain/report/outcomes.ts";

export const stateColours: Readonly<Record<OutcomeState, string>> = {
  sent: "#0b6fae",
  takenBack: "#7a35c8",
  skipped: "#b4bdc4",
  notFound: "#39434c",
  refused: "#f0b429",
  failed: "#c23b78",
  uncertain: "#f07a3c",
  claimed: "#63bfe8",
  planned: "#e1e7eb",
};

export const ink = { text: "#17212a", soft: "#56646f", line: "#dbe4e9", ground: "#ffffff" } as const;

/** Joining is above the line and the others are below it; told apart like the states. */
export const growthColours: Readonly<Record<GrowthKind, string>> = {
  joined: "#0b6fae",
  left: "#f0b429",
  blocked: "#c23b78",
  gone: "#39434c",
};
