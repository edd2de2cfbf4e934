/** What a run under strain was like, by what arrived and by what the program was seen to do. */
import type { RecordedCall } from "../../src/playground/api/call-journal.ts";

/** What was seen from outside. Times in ms. */
export interface StrainVerdict {
  readonly deaths: number;
  readonly doubled: number;
  readonly leavers: number;
  /** Read that they are out and got the campaign's message after that. */
  readonly writtenAfterAnswer: number;
  /** Wrote /stop and got the campaign's message more than a second later. */
  readonly writtenAfterStop: number;
  /** From the arrival of /stop until it stood on disk. */
  readonly slowestStopMs: number;
  readonly slowestStopAnswerMs: number;
  readonly pauses: number;
  /** From the arrival of a Pause until the last message of the campaign arrived. */
  readonly slowestPauseMs: number;
  readonly slowestPauseAnswerMs: number;
  readonly slowestHealthMs: number;
  /** Of one such answer, the most that was the program's own work. */
  readonly slowestHealthOwnMs: number;
  /** The most that arrived in any second, whoever it was for. */
  readonly mostInASecond: number;
  readonly hostileFiles: number;
  /** Hostile files that nothing was said about. */
  readonly unanswered: number;
  readonly slowestFileMs: number;
  /** The program itself, and the largest of its helpers, in MB. */
  readonly peakMb: number;
  readonly peakHelperMb: number;
  readonly delivered: number;
  readonly seconds: number;
}

/** One /stop: who, when it arrived, how long the answer took, and when it stood on disk. */
export interface Stop {
  readonly id: number;
  readonly at: number;
  readonly answerMs: number;
}

/** One Pause, until it was taken back. */
export interface Pause {
  readonly at: number;
  readonly until: number;
  readonly answerMs: number;
}

export interface Seen {
  /** Text of the campaign. */
  readonly text: string;
  readonly calls: readonly RecordedCall[];
  /** When each message arrived, whatever became of it. */
  readonly arrivals: readonly number[];
  readonly stops: readonly Stop[];
  /** When each opt-out stood on disk, by the person's id. */
  readonly heard: ReadonlyMap<number, number>;
  readonly pauses: readonly Pause[];
  /** How long each hostile file took, undefined where nothing was said about it. */
  readonly files: readonly (number | undefined)[];
}

/** A binding later than this counts as not heard. */
const AT_ONCE_MS = 1000;

/** Judges by the server's own record. */
export function judge({ text, calls, arrivals, stops, heard, pauses, files }: Seen) {
  const campaign = calls.filter(({ status, payload }) => status === 200 && payload["text"] === text);
  const times = new Map<unknown, number>();
  for (const { payload } of campaign) {
    const chat = payload["chat_id"];
    times.set(chat, (times.get(chat) ?? 0) + 1);
  }
  const sentAfter = (late: (stop: Stop) => number): number =>
    stops.filter((stop) =>
      campaign.some(({ payload, at }) => payload["chat_id"] === stop.id && at - stop.at > late(stop)),
    ).length;
  return {
    doubled: [...times.values()].filter((count) => count > 1).length,
    leavers: stops.length,
    writtenAfterAnswer: sentAfter(({ answerMs }) => answerMs),
    writtenAfterStop: sentAfter(() => AT_ONCE_MS),
    slowestStopMs: most(stops.map(({ id, at }) => (heard.get(id) ?? Infinity) - at)),
    slowestStopAnswerMs: most(stops.map(({ answerMs }) => answerMs)),
    pauses: pauses.length,
    slowestPauseMs: most(pauses.map((pause) => lastWithin(campaign, pause))),
    slowestPauseAnswerMs: most(pauses.map(({ answerMs }) => answerMs)),
    mostInASecond: mostWithin(arrivals, 1000),
    hostileFiles: files.length,
    unanswered: files.filter((took) => took === undefined).length,
    slowestFileMs: most(files.map((took) => took ?? Infinity)),
    delivered: campaign.length,
  };
}

/** How long after a pause the campaign's last message came before it was taken back, in ms. */
function lastWithin(campaign: readonly RecordedCall[], { at: from, until }: Pause): number {
  return most(campaign.filter(({ at }) => at > from && at < until).map(({ at }) => at - from));
}

function most(all: readonly number[]): number {
  return all.reduce((one, other) => Math.max(one, other), 0);
}

/** The largest number of moments within any span. */
function mostWithin(moments: readonly number[], spanMs: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let [first, largest] = [0, 0];
  for (const [index, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= spanMs) first += 1;
    largest = Math.max(largest, index - first + 1);
  }
  return largest;
}
