/** What the chat page asks of the playground: its own files, its view of the world, and what people do on it. */
import { readFile } from "node:fs/promises";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { ApiError } from "../api/api-error.ts";
import { readBody } from "../api/call-fields.ts";
import { streamPageEvents } from "./page-events.ts";
import { Slots } from "../../lib/pace/slots.ts";
import { PAGE_HEADERS } from "../../lib/pages/page-files.ts";
import { pageFileRoutes } from "./page-files.ts";
import type { DeedAnswers, PageDeeds } from "./page-wire.ts";
import type { Person } from "../world/person.ts";
import { pictureOf } from "../api/picture.ts";
import type { ServerParts } from "../server-parts.ts";

/** Largest file a person can send from the page, in bytes: more than the bot can fetch, so that this can be tried out. */
const MAX_FILE = 64 * 1024 * 1024;
/** Largest body of any other deed, in bytes: the longest text in its longest spelling. */
const MAX_DEED = 2 * 1024 * 1024;
/** Pages that are kept up to date at a time. */
const MOST_PAGES = 32;
/** Presses that wait for the bot at a time. */
const MOST_PRESSES = 64;
/** Pictures up to this size are sent as photos, as Telegram's apps do. */
const MAX_PHOTO = 10 * 1024 * 1024;
const PHOTO_TYPES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp"]);

const textBody: z.ZodType<PageDeeds["text"]> = z.object({
  text: z.string().max(200_000),
  replyTo: z.int().exactOptional(),
});
const pressBody: z.ZodType<PageDeeds["press"]> = z.object({ messageId: z.int(), data: z.string() });
const sampleBody: z.ZodType<PageDeeds["sample"]> = z.object({ name: z.string() });
const UNTYPED = "application/octet-stream";
const accepted: DeedAnswers["text"] = { ok: true };

/** Routes of the page; each act answers once it is durable. */
export function pageRoutes(parts: ServerParts): Hono<{ Bindings: HttpBindings }> {
  const { context, side } = parts;
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/", pageFileRoutes());
  const [watching, pressing] = [new Slots(MOST_PAGES), new Slots(MOST_PRESSES)];
  app.get("/chat/events", (c) => streamPageEvents(c, parts, placeIn(watching)));
  app.get("/chat/files/:id", (c) => sentFile(parts, c.req.param("id")));

  app.post("/chat/:person/text", async (c) => {
    const { text, ...how } = await bodyOf(c, textBody);
    const person = personOf(parts, c.req.param("person"));
    if (how.replyTo !== undefined && !context.store.state.message(person.id, how.replyTo))
      throw new ApiError(404, "There is no such message to answer to");
    if (text.trim() !== "") side.sendText(person, text, how);
    await context.store.settled();
    return c.json(accepted);
  });

  app.post("/chat/:person/file", async (c) => {
    const person = personOf(parts, c.req.param("person"));
    const name = fileName(c.req.query("name") ?? "");
    const mimeType = c.req.header("content-type") || UNTYPED;
    const bytes = c.req.raw.body ? await readBody(c.req.raw.body, MAX_FILE) : new Uint8Array();
    sendFile(parts, person, { name, mimeType, bytes });
    await context.store.settled();
    return c.json(accepted);
  });

  app.post("/chat/:person/sample", async (c) => {
    const person = personOf(parts, c.req.param("person"));
    const { name } = await bodyOf(c, sampleBody);
    const sample = parts.samples.find((one) => one.name === name);
    if (!sample) throw new ApiError(404, "There is no such sample");
    if ("content" in sample) parts.side.sendSample(person, sample.content);
    else sendFile(parts, person, { name, mimeType: UNTYPED, bytes: await readFile(sample.path) });
    await context.store.settled();
    return c.json(accepted);
  });

  app.post("/chat/:person/press", async (c) => {
    const person = personOf(parts, c.req.param("person"));
    const { messageId, data: pressed } = await bodyOf(c, pressBody);
    const leave = placeIn(pressing);
    try {
      const signal = AbortSignal.any([c.req.raw.signal, parts.closing]);
      return c.json(await side.press(person, messageId, pressed, signal));
    } finally {
      leave();
    }
  });

  return app;
}

function personOf({ context }: ServerParts, id: string): Person {
  const person = context.persons.get(Number(id));
  if (!person) throw new ApiError(404, "There is no such person");
  return person;
}

interface PageFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

function sendFile({ side }: ServerParts, person: Person, file: PageFile): void {
  const looksLikePhoto = PHOTO_TYPES.has(file.mimeType) && file.bytes.length <= MAX_PHOTO;
  if (looksLikePhoto && pictureOf(file.bytes)) side.sendPhoto(person, file);
  else side.sendDocument(person, file);
}

/** Hands a file out for download; only pictures may show themselves in the page, everything else is never run here. */
function sentFile({ context }: ServerParts, id: string): Response {
  const file = context.store.state.files.get(id);
  const bytes = file && context.store.bytes(id);
  if (!file || !bytes) throw new ApiError(404, "There is no such file");
  const shown = file.path.startsWith("photos/");
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`;
  return new Response(Buffer.from(bytes), {
    headers: {
      ...PAGE_HEADERS,
      "content-type": shown ? file.mimeType : UNTYPED,
      ...(shown ? {} : { "content-disposition": disposition }),
    },
  });
}

function fileName(given: string): string {
  return (
    given
      .replace(/[/\\]/g, "_")
      .replace(/\p{Cc}/gu, "")
      .slice(-128) || "file"
  );
}

/** @throws ApiError 503 when all places are taken */
function placeIn(slots: Slots): () => void {
  const place = slots.take();
  if (!place) throw new ApiError(503, "Too many pages wait for an answer");
  return place;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** @throws ApiError 400 when the body is not what the page sends, 413 when it is too large */
async function bodyOf<T>(c: Context, shape: z.ZodType<T>): Promise<T> {
  const bytes = c.req.raw.body ? await readBody(c.req.raw.body, MAX_DEED) : new Uint8Array();
  const parsed = shape.safeParse(jsonIn(bytes));
  if (!parsed.success) throw new ApiError(400, "This is nothing the page sends");
  return parsed.data;
}
