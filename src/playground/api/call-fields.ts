/** Takes the fields of a Bot API call out of its request: query, JSON, form or multipart. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { ApiError, badRequest } from "./api-error.ts";
import { Fields, type Upload } from "./fields.ts";

/** Largest body that is no upload, in bytes. */
const MAX_PLAIN = 4 * 1024 * 1024;

/** Telegram takes up to ten files at once, and no method has nearly so many fields. */
const MULTIPART = { fieldSize: MAX_PLAIN, fields: 200, files: 20, parts: 220 };

/**
 * Reads all fields; a body's win over the query's.
 * @param maxUpload Largest uploaded file, in bytes
 * @throws ApiError 400 when it can't be parsed, 413 when it is too large
 */
export async function readFields(request: Request, maxUpload: number): Promise<Fields> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  if (request.method === "GET" || !request.body) return new Fields(query);
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("multipart/form-data")) return multipartFields(request.body, type, query, maxUpload);
  const text = new TextDecoder().decode(await readBody(request.body, MAX_PLAIN));
  if (type.startsWith("application/json")) return new Fields({ ...query, ...jsonObject(text) });
  return new Fields({ ...query, ...Object.fromEntries(new URLSearchParams(text)) });
}

/**
 * Reads a body whole.
 * @throws ApiError 413 as soon as it is longer than `max` bytes
 */
export async function readBody(body: ReadableStream<Uint8Array>, max: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bounded(body, max)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* bounded(body: ReadableStream<Uint8Array>, max: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > max) throw new ApiError(413, "Request Entity Too Large");
    yield chunk;
  }
}

function jsonObject(text: string): Record<string, unknown> {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // The one refusal below serves both.
  }
  throw badRequest("can't parse request JSON object");
}

async function multipartFields(
  body: ReadableStream<Uint8Array>,
  contentType: string,
  query: Record<string, unknown>,
  maxUpload: number,
): Promise<Fields> {
  const values: Record<string, unknown> = { ...query };
  const uploads = new Map<string, Upload>();
  let tooLarge = false;
  const headers: BusboyHeaders = { "content-type": contentType };
  const parser = new Busboy({ headers, limits: { ...MULTIPART, fileSize: maxUpload } });
  parser.on("field", (name, value) => (values[name] = value));
  parser.on("file", (part, stream, name, ...[, mimeType]) => {
    const chunks: Uint8Array[] = [];
    stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    stream.on("limit", () => (tooLarge = true));
    stream.on("end", () =>
      uploads.set(part, { name: name || "file", mimeType, bytes: Buffer.concat(chunks) }),
    );
  });
  for (const event of ["partsLimit", "filesLimit", "fieldsLimit"]) parser.on(event, () => (tooLarge = true));
  try {
    await pipeline(Readable.from(bounded(body, maxUpload + MAX_PLAIN)), parser);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw badRequest("can't parse multipart form");
  }
  if (tooLarge) throw new ApiError(413, "Request Entity Too Large");
  return new Fields(values, uploads);
}
