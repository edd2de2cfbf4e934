/** Thrown to end a call with an error. */
export class XrpcError extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

/** @throws {XrpcError} for what is no whole number up to the most */
export function whole(text: string, name: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text))
    throw new XrpcError(400, "InvalidRequest", `Error: Params must have the property ${name}`);
  if (value > most)
    throw new XrpcError(400, "InvalidRequest", `Error: ${name} can not be greater than ${most}`);
  return value;
}
