/** An answer of any length: one JSON object a line, made while it is read. */
export function linesAnswer<T>(rows: AsyncIterable<T> | Iterable<T>, lineOf: (row: T) => object): Response {
  const lines = linesIn(rows, lineOf);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(Buffer.from(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" },
  });
}

/** Lines that go out together. */
const AT_A_TIME = 500;

async function* linesIn<T>(
  rows: AsyncIterable<T> | Iterable<T>,
  lineOf: (row: T) => object,
): AsyncGenerator<string, void> {
  let lines: string[] = [];
  for await (const row of rows) {
    lines.push(`${JSON.stringify(lineOf(row))}\n`);
    if (lines.length < AT_A_TIME) continue;
    yield lines.join("");
    lines = [];
  }
  if (lines.length > 0) yield lines.join("");
}
