/** How a list is to be read, as said on the command line, and what is said when that leaves something open. */
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { ListChoices, ListQuestion, TableSample } from "../../app/lists/list-report.ts";
import { SaidError } from "../../words/said-error.ts";
import { isolate } from "../../lib/text/direction.ts";
import { joinedNames } from "../../words/joined.ts";
import { typed } from "../../words/markup.ts";
import type { Words } from "../../words/words.ts";
import type { Output } from "../output.ts";

/** The options as commander gives them. */
export interface ListOptions {
  readonly column?: string;
  readonly sheet?: readonly string[];
  readonly headerRow?: number;
  readonly encoding?: string;
}

/** Adds the options that answer what a list can leave open. */
export function addListOptions(command: Command, words: Words): Command {
  return command
    .option("--column <name>", words.plain("cli-option-column"))
    .option("--sheet <name>", words.plain("cli-option-sheet"), collected)
    .option("--header-row <n>", words.plain("cli-option-header-row"), (text: string) =>
      lineNumber(text, words),
    )
    .option("--encoding <label>", words.plain("cli-option-encoding"));
}

function collected(sheet: string, before: readonly string[] = []): readonly string[] {
  return [...before, sheet];
}

function lineNumber(text: string, words: Words): number {
  const digits = typed(text);
  if (!/^\d{1,7}$/.test(digits)) throw new InvalidArgumentError(words.plain("cli-line-number"));
  return Number(digits);
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
export function unanswered(
  question: ListQuestion,
  { file, output, words }: { readonly file: string; readonly output: Output; readonly words: Words },
): SaidError {
  const { ask, ...shown } = question;
  output.record({ kind: "question", ask, file, option: optionOf[ask], ...shown });
  return new SaidError(questionLines(question, file, words).join("\n"));
}

const optionOf: Readonly<Record<ListQuestion["ask"], string>> = {
  column: "--column",
  sheet: "--sheet",
  headerRow: "--header-row",
  encoding: "--encoding",
};

function sheetsQuestion({ among, sheets }: Extract<ListQuestion, { ask: "sheet" }>) {
  if (among === "sheets") return "cli-ask-sheets";
  return sheets.length > 1 ? "cli-ask-lists" : "cli-ask-list";
}

/** Most columns or sheets that are printed; a machine is given all. */
const MOST = 40;

function questionLines(question: ListQuestion, file: string, words: Words): string[] {
  const place =
    "sheet" in question && question.sheet !== undefined
      ? words.plain("cli-place-sheet", { file, sheet: question.sheet })
      : joinedNames([file], words);
  switch (question.ask) {
    case "column":
      return [
        words.plain(`cli-ask-column-${question.why}`, { place }),
        ...columnLines(question.table, words),
        ...rowLines(question.table, words),
      ];
    case "headerRow":
      return [words.plain("cli-ask-headerRow", { place }), ...rowLines(question.table, words)];
    case "sheet":
      return [
        words.plain(sheetsQuestion(question), { place }),
        ...question.sheets.slice(0, MOST).map(({ name, rowCount, samples }) =>
          words.plain("cli-sheet-line", {
            name,
            count: rowCount,
            samples: joinedNames(samples.map(plain), words),
          }),
        ),
      ];
    case "encoding":
      return [
        words.plain("cli-ask-encoding", { place }),
        ...question.encodings.flatMap(({ encoding, lines }) => [
          `  ${encoding}`,
          ...lines.map((line) => `    ${plain(line)}`),
        ]),
      ];
  }
}

function columnLines({ columns }: TableSample, words: Words): string[] {
  const some = columns.some(({ mayBeNames }) => mayBeNames);
  const lines = columns.flatMap(({ name, samples, mayBeNames }, at) =>
    mayBeNames || !some
      ? [
          words.plain("cli-column-line", {
            number: at + 1,
            name: plain(name),
            samples: joinedNames(samples.map(plain), words),
          }),
        ]
      : [],
  );
  const more = lines.length > MOST ? [words.plain("cli-column-more", { count: lines.length - MOST })] : [];
  return [...lines.slice(0, MOST), ...more];
}

const SHOWN_CELLS = 8;

function rowLines({ rows }: TableSample, words: Words): string[] {
  return [
    words.plain("cli-as-read"),
    ...rows.map(({ line, cells }) => {
      const shown = cells
        .slice(0, SHOWN_CELLS)
        .map((cell) => isolate(plain(cell)))
        .join(" | ");
      const more = cells.length > SHOWN_CELLS ? " | …" : "";
      return words.plain("cli-row-line", { line, cells: `${shown}${more}` });
    }),
  ];
}

/** A cell never moves the cursor. */
function plain(cell: string): string {
  return cell.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
}
