import type { Archive } from "./archive.ts";
import { builtInFormat } from "./built-in-formats.ts";
import type { NumberFormat } from "./number-format.ts";
import { createNumberFormat } from "./number-format.ts";
import { readXml } from "./xml.ts";

/** Excel keeps no more than 64,000. */
const MOST_STYLES = 1 << 16;

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
  const general = createNumberFormat("General", has1904Dates);
  const formats = new Map<string, NumberFormat>();
  const formatOf = (id: string): NumberFormat => {
    const made = formats.get(id) ?? createNumberFormat(codes.get(id) ?? builtInFormat(id), has1904Dates);
    formats.set(id, made);
    return made;
  };
  const byStyle = styles.map(formatOf);
  return { format: (style) => (style === undefined ? general : (byStyle[Number(style)] ?? general)) };
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
