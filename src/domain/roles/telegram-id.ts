/** Telegram's ids have at most 52 significant bits, as its Bot API says of users. */
const LARGEST = 2 ** 52 - 1;

/** Reads the id of somebody on Telegram. @returns Undefined for what is none, a number out of their range too */
export function telegramIdIn(text: string): number | undefined {
  if (!/^\d{1,16}$/.test(text)) return undefined;
  const id = Number(text);
  return id >= 1 && id <= LARGEST ? id : undefined;
}
