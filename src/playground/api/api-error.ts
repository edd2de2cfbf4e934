/** A refusal of the Bot API, as the real server words it. */

/** What the bot is told beside the words: seconds to wait, the chat's new id. */
interface Hints {
  readonly retryAfter?: number | undefined;
  readonly migrateTo?: number | undefined;
}

/** Thrown by a method to refuse; the server turns it into `{ok: false, error_code, description, parameters?}`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly errorCode: number;
  readonly #hints: Hints;

  constructor(errorCode: number, description: string, hints: Hints = {}) {
    super(description);
    this.errorCode = errorCode;
    this.#hints = hints;
  }

  /** The answer on the wire. */
  toResponse(): Response {
    const { retryAfter, migrateTo } = this.#hints;
    const parameters = {
      ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
      ...(migrateTo === undefined ? {} : { migrate_to_chat_id: migrateTo }),
    };
    const body = {
      ok: false,
      error_code: this.errorCode,
      description: this.message,
      ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    };
    return Response.json(body, { status: this.errorCode });
  }
}

/** A 400 with the real server's prefix. */
export function badRequest(reason: string): ApiError {
  return new ApiError(400, `Bad Request: ${reason}`);
}

/** A 403 with the real server's prefix. */
export function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${reason}`);
}

/** A 429; `seconds` whole and at least one. */
export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retryAfter: seconds });
}
