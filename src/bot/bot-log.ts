/** Takes log lines as pino does: fields first, then a short text without bodies or tokens. */
export interface BotLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}
