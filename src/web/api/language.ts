import type { Locale } from "../../words/locale.ts";
import { localeOfCode } from "../../words/locale.ts";

/** The language that an `Accept-Language` (RFC 9110, 12.5.4) wants most of those there are; undefined: it wants none of them. */
export function acceptedLocale(header: string | undefined): Locale | undefined {
  const ranges = (header ?? "").split(",").map((range) => {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
    const quality = parameters.find((one) => one.startsWith("q="))?.slice(2);
    return { locale: localeOfCode(tag), weight: quality === undefined ? 1 : Number(quality) };
  });
  return ranges
    .filter(({ locale, weight }) => locale !== undefined && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)[0]?.locale;
}
