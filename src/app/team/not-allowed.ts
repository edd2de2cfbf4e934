import type { Right } from "../../domain/roles/role.ts";

/** Whoever asked has a role that does not allow it; nothing was done. */
export class NotAllowedError extends Error {
  override readonly name = "NotAllowedError";
  readonly right: Right;

  constructor(right: Right) {
    super(right);
    this.right = right;
  }
}
