/** The fields of one Bot API call, whichever way they came: query, JSON, form, multipart. */
import type { z } from "zod";
import { badRequest } from "./api-error.ts";

/** A file inside a multipart call. */
export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** Reads fields as leniently as the real server: numbers and booleans may be strings, objects may be JSON text. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #uploads: ReadonlyMap<string, Upload>;

  constructor(values: Readonly<Record<string, unknown>>, uploads: ReadonlyMap<string, Upload> = new Map()) {
    this.#values = values;
    this.#uploads = uploads;
  }

  /** Empty when absent. */
  text(name: string): string {
    const value = this.#values[name];
    if (typeof value === "string") return value;
    return value === undefined || value === null ? "" : JSON.stringify(value);
  }

  /** Undefined when absent or no whole number. */
  integer(name: string): number | undefined {
    const text = this.text(name).trim();
    return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  flag(name: string): boolean {
    return ["true", "1", "yes", "t"].includes(this.text(name).toLowerCase());
  }

  has(name: string): boolean {
    return this.text(name) !== "";
  }

  /**
   * Reads an object or list, given as such or as JSON text.
   * @throws ApiError 400 `can't parse <what> …` when it is neither
   */
  object<T>(name: string, shape: z.ZodType<T>, what: string): T | undefined {
    if (!this.has(name)) return undefined;
    const parsed = shape.safeParse(parsedJson(this.#values[name], what));
    if (parsed.success) return parsed.data;
    throw badRequest(`can't parse ${what}: ${parsed.error.issues[0]?.message ?? "wrong shape"}`);
  }

  /** The uploaded file of a field: `attach://<part>` or a part of the field's own name. */
  upload(name: string): Upload | undefined {
    const reference = /^attach:\/\/(.+)$/.exec(this.text(name))?.[1];
    return this.#uploads.get(reference ?? name);
  }

  /** What was asked, for assertions: files by name and size instead of their bytes. */
  asked(): Readonly<Record<string, unknown>> {
    const shown: Record<string, unknown> = { ...this.#values };
    for (const name of new Set([...Object.keys(shown), ...this.#uploads.keys()])) {
      const file = this.upload(name);
      if (file && !this.#isAttachment(name)) shown[name] = { name: file.name, size: file.bytes.length };
    }
    return shown;
  }

  #isAttachment(part: string): boolean {
    return Object.values(this.#values).includes(`attach://${part}`);
  }
}

function parsedJson(value: unknown, what: string): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`can't parse ${what} JSON object`);
  }
}
