/** How a list is to be read, as said on the command line, and what is said when that leaves something open. */
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { ListChoices, ListQuestion, TableSample } from "../../app/lists/list-report.ts";
import { ValidationError } from "../../domain/errors.ts";
import type { Output } from "../output.ts";

/** The options as commander gives them. */
export interface ListOptions {
  readonly column?: string;
  readonly sheet?: readonly string[];
  readonly headerRow?: number;
  readonly encoding?: string;
}

/** Adds the options that answer what a list can leave open. */
export function addListOptions(command: Command): Command {
  return command
    .option("--column <name>", "the list's column with the usernames, by its name or its number from 1")
    .option("--sheet <name>", 'a sheet to read; may be given again, and "all" reads every one', collected)
    .option("--header-row <n>", "the line that names the columns; 0: none does", lineNumber)
    .option("--encoding <label>", "how the text is written down, e.g. windows-1256 or utf-16le");
}

function collected(sheet: string, before: readonly string[] = []): readonly string[] {
  return [...before, sheet];
}

function lineNumber(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError("Give the number of a line, or 0 for none.");
  return Number(text);
}

/** The choices that the options make. `all` means every sheet, unless others are named too. */
export function choicesOf({ column, sheet = [], headerRow, encoding }: ListOptions): ListChoices {
  const isAll = sheet.length === 1 && sheet[0]?.toLowerCase() === "all";
  return {
    ...(column === undefined ? {} : { column }),
    ...(isAll ? { allSheets: true } : {}),
    ...(sheet.length > 0 && !isAll ? { sheets: sheet } : {}),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

/** Gives machines the question and answers what people are told. */
export function unanswered(question: ListQuestion, file: string, output: Output): ValidationError {
  const { ask, ...shown } = question;
  output.record({ kind: "question", ask, file, option: optionOf[ask], ...shown });
  return new ValidationError(questionLines(question, file).join("\n"));
}

const optionOf: Readonly<Record<ListQuestion["ask"], string>> = {
  column: "--column",
  sheet: "--sheet",
  headerRow: "--header-row",
  encoding: "--encoding",
};

const why = {
  several: "several columns could hold the usernames",
  unclear: "neither a heading nor what stands below proves which column holds the usernames",
} as const;

function sheetsWhy({ among, sheets }: Extract<ListQuestion, { ask: "sheet" }>): string {
  if (among === "sheets") return "several sheets hold names";
  return sheets.length > 1
    ? "several lists in it hold names"
    : "it is unclear whether its only list is meant";
}

/** Most columns or sheets that are printed; a machine is given all. */
const MOST = 40;

function questionLines(question: ListQuestion, file: string): string[] {
  const place =
    "sheet" in question && question.sheet !== undefined ? `${file}, sheet ${question.sheet}` : file;
  switch (question.ask) {
    case "column":
      return [
        `${place}: ${why[question.why]}. Choose with --column NAME or its number:`,
        ...columnLines(question.table),
        ...rowLines(question.table),
      ];
    case "headerRow":
      return [
        `${place}: it is unclear which line names the columns. Say it with --header-row N, or 0 for none:`,
        ...rowLines(question.table),
      ];
    case "sheet":
      return [
        `${place}: ${sheetsWhy(question)}. Choose with --sheet NAME (as often as needed) or --sheet all:`,
        ...question.sheets
          .slice(0, MOST)
          .map(
            ({ name, rowCount, samples }) => `  ${name}: ${rowCount} rows: ${samples.map(plain).join(", ")}`,
          ),
      ];
    case "encoding":
      return [
        `${place}: its letters can be read in several ways. Choose the right one with --encoding:`,
        ...question.encodings.flatMap(({ encoding, lines }) => [
          `  ${encoding}`,
          ...lines.map((line) => `    ${plain(line)}`),
        ]),
      ];
  }
}

function columnLines({ columns }: TableSample): string[] {
  const some = columns.some(({ mayBeNames }) => mayBeNames);
  const lines = columns.flatMap(({ name, samples, mayBeNames }, at) =>
    mayBeNames || !some ? [`  ${at + 1} ${plain(name)}: ${samples.map(plain).join(", ")}`] : [],
  );
  const more = lines.length > MOST ? [`  and ${lines.length - MOST} more`] : [];
  return [...lines.slice(0, MOST), ...more];
}

const SHOWN_CELLS = 8;

function rowLines({ rows }: TableSample): string[] {
  return [
    "As it was read:",
    ...rows.map(({ line, cells }) => {
      const shown = cells.slice(0, SHOWN_CELLS).map(plain).join(" | ");
      return `  line ${line}: ${shown}${cells.length > SHOWN_CELLS ? " | …" : ""}`;
    }),
  ];
}

/** A cell never moves the cursor. */
function plain(cell: string): string {
  return cell.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
