import { ValidationError } from "../domain/errors.ts";

/** Something given is wrong, said in the reader's own language already. */
export class SaidError extends ValidationError {}
