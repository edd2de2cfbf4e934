import type { ListQuestion, TableSample } from "../reading.ts";

/** More than anybody chooses among; a question is kept and shown, so it must stay small whatever the file. */
const MOST_CHOICES = 400;
const MOST_ROWS = 8;
const MOST_TEXTS = 5;
const LONGEST_NAME = 200;
const LONGEST_TEXT = 64;

/** The part of a question that is shown: so many choices, each text cut. */
export function shownPart(question: ListQuestion): ListQuestion {
  switch (question.ask) {
    case "column":
    case "headerRow":
      return { ...question, table: shownTable(question.table) };
    case "sheet":
      return {
        ...question,
        sheets: question.sheets
          .filter(({ name }) => name.length <= LONGEST_NAME)
          .slice(0, MOST_CHOICES)
          .map((sheet) => ({ ...sheet, samples: shownTexts(sheet.samples) })),
      };
    case "encoding":
      return {
        ...question,
        encodings: question.encodings.map((one) => ({ ...one, lines: shownTexts(one.lines) })),
      };
  }
}

function shownTable({ columns, rows }: TableSample): TableSample {
  return {
    columns: columns.slice(0, MOST_CHOICES).map(({ name, ...column }) => ({
      ...column,
      name: name.slice(0, LONGEST_NAME),
      samples: shownTexts(column.samples),
    })),
    rows: rows
      .slice(0, MOST_ROWS)
      .map(({ line, cells }) => ({ line, cells: cells.slice(0, MOST_CHOICES).map(shownText) })),
  };
}

function shownTexts(texts: readonly string[]): string[] {
  return texts.slice(0, MOST_TEXTS).map(shownText);
}

function shownText(text: string): string {
  return text.slice(0, LONGEST_TEXT);
}
