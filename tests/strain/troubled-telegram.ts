/**
 * A Bot API server that is slow and lies in some chats only: it stands in front of the embedded one and holds, trickles or
 * refuses what goes to one person, while everybody else is served at once.
 */
import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer, request as open } from "node:http";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";

/** What is wrong between the program and one chat; times in ms. */
export interface Troubles {
  /** Messages to this chat are answered so late. */
  readonly slowAnswers?: { readonly chat: number; readonly holdMs: number };
  /** A file of exactly this size comes in drops, over so long. */
  readonly slowDownload?: { readonly bytes: number; readonly overMs: number };
  /** Files to this chat are taken in only after so long. */
  readonly slowUpload?: { readonly chat: number; readonly holdMs: number };
  /** Messages to this chat are refused with this `retry_after`, in seconds. */
  readonly flood?: { readonly chat: number; readonly retryAfter: number };
}

export interface TroubledTelegram extends AsyncDisposable {
  readonly apiRoot: string;
  /** Nothing is wrong until this is set, and after it is set to nothing. */
  troubles: Troubles;
  /** When each message arrived, sent, edited or uploaded, whatever became of it; ms since the epoch. */
  readonly arrivals: readonly number[];
}

const DROPS = 50;

/** Opens the server on a free port of 127.0.0.1, in front of the one at `apiRoot`. */
export async function openTroubledTelegram(apiRoot: string): Promise<TroubledTelegram> {
  const closing = new AbortController();
  const state: Stand["state"] = { troubles: {}, arrivals: [] };
  const server: Server = createServer((asked, answer) => {
    serve({ apiRoot, state, signal: closing.signal }, asked, answer).catch(() => answer.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  return {
    apiRoot: `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : 0}`,
    get troubles() {
      return state.troubles;
    },
    set troubles(next: Troubles) {
      state.troubles = next;
    },
    arrivals: state.arrivals,
    async [Symbol.asyncDispose]() {
      closing.abort();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Stand {
  readonly apiRoot: string;
  readonly state: { troubles: Troubles; readonly arrivals: number[] };
  readonly signal: AbortSignal;
}

async function serve(stand: Stand, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { slowAnswers, slowUpload, flood } = stand.state.troubles;
  const url = asked.url ?? "/";
  if (url.startsWith("/file/")) return download(stand, asked, answer);
  const isUpload = String(asked.headers["content-type"]).startsWith("multipart/");
  if (isMessage(url)) stand.state.arrivals.push(Date.now());
  const body = await bodyOf(asked);
  const chat = isMessage(url) ? chatIn(body, isUpload) : undefined;
  if (chat !== undefined && chat === flood?.chat) return refuse(answer, flood.retryAfter);
  if (isUpload && chat === slowUpload?.chat) await wait(slowUpload?.holdMs, undefined, stand);
  const reply = await ask(stand, asked, body);
  // It is there at once; only its sender hears of it late.
  if (!isUpload && chat !== undefined && chat === slowAnswers?.chat)
    await wait(slowAnswers.holdMs, undefined, stand);
  answer.writeHead(reply.statusCode ?? 502, reply.headers);
  await pipeline(reply, answer);
}

function isMessage(url: string): boolean {
  return /\/(?:send(?!ChatAction)|edit)\w*$/.test(url);
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of asked as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The chat a message goes to, in JSON or in a form. */
function chatIn(body: Buffer, isForm: boolean): number | undefined {
  const pattern = isForm ? /name="chat_id"\r\n\r\n(-?\d+)/ : /"chat_id":"?(-?\d+)/;
  const [, digits] = pattern.exec(body.subarray(0, 4096).toString("latin1")) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function refuse(answer: ServerResponse, retryAfter: number): void {
  answer.writeHead(429, { "content-type": "application/json" }).end(
    JSON.stringify({
      ok: false,
      error_code: 429,
      description: `Too Many Requests: retry after ${retryAfter}`,
      parameters: { retry_after: retryAfter },
    }),
  );
}

function ask({ apiRoot }: Stand, asked: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { host: _host, ...headers } = asked.headers;
  const going = open(`${apiRoot}${asked.url ?? "/"}`, { method: asked.method ?? "GET", headers });
  const stop = (): void => void going.destroy();
  asked.socket.once("close", stop);
  going.once("close", () => asked.socket.off("close", stop));
  going.end(body);
  return new Promise((resolve, reject) => {
    going.once("response", resolve);
    going.once("error", reject);
  });
}

/** Hands a file on; the slow one in drops. */
async function download(stand: Stand, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const reply = await ask(stand, asked, Buffer.alloc(0));
  const { slowDownload } = stand.state.troubles;
  answer.writeHead(reply.statusCode ?? 502, reply.headers);
  const whole = await bodyOf(reply);
  if (whole.length !== slowDownload?.bytes) return void answer.end(whole);
  const size = Math.ceil(whole.length / DROPS);
  for (let at = 0; at < whole.length; at += size) {
    answer.write(whole.subarray(at, at + size));
    await wait(slowDownload.overMs / DROPS, undefined, stand);
  }
  answer.end();
}
