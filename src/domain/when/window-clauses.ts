/** What the words of a send window say together: hours in which it sends, and hours in which it does not. */
import type { Hours } from "./send-window.ts";
import { DAY_MINUTES, stretchesOf } from "./send-window.ts";
import type { Weekday } from "./wall-clock.ts";
import { weekdays } from "./wall-clock.ts";

type Span = Omit<Hours, "days">;

/** A part of a window: some days, some hours of a day, or a word about those that stand beside it. */
export type Part =
  | { readonly kind: "days"; readonly days: readonly Weekday[] }
  /** All days that are not named. */
  | { readonly kind: "others" }
  | { readonly kind: "hours"; readonly hours: Span }
  | { readonly kind: "quiet" | "except" | "comma" };

export type ClauseProblem = "twoWays" | "noHours" | "notUnderstood";

/** Hours that are open, and hours that are closed whatever is open. */
export interface Clauses {
  readonly open: readonly Hours[];
  readonly closed: readonly Hours[];
}

/**
 * What stands between commas. `form`: its parts in order, D for days, H for hours, Q for quiet, X for except; neighbours of one
 * kind are one.
 */
interface Segment {
  readonly form: string;
  readonly days: readonly (readonly Weekday[])[];
  readonly hours: readonly (readonly Span[])[];
}

const WHOLE: readonly Span[] = [{ from: 0, to: DAY_MINUTES }];

/** Puts parts together. What can be read in two ways is not guessed. */
export function clausesOf(parts: readonly Part[]): Clauses | ClauseProblem {
  const reader = new ClauseReader();
  for (const segment of segmentsOf(parts)) {
    const problem = reader.read(segment);
    if (problem) return problem;
  }
  return reader.end();
}

function segmentsOf(parts: readonly Part[]): readonly Segment[] {
  const named = new Set(parts.flatMap((part) => (part.kind === "days" ? part.days : [])));
  const others = weekdays.filter((day) => !named.has(day));
  const segments: { form: string; days: Weekday[][]; hours: Span[][] }[] = [];
  let segment = { form: "", days: [] as Weekday[][], hours: [] as Span[][] };
  const put = <T>(letter: string, lists: T[][], items: readonly T[]): void => {
    if (segment.form.endsWith(letter)) lists.at(-1)?.push(...items);
    else {
      segment.form += letter;
      lists.push([...items]);
    }
  };
  for (const part of [...parts, { kind: "comma" } as const]) {
    if (part.kind === "days" || part.kind === "others")
      put("D", segment.days, part.kind === "days" ? part.days : others);
    else if (part.kind === "hours") put("H", segment.hours, [part.hours]);
    else if (part.kind !== "comma") segment.form += part.kind === "quiet" ? "Q" : "X";
    else if (segment.form !== "") {
      segments.push(segment);
      segment = { form: "", days: [], hours: [] };
    }
  }
  return segments;
}

/** Reads segment after segment; what an earlier one left open is said by the next. */
class ClauseReader {
  readonly #open: Hours[] = [];
  readonly #closed: Hours[] = [];
  /** Days that wait for their hours, segment by segment. */
  #waiting: (readonly Weekday[])[] = [];
  /** What a segment of nothing but days or hours is a continuation of. */
  #last: "open" | "quietHours" | "quietDays" | "daysOff" | "except" = "open";
  /** Days of the hours before. */
  #days: readonly Weekday[] = [];

  read({ form, days, hours }: Segment): ClauseProblem | undefined {
    const [first = [], second = []] = days;
    const [span = [], later = []] = hours;
    switch (form) {
      case "D":
        return this.#takeDays(first);
      case "H":
        return this.#takeHours(span);
      case "QD":
      case "QH":
      case "QDH":
        if (this.#waiting.length > 0 && form !== "QH") return "twoWays";
        this.#close(first, span);
        this.#last = form === "QD" ? "quietDays" : "quietHours";
        return undefined;
      case "HQ":
      case "DHQ":
        this.#close(first, span);
        this.#last = "quietHours";
        return undefined;
      case "DQ":
      case "DX":
        return this.#takeDaysOff(first);
      case "XD":
      case "XH":
        this.#close(first, span);
        this.#last = "except";
        return undefined;
      // Either some hours of a day are left out, or the day, and the hours are those of the others.
      case "XDH":
        return "twoWays";
      case "DXD":
        this.#waiting.push(first);
        this.#close(second);
        return undefined;
      case "DXDH":
        this.#close(second);
        this.#add(
          first.filter((day) => !second.includes(day)),
          span,
        );
        return undefined;
      case "HXD":
      case "DHXD":
        this.#add(form === "HXD" ? [] : first, span);
        this.#close(form === "HXD" ? first : second);
        return undefined;
      case "HXH":
      case "DHXH":
      case "HXDH":
      case "DHXDH":
        this.#add(form.startsWith("D") ? first : [], span);
        this.#close(form === "HXDH" ? first : second, later);
        return undefined;
      default:
        return this.#takePairs(form, days, hours);
    }
  }

