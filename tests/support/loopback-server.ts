/** A server on 127.0.0.1 for stand-ins of web services: answers by a function, breaks as a script says, logs each call. */
import { once } from "node:events";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createServer } from "node:http";

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

export interface LoopbackOptions {
  readonly answer: (call: LoopbackCall, headers: IncomingHttpHeaders) => LoopbackReply;
  readonly faultOf?: ((call: LoopbackCall) => LoopbackFault | undefined) | undefined;
}

/** Starts on a free port. */
export async function openLoopbackServer({ answer, faultOf }: LoopbackOptions): Promise<LoopbackServer> {
  const calls: LoggedCall[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const call = {
      number: calls.length + 1,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
    };
    const fault = faultOf?.(call);
    const served = !fault || fault.served ? answer(call, request.headers) : undefined;
    const reply = fault ? replyOf(fault) : served;
    calls.push({ ...call, status: reply?.status ?? 0 });
    if (reply) respond(response, reply);
    else if (fault?.kind === "cut") response.destroy();
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
