/** The history in words: who, what, and how it ended; for the chat, the terminal and files. */
import type { HistoryDeed, HistoryWords } from "../app/history/history.ts";
import { withoutDirectionMarks } from "../lib/text/direction-marks.ts";
import { textOfHtml } from "../lib/text/html-text.ts";
import { givenRoles } from "../domain/roles/role.ts";
import { suppressionReasons } from "../domain/people/suppression.ts";
import { joined } from "./joined.ts";
import type { Words } from "./words.ts";

/** One deed as a line of Telegram HTML. */
export function deedLine(deed: HistoryDeed, words: Words): string {
  const end = endOf(deed);
  const line = end === "done" ? "deeds-line" : `deeds-line-${end}`;
  const what = { html: deedText(deed, words) };
  return words.say(line, { moment: words.moment(deed.at), who: whoText(deed, words), what });
}

function endOf({ ended }: HistoryDeed): "done" | "refused" | "failed" | "unknown" {
  return ended?.end ?? "unknown";
}

/** Whose deed it was. */
export function whoText({ by }: Pick<HistoryDeed, "by">, words: Words): string {
  switch (by.kind) {
    case "operator":
      return by.name ?? words.plain("deeds-by-id", { id: String(by.id) });
    case "terminal":
    case "library":
    case "http":
      return words.plain(`deeds-by-${by.kind}`, { name: by.name ?? words.plain("deeds-by-nobody") });
    case "peyk":
      return words.plain("deeds-by-peyk");
  }
}

/** What was done, as Telegram HTML. */
function deedText({ deed, about, ended }: HistoryDeed, words: Words): string {
  const { campaign = "", people = [], what = [] } = about;
  const id = sentenceOf(deed, { people, what });
  const count = ended?.count ?? about.count ?? people.length;
  const names = people.length > 0 ? words.codes(people) : words.plain("deeds-people", { count });
  return words.say(`deed-${id}`, {
    id: campaign,
    list: about.list ?? ended?.list ?? "…",
    names,
    what: joined([...new Set(what.map((one) => whatText(one, words)))], words),
  });
}

function sentenceOf(deed: HistoryDeed["deed"], { people = [], what = [] }: HistoryDeed["about"]): string {
  if (deed === "start" && what.includes("scheduled")) return "scheduled";
  // An older version did not keep whom.
  return deed === "replyTo" && people.length > 0 ? "replyTo-named" : deed;
}

/** What stands for itself; all else that can be changed is a setting. */
const changed: ReadonlySet<string> = new Set(["message", "accounts"]);
const decided: ReadonlySet<string> = new Set(["sent", "again", "skip", "check"]);
const roleNames: ReadonlySet<string> = new Set(givenRoles);
const reasons: ReadonlySet<string> = new Set(suppressionReasons);

function whatText(what: string, words: Words): string {
  if (decided.has(what)) return words.plain(`deed-what-${what}`);
  if (roleNames.has(what)) return words.plain(`role-${what}`);
  if (reasons.has(what)) return words.plain(`suppressed-${what}`);
  return words.plain(`changed-${changed.has(what) ? what : "settings"}`);
}

/** The words of the file. */
export function historyWords(words: Words): HistoryWords {
  return {
    sheet: { name: words.plain("sheet-history"), isRightToLeft: words.locale === "fa" },
    headings: ["heading-number", "heading-time", "heading-who", "heading-deed", "heading-outcome"].map((id) =>
      words.plain(id),
    ),
    cells: (deed) => [
      String(deed.n),
      words.timestamp(deed.at),
      withoutDirectionMarks(whoText(deed, words)),
      withoutDirectionMarks(textOfHtml(deedText(deed, words))),
      words.plain(`deeds-end-${endOf(deed)}`),
    ],
  };
}
