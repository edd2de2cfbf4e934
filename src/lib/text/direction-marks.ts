/** Marks of direction that come along when text is copied out of right-to-left chats; the half-space is none of them. */
const DIRECTION_MARKS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Takes them out of what somebody typed or pasted. */
export function withoutDirectionMarks(text: string): string {
  return text.replace(DIRECTION_MARKS, "");
}
