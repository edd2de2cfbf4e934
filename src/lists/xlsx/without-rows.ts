const ROWS_START = /<(?:[^\s<>/:]+:)?sheetData(?=[\s/>])[^<>]*>/;
const ROWS_END = /<\/(?:[^\s<>/:]+:)?sheetData\s*>/;
/** No start or end of the rows is longer; what is kept of a piece in case one lies across its end. */
const KEPT = 256;

/**
 * Leaves the rows out of a sheet's XML, without parsing them: they are nearly all of it, and what stands behind them says
 * how they are seen. A sheet that hides the end of its rows somewhere else is no XML to whoever reads what remains.
 */
export async function* withoutRows(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  let place: "before" | "rows" | "after" = "before";
  for await (const chunk of chunks) {
    rest += chunk;
    if (place === "before") {
      const start = ROWS_START.exec(rest);
      const end = start ? start.index : Math.max(0, rest.length - KEPT);
      yield rest.slice(0, end);
      rest = rest.slice(end + (start?.[0].length ?? 0));
      if (start) place = start[0].endsWith("/>") ? "after" : "rows";
    }
    if (place === "rows") {
      const end = ROWS_END.exec(rest);
      rest = rest.slice(end ? end.index + end[0].length : Math.max(0, rest.length - KEPT));
      if (end) place = "after";
    }
    if (place === "after") {
      yield rest;
      rest = "";
    }
  }
  if (place === "before") yield rest;
}
