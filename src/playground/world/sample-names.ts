/** Contents that the chat page offers one tap away. */

/** What can be sent so, as it stands in the list of samples. */
export const sampleContents = [
  { name: "video", title: { en: "Video", fa: "ویدئو" } },
  { name: "voice", title: { en: "Voice message", fa: "پیام صوتی" } },
  { name: "album", title: { en: "Album", fa: "آلبوم" } },
  { name: "poll", title: { en: "Poll", fa: "نظرسنجی" } },
  { name: "sticker", title: { en: "Sticker", fa: "استیکر" } },
  { name: "location", title: { en: "Location", fa: "موقعیت" } },
] as const;

export type SampleContent = (typeof sampleContents)[number]["name"];
