import type { DoctorReport, Finding } from "../app/health/finding.ts";
import type { Words } from "../words/words.ts";
import type { Ending } from "./command.ts";
import type { Output } from "./output.ts";
import { DONE, FAILED } from "./program-parts.ts";

/** `peyk doctor`: says what was found, what is wrong last, so that it stands where one looks. */
export function tellReport({ findings, isWell }: DoctorReport, output: Output, words: Words): Ending {
  const levels: readonly Finding["level"][] = ["ok", "note", "wrong"];
  for (const level of levels)
    for (const finding of findings.filter((one) => one.level === level)) {
      const [sign, check] = [words.plain(`cli-sign-${level}`), words.plain(`cli-check-${finding.check}`)];
      output.say(words.plain("cli-finding", { sign, check, text: finding.text }));
      output.record({ kind: "finding", ...finding });
    }
  const wrong = findings.filter(({ level }) => level === "wrong").length;
  output.say(isWell ? words.plain("cli-doctor-well") : words.plain("cli-doctor-wrong", { count: wrong }));
  return { exitCode: isWell ? DONE : FAILED, summary: { wrong } };
}
