/** The stores that are one document each. */
import type { ApiTokenStore } from "../../ports/api-tokens.ts";
import { apiTokensIn, apiTokensSchema } from "../../ports/documents/api-tokens.ts";
import { noTeam, teamIn, teamSchema } from "../../ports/documents/team.ts";
import { webhooksIn, webhooksSchema } from "../../ports/documents/webhooks.ts";
import type { TeamStore } from "../../ports/team.ts";
import type { WebhookStore } from "../../ports/webhooks.ts";
import type { Queryable } from "../database.ts";
import { documentIn } from "./documents.ts";

export function createTeamStore(database: Queryable): TeamStore {
  return teamIn(documentIn(database, { kind: "team", schema: teamSchema, initial: noTeam }));
}

export function createApiTokenStore(database: Queryable): ApiTokenStore {
  return apiTokensIn(documentIn(database, { kind: "api-tokens", schema: apiTokensSchema, initial: [] }));
}

export function createWebhookStore(database: Queryable): WebhookStore {
  return webhooksIn(documentIn(database, { kind: "webhooks", schema: webhooksSchema, initial: [] }));
}
