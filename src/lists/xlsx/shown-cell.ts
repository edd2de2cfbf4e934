import type { SharedStrings } from "./shared-strings.ts";
import type { RawCell } from "./sheet-cells.ts";
import type { Styles } from "./styles.ts";
import { unescaped } from "./text-collector.ts";

/**
 * Tells what a cell shows; of a formula, what it came to when the file was saved. Mistakes such as `#N/A` are shown, too.
 * @throws {BrokenList} when it refers to a text that is not there
 */
export function shownCell({ type, style, value }: RawCell, strings: SharedStrings, styles: Styles): string {
  if (value === "") return "";
  switch (type) {
    case "n":
      return styles.format(style).number(value.trim());
    case "s":
      return styles.format(style).text(strings.at(Number(value)));
    case "b":
      return value.trim() === "1" || value.trim() === "true" ? "TRUE" : "FALSE";
    case "d":
      return styles.format(style).date(value.trim());
    case "str":
      return styles.format(style).text(unescaped(value));
    case "inlineStr":
      return styles.format(style).text(value);
    default:
      return value;
  }
}
