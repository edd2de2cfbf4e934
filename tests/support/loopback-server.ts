/** A server on 127.0.0.1 for stand-ins of web services: answers by a function, breaks as a script says, logs each call. */
import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { text as readText } from "node:stream/consumers";

export interface LoopbackReply {
  readonly status: number;
  /** Sent as JSON; text is sent as HTML. */
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoopbackCall {
  /** 1 for the first call of all. */
  readonly number: number;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What goes wrong with a call; `served` says whether it was counted and paid for all the same. */
export type LoopbackFault =
  | { readonly kind: "cut" | "silent"; readonly served?: boolean }
  | ({ readonly kind: "reply"; readonly served?: boolean } & LoopbackReply);

export interface LoggedCall extends LoopbackCall {
  /** What went over the wire; 0: nothing did. */
  readonly status: number;
}

export interface LoopbackServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly address: string;
  readonly calls: readonly LoggedCall[];
}

/** What else came with a call. */
export interface Sent {
  readonly method: string;
  /** With everything that was given several times. */
  readonly parameters: URLSearchParams;
  /** Empty where nothing came. */
  readonly body: string;
}

export interface LoopbackOptions {
  readonly answer: (call: LoopbackCall, headers: IncomingHttpHeaders, sent: Sent) => LoopbackReply;
  readonly faultOf?: ((call: LoopbackCall) => LoopbackFault | undefined) | undefined;
}

/** Starts on a free port. */
export async function openLoopbackServer({ answer, faultOf }: LoopbackOptions): Promise<LoopbackServer> {
  const calls: LoggedCall[] = [];
  const take = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const call = {
      number: calls.length + 1,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
    };
    const fault = faultOf?.(call);
    const sent = { method: request.method ?? "GET", parameters: url.searchParams, body };
    const served = !fault || fault.served ? answer(call, request.headers, sent) : undefined;
    const reply = fault ? replyOf(fault) : served;
    calls.push({ ...call, status: reply?.status ?? 0 });
    if (reply) respond(response, reply);
    else if (fault?.kind === "cut") response.destroy();
  };
  const server = createServer((request, response) => {
    if (request.method === "GET") take(request, response, "");
    else void readText(request).then((body) => take(request, response, body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : 0}`,
    calls,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function replyOf(fault: LoopbackFault): LoopbackReply | undefined {
  return fault.kind === "reply" ? fault : undefined;
}

function respond(response: ServerResponse, { status, body, headers = {} }: LoopbackReply): void {
  const isPage = typeof body === "string";
  response.writeHead(status, { "content-type": isPage ? "text/html" : "application/json", ...headers });
  response.end(isPage ? body : JSON.stringify(body));
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
