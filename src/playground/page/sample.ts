import type { SampleContent } from "../world/sample-names.ts";

/** Something that the chat page sends at one tap: a file, or a content that no browser makes. */
export type Sample = {
  /** Name the file is sent under, or the content's. */
  readonly name: string;
  readonly title: Readonly<Record<"en" | "fa", string>>;
} & ({ readonly path: string } | { readonly content: SampleContent });
