// @ts-check
/** Every word of the page, in both languages; same keys, same order. The bot's own words are in its locales. */

const en = {
  title: "Peyk playground",
  subtitle: "Telegram on your own computer",
  people: "People",
  youAre: "You are",
  note: "No token, no account. Nothing leaves this computer, and everything is still here after a restart.",
  monitor: "How everything stands",
  operator: "Operator",
  stranger: "Not an operator",
  switchPerson: "Switch person",
  bot: "bot",
  busy: "is typing…",
  busyFile: "is sending a file…",
  noMessages: "No messages yet",
  file: "File",
  photo: "Photo",
  animation: "Animation",
  video: "Video",
  video_note: "Video message",
  audio: "Music",
  voice: "Voice message",
  sticker: "Sticker",
  poll: "Poll",
  venue: "Place",
  location: "Location",
  contact: "Contact",
  dice: "Dice",
  messages: "Messages",
  whatCanItDo: "What can this bot do?",
  description:
    "It sends one message to each name on your list, exactly once, and shows what happened to every one.",
  pressStart: "Press Start to begin.",
  start: "Start",
  write: "Message",
  send: "Send",
  attach: "Attach a file",
  commands: "Commands",
  toBottom: "Newest messages",
  edited: "edited",
  pinned: "Pinned message",
  download: "Download",
  reveal: "Show hidden text",
  copied: "Copied",
  dropHere: "Drop files here to send them",
  notSent: "Not sent. Your text is still here; try again.",
  fileNotSent: (/** @type {string} */ name) => `${name} was not sent.`,
  tooBig: (/** @type {string} */ name) => `${name} is larger than 64 MB and was not sent.`,
  lost: "Peyk is not running. This page goes on by itself when it is back.",
  ok: "OK",
  light: "Theme: light",
  dark: "Theme: dark",
  auto: "Theme: as the system",
  today: "Today",
  yesterday: "Yesterday",
  unread: (/** @type {string} */ count) => `${count} unread`,
};

/** @type {typeof en} */
const fa = {
  title: "محیط آزمایشی پیک",
  subtitle: "تلگرام روی رایانهٔ خودتان",
  people: "افراد",
  youAre: "نقش شما",
  note: "نه توکن لازم است، نه حساب. چیزی از این رایانه بیرون نمی‌رود و پس از راه‌اندازی دوباره همه‌چیز سر جایش است.",
  monitor: "وضعیت همه‌چیز در یک نگاه",
  operator: "اپراتور",
  stranger: "اپراتور نیست",
  switchPerson: "تغییر شخص",
  bot: "بات",
  busy: "در حال نوشتن…",
  busyFile: "در حال فرستادن فایل…",
  noMessages: "هنوز پیامی نیست",
  file: "فایل",
  photo: "عکس",
  animation: "انیمیشن",
  video: "ویدئو",
  video_note: "پیام تصویری",
  audio: "موسیقی",
  voice: "پیام صوتی",
  sticker: "استیکر",
  poll: "نظرسنجی",
  venue: "مکان",
  location: "موقعیت",
  contact: "شمارهٔ تماس",
  dice: "تاس",
  messages: "پیام‌ها",
  whatCanItDo: "این بات چه می‌کند؟",
  description: "به هر نام در فهرست شما یک پیام می‌فرستد، درست یک بار، و نشان می‌دهد برای هر کدام چه شد.",
  pressStart: "برای آغاز، دکمهٔ شروع را بزنید.",
  start: "شروع",
  write: "پیام",
  send: "ارسال",
  attach: "پیوست فایل",
  commands: "دستورها",
  toBottom: "تازه‌ترین پیام‌ها",
  edited: "ویرایش‌شده",
  pinned: "پیام سنجاق‌شده",
  download: "دریافت",
  reveal: "نمایش متن پنهان",
  copied: "کپی شد",
  dropHere: "فایل‌ها را برای ارسال اینجا رها کنید",
  notSent: "ارسال نشد. متن شما همین‌جاست؛ دوباره تلاش کنید.",
  fileNotSent: (name) => `فایل \u2068${name}\u2069 ارسال نشد.`,
  tooBig: (name) => `فایل \u2068${name}\u2069 از ۶۴ مگابایت بزرگ‌تر است و ارسال نشد.`,
  lost: "پیک در حال اجرا نیست. به‌محض بازگشت، این صفحه خودبه‌خود ادامه می‌دهد.",
  ok: "باشد",
  light: "پوسته: روشن",
  dark: "پوسته: تیره",
  auto: "پوسته: مانند سیستم",
  today: "امروز",
  yesterday: "دیروز",
  unread: (count) => `${count} خوانده‌نشده`,
};

export const words = { en, fa };

/** @typedef {keyof typeof words} Language */
/** @typedef {typeof en} Words */

/**
 * The word an element of the page names in its markup; empty when there is none.
 * @param {Words} language
 * @param {string | null} name
 * @returns {string}
 */
export function plainWord(language, name) {
  const word = Object.entries(language).find(([key]) => key === name)?.[1];
  return typeof word === "string" ? word : "";
}
