import { expect, test } from "vitest";
import type { ListReport } from "../../../app/lists/list-report.ts";
import { nothingLeftOut } from "../../../lists/reading.ts";
import { systemClock } from "../../../lib/clock.ts";
import { locales } from "../../../words/locale.ts";
import { createLexicon } from "../../../words/words.ts";
import { listReportText } from "./list-report.ts";

const lexicon = createLexicon({ clock: systemClock, timeZone: "UTC" });
const report: ListReport = {
  kind: "report",
  listId: "list-1",
  origin: "pasted",
  read: 9,
  valid: 9,
  duplicates: 0,
  invalid: 0,
  alreadySent: 0,
  suppressed: 0,
  columns: [],
  firstInvalid: [],
  names: { first: [], middle: [], last: [] },
  readFrom: {},
  leftOut: nothingLeftOut(),
};

test.each(locales)("says in %s how many will be skipped and why, and nothing where nobody is", (locale) => {
  const words = lexicon[locale];
  const suppressed = words.say("report-suppressed", { count: 2 });
  const lately = words.say("report-contacted-lately", { count: 1 });
  expect(suppressed).not.toBe(lately);
  const all = listReportText({ ...report, suppressed: 2, contactedLately: 1 }, words);
  expect(all).toContain(`${suppressed}\n${lately}`);
  expect(listReportText({ ...report, contactedLately: 0 }, words).split("\n")).toHaveLength(1);
});
