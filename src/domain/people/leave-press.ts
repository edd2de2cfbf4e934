/** What the button that stands under every message to a subscriber says when it is pressed: write to me no more. */
export const LEAVE_PRESS = "leave";
