/** Where a reading process says what: apart from its output, to which anything may print. */
export const FRAMES_FD = 3;
export const VITAL_SIGNS_FD = 4;
