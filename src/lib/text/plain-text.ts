/**
 * What may be shown where text can be a command: a terminal and a log. Owns which characters never get there, and which
 * texts are secrets wherever they stand.
 */

/** C0 but for tab and newline, DEL, C1; line and paragraph separators; the marks that turn the order of letters over. */
const COMMANDS = /[\p{Cc}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]/gu;

/** The marks that keep a name apart within a sentence; a terminal that knows nothing of them shows boxes. */
const ISOLATES = /[\u2066-\u2069\u200E\u200F\u061C]/;

/** Bot API tokens: the bot's id, a colon, 35 characters (core.telegram.org/bots/api#authorizing-your-bot). */
const BOT_TOKEN = /(?<!\d)\d{3,20}:[\w-]{30,}/g;

// Texts come from outside and may be long, so every stretch in these patterns has an end.

/** Tokens of other programs, and what signs for webhooks. */
const OWN_SECRET = /\b(?:peyk_[\w-]{43}|whsec_[\w+/=-]{24,200})/g;

/** In an address of a database, all up to the last `@`: passwords hold any sign. How one is written stays as it is. */
const DATABASE_CREDENTIALS = /\b(postgres(?:ql)?:\/\/)(?!name:password@host\/)[^\s"'<>]{0,1000}@/gi;

/** In other addresses a name with a password; a port is none. */
const CREDENTIALS =
  /\b([a-z][a-z\d+.-]{0,20}:\/\/)(?!name:password@host\/)[^\s/@:]{0,200}:(?!\d{1,5}(?:[/?#]|$))[^\s"'<>]{0,300}@/gi;

/** Keys of X are 25 signs and longer, those of others too; what people name is no such mixture. */
const RANDOM = /(?<![A-Za-z\d])(?=[A-Za-z\d]*[a-z])(?=[A-Za-z\d]*[A-Z])(?=[A-Za-z\d]*\d)[A-Za-z\d]{25,}/g;

/** The key of the local pages. */
const PAGE_KEY = /([?&]key=)[\w-]{20,}/g;

/**
 * A text as a terminal may show it: characters that a terminal obeys are written out, as in `\x1b`.
 * @param keepsNamesApart The terminal knows the isolates that keep names apart; they stay where each is closed again
 */
export function terminalText(text: string, keepsNamesApart = false): string {
  const keeps = keepsNamesApart && isClosed(text);
  return text.replace(COMMANDS, (character) => {
    if (character === "\n" || character === "\t") return character;
    if (keeps && (character === FSI || character === PDI)) return character;
    return ISOLATES.test(character) ? "" : written(character);
  });
}

/** First strong isolate, and what ends it. */
const [FSI, PDI] = ["\u2068", "\u2069"];

function isClosed(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === FSI) open++;
    if (character === PDI && --open < 0) return false;
  }
  return open === 0;
}

/** JSON that says the same without a character that a terminal obeys. */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value).replace(
    COMMANDS,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function written(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
}

/** A text without the tokens, passwords and keys that stand in it. */
export function withoutSecrets(text: string): string {
  return text
    .replace(BOT_TOKEN, "[token]")
    .replace(OWN_SECRET, "[token]")
    .replace(DATABASE_CREDENTIALS, "$1[password]@")
    .replace(CREDENTIALS, "$1[password]@")
    .replace(PAGE_KEY, "$1[key]")
    .replace(RANDOM, "[key]");
}

/** What a problem says, as a person may see it and a terminal may show it. */
export function problemText(text: string, keepsNamesApart = false): string {
  return terminalText(withoutSecrets(text), keepsNamesApart);
}

/** Tells whether a text is more likely a key or an address with a password than the name of anything. */
export function looksLikeSecret(text: string): boolean {
  return withoutSecrets(text) !== text || (/^[\da-f]{32,}$/i.test(text) && /\d/.test(text));
}
