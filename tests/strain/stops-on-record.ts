/** When opt-outs came to be on record, as seen from outside: in the file of subscribers, or in their table. */
import { open, stat } from "node:fs/promises";
import pg from "pg";
import { z } from "zod";

const subscriberLine = z.object({ id: z.number(), state: z.string() });

/** Reads the file of subscribers as it grows, and notes when each opt-out was seen in it. */
export class StopsOnDisk {
  readonly heard = new Map<number, number>();
  readonly #path: string;
  #read: number | undefined;
  #rest = "";

  constructor(path: string) {
    this.#path = path;
  }

  async look(): Promise<void> {
    const { size } = await stat(this.#path);
    // What was there before it was watched is nobody's opt-out of this run.
    this.#read ??= size;
    if (size <= this.#read) return;
    await using file = await open(this.#path);
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(size - this.#read),
      0,
      size - this.#read,
      this.#read,
    );
    this.#read += bytesRead;
    const lines = (this.#rest + buffer.toString("utf8", 0, bytesRead)).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#note(line);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #note(line: string): void {
    const { id, state } = subscriberLine.parse(JSON.parse(line));
    if (state !== "active" && !this.heard.has(id)) this.heard.set(id, Date.now());
  }
}

const GONE = "select id::text from peyk.subscribers where value ->> 'state' <> 'active'";

/** Asks the table of subscribers over one connection, and notes when each opt-out was seen in it. */
export class StopsInDatabase {
  readonly heard = new Map<number, number>();
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 1 });
    this.#pool.on("error", () => undefined); // the next look tells
  }

  async look(): Promise<void> {
    for (const { id } of (await this.#pool.query<{ id: string }>(GONE)).rows)
      if (!this.heard.has(Number(id))) this.heard.set(Number(id), Date.now());
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
