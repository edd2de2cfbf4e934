/** The tokens of other programs, in `data/api-tokens.json`: their hashes and no token. */
import type { ApiToken } from "../../../domain/hooks/api-token.ts";
import { openDocument } from "../../../lib/files/document.ts";
import type { DocumentFormat } from "../../../lib/files/stored-document.ts";
import { readDocument } from "../../../lib/files/stored-document.ts";
import type { ApiTokenStore } from "../../ports/api-tokens.ts";
import { apiTokensIn, apiTokensSchema } from "../../ports/documents/api-tokens.ts";

export const API_TOKENS_FILE = "api-tokens.json";

const format: DocumentFormat<readonly ApiToken[]> = { version: 1, schema: apiTokensSchema };

export interface ApiTokenStoreOptions {
  /** Throws when this process may write no more. */
  readonly beforeWrite?: () => void;
  /** Told when the file can't be understood: it was set aside, and nobody is let in. */
  readonly onProblem: (error: Error) => void;
}

/** Opens the document; the file is first written with the first token. */
export async function openApiTokenStore(
  path: string,
  { beforeWrite, onProblem }: ApiTokenStoreOptions,
): Promise<ApiTokenStore> {
  const document = await openDocument<readonly ApiToken[]>(path, {
    ...format,
    initial: [],
    ...(beforeWrite ? { beforeWrite } : {}),
    onSetAside: onProblem,
  });
  return apiTokensIn(document);
}

/** Reads them as they are on disk, beside whoever owns them. */
export async function readApiTokens(path: string): Promise<readonly ApiToken[]> {
  return (await readDocument(path, format)) ?? [];
}
