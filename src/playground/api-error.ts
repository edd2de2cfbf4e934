/** A refusal of the Bot API, as the real server words it. */

/** Thrown by a method to refuse; the server turns it into `{ok: false, error_code, description, parameters?}`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly errorCode: number;
  /** Seconds, with a 429 only. */
  readonly retryAfter: number | undefined;

  constructor(errorCode: number, description: string, retryAfter?: number) {
    super(description);
    this.errorCode = errorCode;
    this.retryAfter = retryAfter;
  }

  /** The answer on the wire. */
  toResponse(): Response {
    const body = {
      ok: false,
      error_code: this.errorCode,
      description: this.message,
      ...(this.retryAfter === undefined ? {} : { parameters: { retry_after: this.retryAfter } }),
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
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, seconds);
}
