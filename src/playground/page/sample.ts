/** A file that the chat page offers one tap away. */
export interface Sample {
  /** Name the file is sent under. */
  readonly name: string;
  readonly title: Readonly<Record<"en" | "fa", string>>;
  readonly path: string;
}
