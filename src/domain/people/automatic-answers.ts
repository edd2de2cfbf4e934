/**
 * Which answers a program wrote, as far as their words show it: out of office, "we got your message", and commands typed to
 * a bot. They count as no answer. Errs on the side of a person: what is not surely automatic is theirs.
 */

/** What such texts say near their beginning, in English and Persian. */
const PHRASES: readonly RegExp[] = [
  /\b(?:auto(?:matic(?:ally)?|mated)?)[\s-]*(?:generated )?(?:reply|response|replies|message)\b/u,
  /\b(?:out[\s-]of[\s-](?:the[\s-])?office|on (?:annual |parental |maternity |sick )?(?:leave|vacation|holiday)(?: until| till| from|\.|,|$))/u,
  /\b(?:thank you|thanks) for (?:your message|reaching out|contacting|getting in touch|messaging)[^.!]{0,60}[.!]?.{0,40}\b(?:we|our team)(?:'ll| will| shall)\b/u,
  /\bthis (?:inbox|account|mailbox) is not (?:monitored|read)\b/u,
  /پاسخ\s?(?:گوی\s?)?خودکار/u,
  /پیام\s?(?:به\s?صورت\s)?خودکار/u,
  /(?:در|به) مرخصی (?:هستم|هستیم|به سر|می\s?باشم|رفته)/u,
  /خارج از (?:دفتر|محل کار|ساعت کاری)/u,
  /پیام شما (?:دریافت|ثبت) شد.{0,60}(?:به زودی|در اولین فرصت|در اسرع وقت)/u,
];

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
    .replaceAll(/\s+/g, " ");
  return PHRASES.some((phrase) => phrase.test(words));
}
