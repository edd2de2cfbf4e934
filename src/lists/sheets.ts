import type { LeftOut, ListAsked, ListChoices, ListQuestion } from "./reading.ts";
import { nothingLeftOut } from "./reading.ts";
import type { RowSource } from "./row.ts";
import { filledWidth } from "./table/header-row.ts";
import type { Table, TableFound } from "./table/table.ts";
import { openTable } from "./table/table.ts";

interface FoundTable {
  readonly source: RowSource;
  readonly found: TableFound;
}

export type ChosenTables = readonly { readonly table: Table; readonly name?: string }[];

const SAMPLES = 3;
const SAMPLE_LENGTH = 64;

/**
 * Says which of a file's tables are read: the only one with names in it, or those that were chosen. Which one is meant is
 * asked where several have names, or the only one says that its people are not to be written to.
 */
export async function chooseTables(
  sources: readonly RowSource[],
  choices: ListChoices,
  leftOut: LeftOut,
): Promise<ChosenTables | ListAsked> {
  const { allSheets = false } = choices;
  const chosen = chosenSheets(choices);
  const named = chosen
    ? sources.filter(({ name }) => name !== undefined && chosen.has(name))
    : ofOptOuts(sources, choices);
  const isChosen = allSheets || (chosen !== undefined && named.length > 0);
  const tables: FoundTable[] = [];
  for (const source of named.length > 0 ? named : sources)
    tables.push({ source, found: await openTable(source, choices, leftOut) });
  const filled = tables.filter(({ found }) => found !== "empty");
  const withNames = filled.filter(({ found }) => holdsNames(found));
  const meant = withNames.length > 0 ? withNames : filled.slice(0, 1);
  const mustAsk = meant.length > 1 || meant.some(({ source }) => source.mustBeChosen);
  if (chosen && named.length < chosen.size && sources.length > 0) return sheetQuestion(filled);
  return mustAsk && !isChosen ? sheetQuestion(meant) : opened(meant);
}

/** Where some lists say that they are of opt-outs, whoever imports opt-outs means these and not the ones beside them. */
function ofOptOuts(sources: readonly RowSource[], { optOuts = false }: ListChoices): readonly RowSource[] {
  const said = optOuts ? sources.filter(({ mustBeChosen = false }) => mustBeChosen) : [];
  return said.length > 0 ? said : sources;
}

/** The sheets that are to be read; undefined when none was named. */
export function chosenSheets({ sheet, sheets = [] }: ListChoices): ReadonlySet<string> | undefined {
  const names = new Set([...(sheet === undefined ? [] : [sheet]), ...sheets]);
  return names.size > 0 ? names : undefined;
}

function opened(tables: readonly FoundTable[]): ChosenTables | ListAsked {
  const chosen: { table: Table; name?: string }[] = [];
  for (const { source, found } of tables) {
    if (found === "empty") continue;
    if ("question" in found) return found;
    chosen.push({ table: found, ...(source.name === undefined ? {} : { name: source.name }) });
  }
  return chosen;
}

/** A table that is sure, or one in which some column may be chosen. */
function holdsNames(found: TableFound): boolean {
  if (found === "empty") return false;
  if (!("question" in found)) return true;
  const { question } = found;
  return "table" in question && question.table.columns.some(({ mayBeNames }) => mayBeNames);
}

async function sheetQuestion(tables: readonly FoundTable[]): Promise<ListAsked> {
  const sheets: Extract<ListQuestion, { ask: "sheet" }>["sheets"][number][] = [];
  for (const { source } of tables) sheets.push(await sampleOf(source));
  const among = tables.some(({ source }) => source.isSheet === true) ? "sheets" : "lists";
  return { question: { ask: "sheet", among, sheets } };
}

async function sampleOf(source: RowSource) {
  const samples: string[] = [];
  let rowCount = 0;
  for await (const batch of source.batches(nothingLeftOut()))
    for (const { cells } of batch) {
      if (filledWidth(cells) === 0) continue;
      rowCount++;
      if (samples.length < SAMPLES)
        samples.push(
          cells
            .filter((cell) => cell.trim() !== "")
            .join(" · ")
            .slice(0, SAMPLE_LENGTH),
        );
    }
  return { name: source.name ?? "", rowCount, samples };
}
