/** Which time zone clocks are in at a place, by its name in English or in Persian, folded. */
import { folded } from "./typed-words.ts";

/** Cities and countries for which the time zone database has another name, or none in Persian. */
const places: Readonly<Record<string, string>> = {
  "Asia/Tehran": "تهران|مشهد|شیراز|اصفهان|تبریز|mashhad|shiraz|isfahan|esfahan|tabriz",
  "Asia/Kabul": "کابل|هرات|herat",
  "Asia/Dubai": "دبی|ابوظبی|abu dhabi",
  "Asia/Baghdad": "بغداد|کربلا|نجف",
  "Asia/Riyadh": "ریاض|مکه|مدینه|mecca|makkah",
  "Asia/Qatar": "دوحه|doha",
  "Asia/Tashkent": "تاشکند",
  "Asia/Baku": "باکو",
  "Asia/Yerevan": "ایروان",
  "Asia/Tbilisi": "تفلیس",
  "Asia/Karachi": "کراچی|اسلام اباد|لاهور|islamabad|lahore",
  "Asia/Kolkata": "دهلی|دهلی نو|بمبئی|delhi|new delhi|mumbai|india",
  "Asia/Tokyo": "توکیو",
  "Asia/Shanghai": "پکن|شانگهای|beijing",
  "Europe/Istanbul": "استانبول|انکارا|ankara",
  "Europe/London": "لندن",
  "Europe/Paris": "پاریس",
  "Europe/Berlin": "برلین|مونیخ|هامبورگ|فرانکفورت|munich|hamburg|frankfurt|cologne",
  "Europe/Vienna": "وین",
  "Europe/Rome": "رم|milan",
  "Europe/Madrid": "مادرید",
  "Europe/Amsterdam": "امستردام",
  "Europe/Stockholm": "استکهلم",
  "Europe/Moscow": "مسکو",
  "America/New_York": "نیویورک|واشنگتن|washington",
  "America/Los_Angeles": "لس انجلس|سان فرانسیسکو|san francisco",
  "America/Toronto": "تورنتو",
  "Australia/Sydney": "سیدنی",
  UTC: "گرینویچ|جهانی|greenwich|universal",
};

/** IANA name; undefined: no such place is known, or there are several of the name. */
export function zoneOfPlace(name: string): string | undefined {
  for (const [zone, others] of Object.entries(places)) if (others.split("|").includes(name)) return zone;
  const zones = Intl.supportedValuesOf("timeZone");
  const cities = zones.filter(
    (zone) => folded(zone.slice(zone.lastIndexOf("/") + 1)) === name.replaceAll(" ", "_"),
  );
  const fitting = cities.length > 0 ? cities : zones.filter((zone) => namesOf(zone).includes(name));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** How the clocks of a zone are called after a country that has but one, or after the city: `Iran Time`, «وقت ایران». */
function namesOf(timeZone: string): readonly string[] {
  return ["en", "fa"].map((language) => {
    const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: "shortGeneric" }).formatToParts(
      0,
    );
    const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
    return folded(name).replace(/^وقت | time$/u, "");
  });
}
