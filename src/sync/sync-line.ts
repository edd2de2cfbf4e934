/** What a sync tells, in words for a log or a terminal. */
import type { RoundReport, SyncEvent } from "./sync-event.ts";

export interface SyncLine {
  readonly text: string;
  /** Somebody should look; else it is only good to know. */
  readonly isProblem: boolean;
}

/** The lines for an event, none for one that says nothing new. */
export function linesOf(event: SyncEvent): readonly SyncLine[] {
  switch (event.kind) {
    case "attemptFailed": {
      const { what, attempt, of, why, delayMs, isTransient } = event;
      const end = isTransient ? "given up for now" : "trying again would not help";
      const next = delayMs === undefined ? end : `again in ${delayMs / 1000} s`;
      return [problem(`${what}: attempt ${attempt} of ${of} failed: ${why}; ${next}.`)];
    }
    case "round":
      return roundLines(event);
    case "roundFailed":
      return []; // its last attempt was told
    case "restarted":
      return [problem(`${event.feed} is not what it was (restored?). It is copied again from its start.`)];
    case "breakerOpened":
      return [problem(`The database is left alone until ${new Date(event.until).toISOString()}.`)];
    case "breakerClosed":
      return [notice("The database is back.")];
    case "intervalChanged":
      return [notice(`The interval is ${event.intervalMs / 1000} s now.`)];
  }
}

function roundLines({ lines, optOuts, unreadable }: RoundReport): readonly SyncLine[] {
  const { taken, refused, waiting } = optOuts;
  const where = "in the database";
  return [
    ...(lines > 0 ? [notice(`${lines} lines copied.`)] : []),
    ...(taken > 0 ? [notice(`${taken} opted out ${where}: on the do-not-send list now.`)] : []),
    ...(refused > 0 ? [problem(`${refused} opt-outs ${where} are no usernames.`)] : []),
    ...(waiting > 0
      ? [
          problem(
            `${waiting} opt-outs wait ${where}: the running Peyk takes them in when its own sync is on.`,
          ),
        ]
      : []),
    ...unreadable.map((why) => problem(`Not copied: ${why}`)),
  ];
}

function notice(text: string): SyncLine {
  return { text, isProblem: false };
}

function problem(text: string): SyncLine {
  return { text, isProblem: true };
}
