/** The Bot API at the wire: `/bot<token>/<method>` and `/file/bot<token>/<path>`, with the real server's answers. */
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { isSameSecret } from "../../lib/pages/page-key.ts";
import type { ApiContext, Method } from "./api-context.ts";
import { ApiError } from "./api-error.ts";
import type { CallJournal, Failure } from "./call-journal.ts";
import { readFields } from "./call-fields.ts";
import { Fields } from "./fields.ts";
import { callbackMethods } from "./methods/callbacks.ts";
import { contentMethods } from "./methods/contents.ts";
import { copyMethods } from "./methods/copies.ts";
import { fileMethods, MAX_UPLOAD } from "./methods/files.ts";
import { messageMethods } from "./methods/messages.ts";
import { profileMethods } from "./methods/profile.ts";
import { updateMethods } from "./methods/updates.ts";

interface BotApiParts {
  readonly context: ApiContext;
  readonly token: string;
  readonly journal: CallJournal;
  /** Fires when the playground closes. */
  readonly closing: AbortSignal;
}

type WireContext = Context<{ Bindings: HttpBindings }>;

/** Routes of the Bot API. Every answer is JSON, and none is given before what it tells is durable. */
export function botApiRoutes(parts: BotApiParts): Hono<{ Bindings: HttpBindings }> {
  const methods = methodTable();
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.all("/:bot{bot[^/]+}/:method", (c) => {
    checkToken(c.req.param("bot"), parts.token);
    return answer(c, parts, c.req.param("method"), methods);
  });

  app.get("/file/:bot{bot[^/]+}/:path{.+}", async (c) => {
    checkToken(c.req.param("bot"), parts.token);
    const failure = parts.journal.takeFailure("file");
    if (failure && "slow" in failure) await Promise.race([failure.slow, fired(parts.closing)]);
    else if (failure) return failed(c, failure);
    const { store } = parts.context;
    const file = [...store.state.files.values()].find((one) => one.path === c.req.param("path"));
    const bytes = file && store.bytes(file.fileId);
    if (!bytes) throw new ApiError(404, "Not Found");
    return c.body(Buffer.from(bytes), 200, { "content-type": "application/octet-stream" });
  });

  return app;
}

/** Methods by their names in lower case: the real server ignores case. */
function methodTable(): ReadonlyMap<string, Method> {
  const all = {
    ...messageMethods,
    ...contentMethods,
    ...copyMethods,
    ...callbackMethods,
    ...updateMethods,
    ...fileMethods,
    ...profileMethods,
  };
  return new Map(Object.entries(all).map(([name, method]) => [name.toLowerCase(), method]));
}

/** Turns whatever was thrown into an answer; a fault of ours or of the disk is a 500, as with the real server. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(500, "Internal Server Error");
}

function checkToken(segment: string, token: string): void {
  const given = segment.slice("bot".length);
  if (isSameSecret(given, token)) return;
  throw /^\d+:[\w-]{20,}$/.test(given) ? new ApiError(401, "Unauthorized") : new ApiError(404, "Not Found");
}

/** Does one call, or the failure planned for it, and notes both in the journal. */
async function answer(
  c: WireContext,
  { context, journal, closing }: BotApiParts,
  name: string,
  methods: ReadonlyMap<string, Method>,
): Promise<Response> {
  const at = context.clock.now();
  const host = c.req.header("host") ?? "";
  let fields = new Fields({});
  const noted = (status: number, response: Response): Response => {
    journal.add({ method: name, host, payload: fields.asked(), at, status });
    return response;
  };
  const refuse = async (planned: Failure): Promise<Response> => {
    const response = noted(statusOf(planned), failed(c, planned));
    if ("silent" in planned) await fired(AbortSignal.any([c.req.raw.signal, closing]));
    return response;
  };
  try {
    fields = await readFields(c.req.raw, MAX_UPLOAD);
    const failure = journal.failureOf({ method: name, host, chat: fields.integer("chat_id") });
    const comesFirst = failure && !comesAfter(failure);
    if (comesFirst) return await refuse(failure);
    const method = methods.get(name.toLowerCase());
    if (!method) throw new ApiError(404, "Not Found");
    const signal = AbortSignal.any([c.req.raw.signal, closing]);
    const result = await method({ context, fields, signal });
    await context.store.settled();
    if (failure && "slow" in failure) await Promise.race([failure.slow, fired(signal)]);
    else if (failure) return await refuse(failure);
    return noted(200, c.json({ ok: true, result }));
  } catch (error) {
    const refusal = asApiError(error);
    return noted(refusal.errorCode, refusal.toResponse());
  }
}

/** Everything happens, and only the answer is lost or late. */
function comesAfter(failure: Failure): boolean {
  return "slow" in failure || ("hangUp" in failure && failure.hangUp === "after");
}

function statusOf(failure: Failure): number {
  if ("hangUp" in failure || "silent" in failure || "slow" in failure) return 0;
  return "html" in failure ? failure.html : failure.errorCode;
}

/** Resolves when the signal fires. */
function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function failed(c: WireContext, failure: Failure): Response {
  if ("silent" in failure || "slow" in failure) return c.body(null);
  if ("hangUp" in failure) {
    c.env.outgoing.destroy();
    return c.body(null);
  }
  if ("html" in failure) {
    const headers = { "content-type": "text/html" };
    return new Response("<html><body><h1>Bad Gateway</h1></body></html>", { status: failure.html, headers });
  }
  const description = failure.description ?? `Failure ${failure.errorCode}`;
  const { retryAfter, migrateTo } = failure;
  return new ApiError(failure.errorCode, description, { retryAfter, migrateTo }).toResponse();
}
