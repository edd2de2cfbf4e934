/** What a table itself says about who must not be written to: a column of opt-outs, of states, or of consent. */
import { columnKey } from "../../domain/template.ts";
import { withoutMarks } from "./header-vocabulary.ts";

/** What a filled cell of a column means: `out` the person left, `consent` they agreed, `state` a word for either. */
type Meaning = "out" | "consent" | "state";

const OUT =
  /^(?:is |has |email |marketing )?(?:un ?sub(?:scribed?|s)?|opt(?:ed)? ?outs?|deleted|deactivated|do not (?:contact|send|e ?mail|message|write|call)|dnc|no contact|blocked|block ?list(?:ed)?|black ?list(?:ed)?|suppress(?:ed|ion)?|exclu(?:ded?|sions?)|complain(?:ed|ts?)|انصراف(?: داده)?|لغو اشتراک|لغو عضویت|عدم ارسال|فهرست عدم ارسال|مسدود|الغاء الاشتراک|محظور|отписан|отписался|отписка|отписки|черныи список|abgemeldet|abmeldung|gesperrt|desabonne|desinscrit|desinscription|dado de baja|baja|cancelado|descadastrado|disiscritto|abonelikten cikti|engelli)(?: (?:at|on|date|time|users?|lists?|accounts?|people|members?|names?|contacts?))?$/;
const CONSENT =
  /^(?:is |has |email |marketing )?(?:subscribed|opt(?:ed)? ?in|consent(?:ed)?|accepts? (?:marketing|messages)|agreed|permission|رضایت|موافقت|عضو است|موافق|согласие|подписан|zustimmung|einwilligung|consentement|consentimiento|consenso|onay|izin)$/;
const STATE =
  /^(?:(?:subscription|subscriber|marketing|consent|contact|member|email|list) )?(?:stat(?:us|e)|subscription|consent)$|^(?:وضعیت(?: اشتراک| عضویت)?|الحاله|статус(?: подписки)?|estado|durum|statut|stato)$/;

const YES = /^(?:yes|y|true|t|1|x|ja|oui|si|sim|evet|да|ano|tak|بله|بلی|آری|اری|نعم|✓|✔|✅|☑|是)$/;
const NO = /^(?:no|n|false|f|0|none|null|nan|nil|-+|nein|non|nao|hayir|нет|خیر|نه|لا|✗|✘|❌|☐|否|n\/a)$/;
/** States of somebody who left; of any other word nothing is believed. */
const LEFT =
  /^(?:un ?subscribed?|opt(?:ed)? ?out|do not (?:contact|send|message)|dnc|blocked|black ?listed|suppressed|complained|complaint|stop(?:ped)?|removed|deleted|deactivated|left|kicked|banned|انصراف(?: داد| داده)?|لغو(?: شده| اشتراک)?|مسدود|الغی|отписан|отписался|abgemeldet|desabonne|desinscrit|baja|dado de baja|cancelado|iptal)$/;

/** Tells whether a column or a list is called after people who must not be written to. */
export function isOptOutTitle(title: string): boolean {
  return OUT.test(wordsOf(title));
}

/**
 * Makes the test whether a row says of its person that they opted out or never agreed; undefined where no column says
 * anything about it.
 */
export function optOutTest(
  titles: readonly string[],
  usernameAt: number,
): ((cells: readonly string[]) => boolean) | undefined {
  const columns = titles.flatMap((title, at) => {
    const meaning = at === usernameAt ? undefined : meaningOf(title);
    return meaning === undefined ? [] : [{ at, meaning }];
  });
  if (columns.length === 0) return undefined;
  return (cells) => columns.some(({ at, meaning }) => saysOut(meaning, wordsOf(cells[at] ?? "")));
}

/** Columns whose yes says that a row is a program: `is_bot`, `user.is_bot`, Telethon's `bot`. */
const BOT = /^(?:(?:user|from|member|sender|node|author) )?(?:is )?(?:bot|robot|ربات|روبات|بوت|бот)$/;

/** Makes the function that says why a row names nobody to write to; undefined where no column says anything about it. */
export function faultByMarks(
  titles: readonly string[],
  usernameAt: number,
): ((cells: readonly string[]) => "optedOut" | "bot" | undefined) | undefined {
  const isOut = optOutTest(titles, usernameAt);
  const bots = [...titles.keys()].filter((at) => at !== usernameAt && BOT.test(wordsOf(titles[at] ?? "")));
  const states = [...titles.keys()].filter(
    (at) => at !== usernameAt && meaningOf(titles[at] ?? "") === "state",
  );
  if (!isOut && bots.length === 0) return undefined;
  return (cells) => {
    if (isOut?.(cells) === true) return "optedOut";
    return bots.some((at) => YES.test(wordsOf(cells[at] ?? ""))) ||
      states.some((at) => BOT.test(wordsOf(cells[at] ?? "")))
      ? "bot"
      : undefined;
  };
}

function meaningOf(title: string): Meaning | undefined {
  const words = wordsOf(title);
  if (OUT.test(words)) return "out";
  if (CONSENT.test(words)) return "consent";
  return STATE.test(words) ? "state" : undefined;
}

function saysOut(meaning: Meaning, words: string): boolean {
  if (words === "") return false;
  if (LEFT.test(words)) return true;
  if (meaning === "consent") return NO.test(words);
  // A date or a reason stands there for those who left.
  return meaning === "out" && (YES.test(words) || !NO.test(words));
}

/** No cell that says so is longer. */
const LONGEST = 48;

function wordsOf(cell: string): string {
  if (cell.length > LONGEST) return "";
  const apart = cell.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2");
  return withoutMarks(columnKey(apart))
    .replace(/(?<=\S)[-'’.@&+\s]+(?=\S)/g, " ")
    .replace(/[:*?؟]+$/, "")
    .trim();
}
