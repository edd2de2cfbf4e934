/**
 * Which answers a program wrote, as far as their words show it: out of office, "we got your message", and commands typed to
 * a bot. They count as no answer. Errs on the side of a person: what is not surely automatic is theirs.
 */

/**
 * What such texts say of themselves near their beginning, in English and Persian. A person uses the same words about something
 * else ("is this an automatic message?", "I'm on holiday, see you then"), so each phrase is a whole statement.
 */
const PHRASES: readonly RegExp[] = [
  /^\P{L}*(?:auto|automatic|automated)[\s-]*(?:reply|response|answer)\s?(?:$|[^\p{L}\s]|from\b|to\b)/u,
  /\bthis (?:message |reply |response |e-?mail )?(?:is|was) (?:an? )?(?:auto|automatic|automated|automatically)[\s-]*(?:generated |sent )?(?:reply|response|message|answer|e-?mail)\b/u,
  /\bthis (?:message|reply|response|e-?mail) (?:is|was) (?:(?:sent|generated) automatically|automatically (?:sent|generated))\b/u,
  /(?:^\P{L}*|\b(?:i am|i'm|we are|we're|am|are) )(?:currently )?out[\s-]of[\s-](?:the[\s-])?office\b/u,
  /\bon (?:annual |parental |maternity |sick )?leave (?:until|till|from)\b/u,
  /\bon (?:vacation|holiday|leave)\b.{0,80}\b(?:will|shall|'ll) (?:reply|respond|get back to you|answer your)\b/u,
  /\b(?:thank you|thanks) for (?:your message|reaching out|contacting|getting in touch|messaging)[^.!]{0,60}[.!]?.{0,40}\b(?:we|our team)(?:'ll| will| shall) (?:get back|come back to you|reply|respond|answer|be in touch|contact you|write back)\b/u,
  /\bthis (?:inbox|account|mailbox) is not (?:monitored|read)\b/u,
  /^\P{L}*(?:پاسخ|پیام)\s?(?:گوی\s?)?خودکار\s?(?:$|[^\p{L}\s])/u,
  /این (?:یک )?(?:پاسخ|پیام)\s?(?:گوی\s?)?خودکار (?:است|می\s?باشد)/u,
  /این (?:پاسخ|پیام) به (?:صورت|طور) خودکار (?:ارسال|فرستاده|تولید)/u,
  /تا [^.!]{1,40} (?:در|به) مرخصی (?:هستم|هستیم|به سر|می\s?باشی?م|رفته)/u,
  /(?:در|به) مرخصی (?:هستم|هستیم|به سر|می\s?باشی?م|رفته).{0,80}پاسخ/u,
  /خارج از (?:دفتر|محل کار|ساعت کاری) (?:هستم|هستیم|می\s?باشی?م)/u,
  /پیام شما (?:دریافت|ثبت) شد.{0,60}(?:به زودی|در اولین فرصت|در اسرع وقت).{0,40}(?:پاسخ|جواب|تماس)/u,
];

/** A question is never what a program says of itself. */
const QUESTION = /[^.!?؟]*[?؟]/gu;

/** An automatic answer says that it is one soon. */
const LOOKED_AT = 400;

/** Tells whether a program wrote this, or somebody typed a command for one. */
export function isAutomaticAnswer(text: string): boolean {
  const said = text.trimStart();
  if (/^\/[a-z]\w{0,31}(?:@\w+)?(?:\s|$)/i.test(said)) return true;
  const words = said
    .slice(0, LOOKED_AT)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("\u200C", " ")
    .replaceAll("\u2019", "'")
    .replaceAll(/[\u0640\p{Mn}]/gu, "")
    .replaceAll(/[\u064A\u0649]/g, "\u06CC")
    .replaceAll("\u0643", "\u06A9")
    .replaceAll(/\s+/g, " ")
    .replaceAll(QUESTION, " ")
    .trim();
  return PHRASES.some((phrase) => phrase.test(words));
}
