import { columnKey } from "../domain/template.ts";

const PLATFORM =
  "telegram|twitter|x|instagram|insta|tiktok|bot|تلگرام|توییتر|توئیتر|اینستاگرام|اینستا|تیک تاک";
const USERNAME =
  "user ?names?|handles?|screen ?names?|نام ?(?:های )?کاربری|یوزر ?نیم|[آا]ی ?دی|شناسه(?: کاربری)?";
const ID_OR_LINK = "ids?|accounts?|links?|profiles?|اکانت|حساب|لینک|پروفایل";

/** A column called so holds usernames and nothing else. */
const SURE = new RegExp(
  `^(?:(?:${PLATFORM}) )?(?:${USERNAME})(?: (?:${PLATFORM}))?$|^(?:${PLATFORM}) (?:${ID_OR_LINK})$|^(?:${ID_OR_LINK}) (?:${PLATFORM})$`,
);
/** A column called so may hold usernames. */
const POSSIBLE = new RegExp(
  `^(?:${PLATFORM}|${ID_OR_LINK}|users?|members?|followers?|recipients?|contacts?|کاربر(?:ان)?|گیرنده|مخاطب|عضو|اعضا)$`,
);
/** Other things that columns are called; such a word in the first row tells that it is a header. */
const OTHER =
  /^(?:(?:(?:first|last|full|given|family|display|real) )?names?|title|city|country|region|address|e ?mail|phone(?: number)?|mobile|tel|company|job|gender|sex|age|birthday|date|time|joined|language|lang|tags?|notes?|comments?|bio|source|status|count|number|no|row|نام(?: و نام خانوادگی)?|نام خانوادگی|نام خانوادگي|اسم|شهر|استان|کشور|آدرس|نشانی|ایمیل|رایانامه|تلفن|موبایل|همراه|شماره(?: (?:تلفن|موبایل|همراه|تماس))?|شرکت|شغل|جنسیت|سن|تولد|تاریخ|زبان|یادداشت|توضیحات?|وضعیت|ردیف)$/;

/** How likely a column is to hold usernames, going by what it is called. */
export type HeaderWord = "sure" | "possible" | "other" | "unknown";

/** Knows the words that people put at the head of columns, in English and Persian. */
export function headerWord(cell: string): HeaderWord {
  const key = columnKey(cell).replaceAll("ٔ", "").replaceAll("ۀ", "ه");
  if (SURE.test(key)) return "sure";
  if (POSSIBLE.test(key)) return "possible";
  return OTHER.test(key) ? "other" : "unknown";
}
