/** Reads the JSON of a web service's answer. A service may send anything: nothing it sends throws or fills the memory. */

import { parseExactJson } from "./exact-json.ts";

/**
 * What the JSON says, large whole numbers as texts; undefined when it is none, or larger than it may be. Throws when the
 * connection breaks.
 */
export async function jsonOf(response: Response, largestBytes: number): Promise<unknown> {
  const text = await textOf(response, largestBytes);
  try {
    return text === undefined ? undefined : parseExactJson(text);
  } catch {
    return undefined;
  }
}

async function textOf(response: Response, largestBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largestBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
