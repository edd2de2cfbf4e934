/** What a typed send window means where it is not said otherwise (Tehran), day by day in one line. */
import { typedWindow } from "../../src/domain/when/window-text.ts";

export function typedWindowLine(text: string, timeZone = "Asia/Tehran"): string {
  const read = typedWindow(text, timeZone);
  if (read.kind === "problem") return read.problem;
  if (read.kind === "always") return "always";
  const rows = read.hours.flatMap(({ days, from, to }) =>
    days.map((day) => `${day} ${clock(from)}-${clock(to)}`),
  );
  const others = [read.workingDays ? "workingDays" : "", read.timeZone ?? ""].join(" ").trim();
  return [...rows.toSorted(), ...(others === "" ? [] : [others])].join(", ");
}

function clock(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