  end(): Clauses | ClauseProblem {
    const waiting = this.#waiting.flat();
    if (waiting.length > 0 && this.#open.every(({ days }) => days.length === 0)) {
      const spans = this.#open.length > 0 ? this.#open.splice(0) : WHOLE;
      this.#add(waiting, spans);
    } else if (waiting.length > 0) return "noHours";
    if (this.#open.length === 0 && this.#closed.length === 0) return "notUnderstood";
    if (this.#open.length === 0) this.#add([], WHOLE);
    const open = this.#open.map((one) => ({ ...one, days: one.days.length > 0 ? one.days : weekdays }));
    return overlap(open) ? "twoWays" : { open, closed: this.#closed };
  }

  /** Hours of some days; of every day when none are named. */
  #add(days: readonly Weekday[], hours: readonly Span[]): void {
    for (const { from, to } of hours) this.#open.push({ days: inOrder(days), from, to });
    this.#days = days;
    this.#last = "open";
  }

  #close(days: readonly Weekday[], hours: readonly Span[] = WHOLE): void {
    for (const { from, to } of hours.length > 0 ? hours : WHOLE)
      this.#closed.push({ days: days.length > 0 ? inOrder(days) : weekdays, from, to });
  }

  #takeDays(days: readonly Weekday[]): ClauseProblem | undefined {
    if (this.#last === "quietHours") return "twoWays";
    if (this.#last === "quietDays" || this.#last === "except") this.#close(days);
    else this.#waiting.push(days);
    return undefined;
  }

  #takeHours(hours: readonly Span[]): ClauseProblem | undefined {
    if (this.#last === "quietDays") return "twoWays";
    if (this.#last === "quietHours") this.#close([], hours);
    else this.#add(this.#waiting.length > 0 ? this.#taken() : this.#days, hours);
    return undefined;
  }

  /** `sat, sun off`; but `mon-fri, sat off` may leave out one day or all of them. */
  #takeDaysOff(days: readonly Weekday[]): ClauseProblem | undefined {
    if (this.#waiting.some((some) => some.length > 1)) return "twoWays";
    this.#close([...this.#taken(), ...days]);
    this.#last = "daysOff";
    return undefined;
  }

  /** `mon-fri 9-17 sat 10-14`, or throughout the other way round. */
  #takePairs(
    form: string,
    days: readonly (readonly Weekday[])[],
    hours: readonly (readonly Span[])[],
  ): ClauseProblem | undefined {
    if (!/^(?:(?:DH)+|(?:HD)+)$/.test(form))
      return /[QX]/.test(form) || form === "" ? "notUnderstood" : "twoWays";
    if (this.#last !== "open" && this.#last !== "daysOff") return "twoWays";
    for (const [at, some] of days.entries()) this.#add([...this.#taken(), ...some], hours[at] ?? []);
    return undefined;
  }

  #taken(): readonly Weekday[] {
    return this.#waiting.splice(0).flat();
  }
}

function inOrder(days: readonly Weekday[]): readonly Weekday[] {
  return [...new Set(days)].toSorted((a, b) => a - b);
}

/** Whether some hours are in others already: whoever writes them means something else. */
function overlap(hours: readonly Hours[]): boolean {
  return minutesOf(hours) < hours.reduce((sum, one) => sum + minutesOf([one]), 0);
}

function minutesOf(hours: readonly Hours[]): number {
  return stretchesOf(hours).reduce((sum, [from, to]) => sum + to - from, 0);
}
