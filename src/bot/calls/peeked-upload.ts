/** The chat an upload goes to, read from the beginning of its stream, which is then whole again. */

export interface PeekedUpload {
  /** To be sent in place of the body that was given. */
  readonly body: unknown;
  /** Absent where the body is no stream or does not name its chat early. */
  readonly chat?: string;
}

/** The fields of a form come before its file. */
const LOOKS_AT_BYTES = 4096;

const CHAT_FIELD = /name="?chat_id"?\r\n\r\n(-?\d+)\r\n/;

/** Reads as much of a multipart stream as it takes to know its chat. */
export async function peekedUpload(body: unknown): Promise<PeekedUpload> {
  if (!isStream(body)) return { body };
  const chunks = body[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let text = "";
  let chat: string | undefined;
  while (chat === undefined && text.length < LOOKS_AT_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    seen.push(next.value);
    text += Buffer.from(next.value).toString("latin1");
    chat = CHAT_FIELD.exec(text)?.[1];
  }
  return { body: whole(seen, chunks), ...(chat === undefined ? {} : { chat }) };
}

async function* whole(
  seen: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* seen;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
