import { ListTooLarge } from "../row.ts";
import type { Archive } from "./archive.ts";
import { builtInFormat } from "./built-in-formats.ts";
import type { NumberFormat } from "./number-format.ts";
import { createNumberFormat } from "./number-format.ts";
import { readXml } from "./xml.ts";

/** Excel keeps no more than 64,000. */
const MOST_STYLES = 1 << 16;
/** Formats that are in use; Excel lets people make no more than 250, and numfmt remembers as many as these. */
const MOST_FORMATS = 500;

/** How the cells of each style show what they hold. */
export interface Styles {
  format(style: string | undefined): NumberFormat;
}

/**
 * Reads the number formats of a workbook; a style that is not there shows its cells as if it had none.
 * @param has1904Dates Whether days are counted from 1904, as old Macs did
 */
export async function readStyles(
  archive: Archive,
  part: string | undefined,
  has1904Dates: boolean,
): Promise<Styles> {
  const { codes, styles } =
    part === undefined ? { codes: new Map(), styles: [] } : await styleSheet(archive, part);
  const made = new Map<string, NumberFormat>(); // by code, when a cell first needs it
  const byStyle = new Map<string | undefined, NumberFormat>();
  const formatOf = (code: string): NumberFormat => {
    const format = made.get(code) ?? createNumberFormat(code, has1904Dates);
    if (made.set(code, format).size > MOST_FORMATS) throw new ListTooLarge();
    return format;
  };
  return {
    format(style) {
      const known = byStyle.get(style);
      if (known) return known;
      const id = styles[Number(style)] ?? "0";
      const format = formatOf(codes.get(id) ?? builtInFormat(id));
      if (byStyle.size <= MOST_STYLES) byStyle.set(style, format);
      return format;
    },
  };
}

interface StyleSheet {
  readonly codes: ReadonlyMap<string, string>;
  /** The id of its number format, by style. */
  readonly styles: readonly string[];
}

async function styleSheet(archive: Archive, part: string): Promise<StyleSheet> {
  const codes = new Map<string, string>();
  const styles: string[] = [];
  let within = "";
  await readXml(archive.text(part), {
    open(name, attributes) {
      if (name === "numFmts" || name === "cellXfs") within = name;
      const { numFmtId: id = "0", formatCode: code } = attributes;
      if (name === "numFmt" && within === "numFmts" && code !== undefined && codes.size < MOST_STYLES)
        codes.set(id, code);
      if (name === "xf" && within === "cellXfs" && styles.length < MOST_STYLES) styles.push(id);
    },
    close(name) {
      if (name === within) within = "";
    },
  });
  return { codes, styles };
}
