/** Spreadsheets and zip archives made in code, honest and lying ones, so that tests need no binary files. */
import { crc32, deflateRawSync } from "node:zlib";

/** A file to be put into a zip. */
export interface ZipContent {
  readonly name: string;
  readonly content: string | Buffer;
  /** Says another size than the content has, as a bomb does. */
  readonly declaredSize?: number;
  /** Gives the sizes as 64 bits, in an extra field of the directory. */
  readonly hasLongSizes?: boolean;
  /** Leaves it out of the directory: found only by readers that look for files between files. */
  readonly isHidden?: boolean;
}

/** Packs files into a zip archive. */
export function zipOf(contents: readonly ZipContent[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declaredSize, hasLongSizes, isHidden } of contents) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(8, 4); // deflated
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(declaredSize ?? raw.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    parts.push(Buffer.from("PK\x03\x04"), common, nameBytes, packed);
    const inDirectory = Buffer.from(common);
    const extra = hasLongSizes ? longSizes(raw.length, packed.length) : Buffer.alloc(0);
    if (hasLongSizes) inDirectory.fill(0xff, 14, 22);
    inDirectory.writeUInt16LE(extra.length, 24);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    if (!isHidden) directory.push(Buffer.from("PK\x01\x02\x14\0"), inDirectory, tail, nameBytes, extra);
    offset += 30 + nameBytes.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  const count = contents.filter(({ isHidden }) => !isHidden).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

function longSizes(unpacked: number, packed: number): Buffer {
  const field = Buffer.alloc(20);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(16, 2);
  field.writeBigUInt64LE(BigInt(unpacked), 4);
  field.writeBigUInt64LE(BigInt(packed), 12);
  return field;
}

/** A cell: text, a number (given as the digits that stand in the file), or nothing. */
export type SheetCell = string | { readonly digits: string } | undefined;

/** Makes the files of a workbook, one sheet of rows after another. */
export function workbookFiles(sheets: readonly (readonly (readonly SheetCell[])[])[]): ZipContent[] {
  const strings: string[] = [];
  const sheetFiles = sheets.map((rows, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    content: sheetXml(rows, strings),
  }));
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const numbers = sheets.map((_, index) => index + 1);
  return [
    {
      name: "[Content_Types].xml",
      content: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    },
    {
      name: "xl/workbook.xml",
      content: `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbers
        .map((number) => `<sheet name="Sheet${number}" sheetId="${number}" r:id="rId${number}"/>`)
        .join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${numbers
        .map(
          (number) =>
            `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
        )
        .join(
          "",
        )}<Relationship Id="rId99" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    },
    ...sheetFiles,
    {
      name: "xl/sharedStrings.xml",
      content: `<?xml version="1.0"?><sst xmlns="${main}">${strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join("")}</sst>`,
    },
  ];
}

/** Makes an .xlsx file. */
export function xlsxOf(...sheets: readonly (readonly (readonly SheetCell[])[])[]): Buffer {
  return zipOf(workbookFiles(sheets));
}

function sheetXml(rows: readonly (readonly SheetCell[])[], strings: string[]): string {
  const cellXml = (cell: SheetCell, at: string): string => {
    if (cell === undefined) return "";
    if (typeof cell === "object") return `<c r="${at}"><v>${cell.digits}</v></c>`;
    strings.push(cell);
    return `<c r="${at}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const rowsXml = rows.map((cells, row) => {
    const all = cells.map((cell, column) => cellXml(cell, `${String.fromCharCode(65 + column)}${row + 1}`));
    return `<row r="${row + 1}">${all.join("")}</row>`;
  });
  return `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rowsXml.join("")}</sheetData></worksheet>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
