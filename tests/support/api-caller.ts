/**
 * Calls the interface for other programs as the OpenAPI document describes it: what is sent, and every answer, is held to the
 * document, so that no test can pass on something that is described otherwise.
 */
import type { ValidateFunction } from "ajv/dist/2020.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";

const documentShape = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

const content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const operation = z.object({
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.union([z.object({ $ref: z.string() }), z.object({ content })])),
});

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** JSON; of an answer in lines, each of them. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever a test looks at
  readonly body: any;
}

export interface Calling {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: what is sent must be as described. */
  readonly isWrong?: true;
}

export type Call = (method: string, path: string, calling?: Calling) => Promise<Answered>;

/** @param document As `/api/openapi.json` serves it; @param ask Makes one request below `http://127.0.0.1` */
export function createCaller(document: unknown, ask: (request: Request) => Promise<Response>): Call {
  const { paths, components } = documentShape.parse(document);
  const validate = validatorOf(components.schemas);
  return async (method, path, { body, headers = {}, isWrong } = {}) => {
    const { operation: described } = callAt(paths, method, path);
    if (body !== undefined && !isWrong)
      validate(described?.requestBody?.content["application/json"]?.schema, body, `${method} ${path}`);
    const request = new Request(`http://127.0.0.1${path}`, {
      method,
      headers: {
        host: "127.0.0.1",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const answer = await ask(request);
    const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
    const text = await answer.text();
    const said: unknown = type.endsWith("ndjson")
      ? text
          .split("\n")
          .filter(Boolean)
          .map((line): unknown => JSON.parse(line))
      : JSON.parse(text);
    const schema = schemaOf(described, String(answer.status), type);
    for (const one of Array.isArray(said) ? said : [said])
      validate(schema, one, `${answer.status} to ${method} ${path}`);
    return { status: answer.status, headers: answer.headers, body: said };
  };
}

type Operation = z.infer<typeof operation>;

function callAt(paths: z.infer<typeof documentShape>["paths"], method: string, path: string) {
  const [bare = ""] = path.replace(/^\/api/, "").split("?");
  const template = Object.keys(paths).find((one) =>
    new RegExp(`^${one.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(bare),
  );
  const found = template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
  return { operation: found === undefined ? undefined : operation.parse(found) };
}

/** What nothing describes can only be a problem. */
function schemaOf(described: Operation | undefined, status: string, type: string) {
  const problem = { $ref: "#/components/schemas/Problem" };
  const answer = described?.responses[status];
  if (answer && "content" in answer) return answer.content[type]?.schema;
  return type === "application/problem+json" ? problem : undefined;
}

function validatorOf(schemas: z.infer<typeof documentShape>["components"]["schemas"]) {
  const known = new Map<string, ValidateFunction>();
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { "date-time": isMoment } });
  const root = { $id: "peyk", components: { schemas } };
  ajv.addSchema(root);
  return (schema: object | undefined, value: unknown, where: string): void => {
    if (!schema) throw new Error(`${where}: not described`);
    const text = JSON.stringify(schema).replaceAll('"#/', '"peyk#/');
    const check = known.get(text) ?? ajv.compile(z.record(z.string(), z.unknown()).parse(JSON.parse(text)));
    known.set(text, check);
    if (!check(value))
      throw new Error(`${where}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(value)}`);
  };
}

function isMoment(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && /(?:Z|[+-]\d\d:\d\d)$/.test(text); // RFC 3339
}
