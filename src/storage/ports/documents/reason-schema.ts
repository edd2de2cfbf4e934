import { z } from "zod";
import type { Reason } from "../../../domain/reasons/reason.ts";
import { reasonFrom } from "../../../domain/reasons/stored-reason.ts";

/** A reason in a document: what this version doesn't know is no reason to refuse the document. */
export const reason: z.ZodType<Reason> = z.unknown().transform(reasonFrom);
