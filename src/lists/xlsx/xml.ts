import { SaxesParser } from "saxes";
import { BrokenList, ListTooLarge } from "../row.ts";

export type Attributes = Readonly<Record<string, string>>;

/**
 * What is told of a part while it is read. Names come without the prefix of the part's own namespace; elements of other
 * namespaces keep theirs, and never look like the part's own.
 */
export interface XmlEvents {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

export interface XmlReader {
  write(chunk: string): void;
  /** Tells that the part has ended; to be called once. */
  end(): void;
}

/** Office documents nest a dozen deep. */
const DEEPEST = 100;
/** Far longer than any tag, text or comment of an office document; counted in UTF-16 units. */
const LONGEST_TOKEN = 1 << 20;

/**
 * Reads XML piece by piece, with nothing in memory but the element at hand. Both calls throw BrokenList for what is no
 * XML, defines entities of its own, nests or runs on absurdly.
 */
export function createXmlReader(events: XmlEvents): XmlReader {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  const names = createNames();
  let depth = 0;
  let quiet = 0; // since anything was told
  parser.on("error", refuse);
  parser.on("doctype", refuse);
  parser.on("opentag", ({ name, attributes }) => {
    quiet = 0;
    if (++depth > DEEPEST) refuse();
    events.open?.(names(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    quiet = 0;
    depth--;
    events.close?.(names(name));
  });
  const onText = (text: string): void => {
    quiet = 0;
    events.text?.(text);
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  return {
    write: (chunk) =>
      guarded(() => {
        quiet += chunk.length;
        parser.write(chunk);
        if (quiet > LONGEST_TOKEN) refuse();
      }),
    end: () => guarded(() => parser.close()),
  };
}

/** Reads a whole part. */
export async function readXml(chunks: AsyncIterable<string>, events: XmlEvents): Promise<void> {
  const reader = createXmlReader(events);
  for await (const chunk of chunks) reader.write(chunk);
  reader.end();
}

/** Finds an attribute of another namespace, such as `r:id`, whatever its prefix. */
export function prefixed(attributes: Attributes, name: string): string | undefined {
  for (const key in attributes) if (key.endsWith(`:${name}`)) return attributes[key];
  return undefined;
}

/** How XML and its writers spell yes. */
export function isYes(value: string | undefined): boolean {
  return value === "1" || value === "true" || value === "on";
}

function createNames(): (name: string) => string {
  let prefix: string | undefined;
  return (name) => {
    prefix ??= name.slice(0, name.indexOf(":") + 1);
    if (prefix === "") return name;
    return name.startsWith(prefix) ? name.slice(prefix.length) : `:${name}`;
  };
}

function refuse(): never {
  throw new BrokenList("xlsx");
}

function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof ListTooLarge || error instanceof BrokenList ? error : new BrokenList("xlsx");
  }
}
