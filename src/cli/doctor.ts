import type { DoctorReport, Finding } from "../app/health/doctor.ts";
import type { Ending } from "./command.ts";
import type { Output } from "./output.ts";
import { DONE, FAILED } from "./program-parts.ts";

const signs: Readonly<Record<Finding["level"], string>> = { ok: "ok   ", note: "note ", wrong: "WRONG" };

/** `peyk doctor`: says what was found, what is wrong last, so that it stands where one looks. */
export function tellReport({ findings, isWell }: DoctorReport, output: Output): Ending {
  const levels: readonly Finding["level"][] = ["ok", "note", "wrong"];
  for (const level of levels)
    for (const finding of findings.filter((one) => one.level === level)) {
      output.say(`${signs[level]}  ${finding.check}: ${finding.text}`);
      output.record({ kind: "finding", ...finding });
    }
  const wrong = findings.filter(({ level }) => level === "wrong").length;
  output.say(isWell ? "Everything is in order." : `${wrong} wrong. Peyk changed nothing.`);
  return { exitCode: isWell ? DONE : FAILED, summary: { wrong } };
}
