/** The interface as a document: OpenAPI 3.1, made of the very schemas that check what comes in and what the tests hold answers to. */
import { z } from "zod";
import {
  campaignAnswer,
  campaignsAnswer,
  channelsAnswer,
  eventsAnswer,
  planAnswer,
  problemAnswer,
  resultLine,
  startAnswer,
  suppressedAnswer,
  suppressedLine,
} from "./answers.ts";
import { startBody, suppressBody } from "./bodies.ts";

const schemas = {
  Campaign: campaignAnswer,
  Campaigns: campaignsAnswer,
  Channels: channelsAnswer,
  Events: eventsAnswer,
  Plan: planAnswer,
  Problem: problemAnswer,
  Result: resultLine,
  Start: startBody,
  Started: startAnswer,
  Suppress: suppressBody,
  Suppressed: suppressedAnswer,
  SuppressedLine: suppressedLine,
} as const;

type SchemaName = keyof typeof schemas;

const JSON_TYPE = "application/json";
const LINES_TYPE = "application/x-ndjson";

/** The document; the same for everybody, so it needs no token. */
export function openApi(): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Peyk",
      version: "1",
      summary: "Campaigns from a list of names to the proof of what happened to everyone.",
    },
    servers: [{ url: "/api" }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)])),
      responses: {
        Problem: {
          description: "Why it came to nothing (RFC 9457), in the language of Accept-Language.",
          content: { "application/problem+json": { schema: reference("Problem") } },
        },
      },
      parameters: {
        id: {
          name: "id",
          in: "path",
          required: true,
          description: "Task id: 1 to 64 of Latin letters, digits, _, - and .",
          schema: { type: "string" },
        },
        name: {
          name: "name",
          in: "path",
          required: true,
          description: "A username in any usual spelling.",
          schema: { type: "string" },
        },
      },
    },
  };
}

function plain(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}

function reference(name: SchemaName): object {
  return { $ref: `#/components/schemas/${name}` };
}

function answer(description: string, schema: SchemaName, type = JSON_TYPE): object {
  return { description, content: { [type]: { schema: reference(schema) } } };
}

interface Call {
  readonly operationId: string;
  readonly summary: string;
  readonly answers: Readonly<Record<string, object>>;
  readonly body?: { readonly schema: SchemaName; readonly isOptional?: true };
  readonly query?: readonly object[];
  readonly isOpen?: true;
}

function call({ operationId, summary, answers, body, query, isOpen }: Call): object {
  return {
    operationId,
    summary,
    ...(query ? { parameters: query } : {}),
    ...(body
      ? {
          requestBody: {
            required: body.isOptional !== true,
            content: { [JSON_TYPE]: { schema: reference(body.schema) } },
          },
        }
      : {}),
    ...(isOpen ? { security: [] } : {}),
    responses: { ...answers, default: { $ref: "#/components/responses/Problem" } },
  };
}

function at(parameter: "id" | "name", calls: object): object {
  return { parameters: [{ $ref: `#/components/parameters/${parameter}` }], ...calls };
}

function steering(operationId: string, summary: string): object {
  return at("id", {
    post: call({ operationId, summary, answers: { 200: answer("As it stands then.", "Campaign") } }),
  });
}

const whole = (name: string, description: string, most: number): object => ({
  name,
  in: "query",
  description,
  schema: { type: "integer", minimum: 0, maximum: most },
});

const paths: Readonly<Record<string, object>> = {
  "/openapi.json": {
    get: call({
      operationId: "describe",
      summary: "This document.",
      answers: {
        200: { description: "OpenAPI 3.1", content: { [JSON_TYPE]: { schema: { type: "object" } } } },
      },
      isOpen: true,
    }),
  },
  "/channels": {
    get: call({
      operationId: "channels",
      summary: "What campaigns can go through.",
      answers: { 200: answer("All that are set up.", "Channels") },
    }),
  },
  "/campaigns": {
    get: call({
      operationId: "campaigns",
      summary: "All campaigns, the newest first.",
      answers: { 200: answer("How each stands.", "Campaigns") },
    }),
  },
  "/campaigns/{id}": at("id", {
    get: call({
      operationId: "campaign",
      summary: "How a campaign stands.",
      answers: { 200: answer("As it stands.", "Campaign") },
    }),
    put: call({
      operationId: "start",
      summary:
        "Starts a campaign. The same body under the same id is the same campaign; another body is refused (409).",
      body: { schema: "Start" },
      answers: {
        200: answer("It was started before by the same body.", "Started"),
        201: answer("It has begun.", "Started"),
      },
    }),
  }),
  "/campaigns/{id}/plan": at("id", {
    post: call({
      operationId: "plan",
      summary: "Says what a start would do. Nothing is sent, and nothing of it is kept.",
      body: { schema: "Start" },
      answers: { 200: answer("How many, through what, until when.", "Plan") },
    }),
  }),
  "/campaigns/{id}/results": at("id", {
    get: call({
      operationId: "results",
      summary: "What became of every recipient, in the order of the list.",
      answers: { 200: answer("One JSON object a line; the schema is that of a line.", "Result", LINES_TYPE) },
    }),
  }),
  "/campaigns/{id}/pause": steering("pause", "Begins no more sends."),
  "/campaigns/{id}/resume": steering("resume", "Goes on."),
  "/campaigns/{id}/cancel": steering("cancel", "Ends it: whoever was not tried is skipped."),
  "/campaigns/{id}/retry": steering("retry", "Tries those again that failed for sure."),
  "/suppressed": {
    get: call({
      operationId: "suppressed",
      summary: "The do-not-send list, the newest first.",
      answers: {
        200: answer("One JSON object a line; the schema is that of a line.", "SuppressedLine", LINES_TYPE),
      },
    }),
  },
  "/suppressed/{name}": at("name", {
    put: call({
      operationId: "suppress",
      summary: "Nobody writes to this person any more, from this answer on.",
      body: { schema: "Suppress", isOptional: true },
      answers: { 200: answer("It holds.", "Suppressed") },
    }),
    delete: call({
      operationId: "unsuppress",
      summary: "Takes a person off the do-not-send list.",
      answers: { 200: answer("It holds.", "Suppressed") },
    }),
  }),
  "/events": {
    get: call({
      operationId: "events",
      summary: "What happened behind a number, the oldest first.",
      query: [
        whole("after", "`next` of the answer before; absent: from now on.", Number.MAX_SAFE_INTEGER),
        whole("limit", "How many are read at most; 100 unless said.", 1000),
        whole("wait", "How many seconds to wait for the first of them; 0 unless said.", 30),
      ],
      answers: { 200: answer("What happened.", "Events") },
    }),
  },
};
