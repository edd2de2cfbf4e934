/** Files that have brought readers of lists down, made from nothing: each must be read or refused, and soon. */
import { workbookFiles, xlsxOf, zipOf } from "../support/lists/xlsx.ts";

export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MEGABYTE = 1 << 20;

/**
 * Makes them all.
 * @param largest About how many MB the large ones have; Telegram hands on 20 at most
 */
export function hostileLists(largest: number): HostileFile[] {
  const size = largest * MEGABYTE;
  return [...textFiles(size), ...workbooks(size)];
}

function textFile(name: string, content: string): HostileFile {
  return { name, bytes: Buffer.from(content) };
}

function textFiles(size: number): HostileFile[] {
  const equalNames = Array.from({ length: 20_000 }, () => "a").join(",");
  const likely = Array.from({ length: 300 }, (_, at) => `user_${at}`).join(",");
  return [
    textFile("commas.csv", ",".repeat(size)),
    textFile("newlines.csv", "\n".repeat(size)),
    textFile("quotes.csv", '"'.repeat(size)),
    textFile("unclosed.csv", `username,note\nali_1,"${"x\n".repeat(size / 2)}`),
    textFile("brackets.json", "[".repeat(size)),
    textFile("braces.json", '{"a":'.repeat(size / 5)),
    textFile("equal-columns.csv", `${equalNames}\n${equalNames.replaceAll("a", "ali_1")}`),
    textFile("blank-columns.csv", `${",".repeat(20_000)}\n${"x,".repeat(20_000)}`),
    textFile("likely-columns.csv", `${likely}\n`.repeat(200)),
    textFile("one-line.txt", "a".repeat(size)),
    textFile(
      "objects.json",
      JSON.stringify(Array.from({ length: 20_000 }, (_, at) => ({ [`k${at}`]: "ali" }))),
    ),
    textFile("names.txt", Array.from({ length: size / 16 }, (_, at) => `somebody_${at}`).join("\n")),
  ];
}

const SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
const SHEET_END = "</sheetData></worksheet>";

function shared(text: string): string {
  return `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>${text}</t></si></sst>`;
}

function cell(reference: string): string {
  return `<row r="1"><c r="${reference}" t="inlineStr"><is><t>ali_1</t></is></c></row>`;
}

function book(name: string, sheet: string, strings?: string): HostileFile {
  return { name, bytes: zipOf(replaced(sheet, strings)) };
}

function workbooks(size: number): HostileFile[] {
  const uses = '<row><c t="s"><v>0</v></c></row>'.repeat(200_000);
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
    "",
  );
  return [
    { name: "trailing.xlsx", bytes: Buffer.concat([xlsxOf([["username"], ["ali_1"]]), Buffer.from("x")]) },
    book("far-column.xlsx", SHEET + cell("ZZZZZZZ1") + SHEET_END),
    book("far-row.xlsx", SHEET + cell("A999999999") + SHEET_END),
    book("wide.xlsx", SHEET + '<row r="1"><c r="XFD1"><v>1</v></c></row>'.repeat(5000) + SHEET_END),
    book("shared-string.xlsx", SHEET + uses + SHEET_END, shared("a".repeat(size / 4))),
    book("entities.xlsx", SHEET + uses + SHEET_END, shared("&#97;".repeat(size / 2))),
    book(
      "attributes.xlsx",
      `${SHEET}<row r="1"><c ${Array.from({ length: 300_000 }, (_, at) => `a${at}="1"`).join(" ")}/></row>${SHEET_END}`,
    ),
    book(
      "laughs.xlsx",
      `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${SHEET}<row><c><v>&l9;</v></c></row>${SHEET_END}`,
    ),
    book("deep.xlsx", SHEET + "<a>".repeat(300_000) + SHEET_END),
    book("bomb.xlsx", `${SHEET}${" ".repeat(size * 12)}${SHEET_END}`),
  ];
}

/** A whole workbook with its one sheet, and its shared strings where there are some, put in by hand. */
function replaced(sheet: string, strings = "<sst/>"): ReturnType<typeof workbookFiles> {
  const files = workbookFiles([[["username"], ["ali_1"]]]);
  return files.map((file) => {
    if (file.name.startsWith("xl/worksheets/")) return { ...file, content: sheet };
    return file.name === "xl/sharedStrings.xml" ? { ...file, content: strings } : file;
  });
}
