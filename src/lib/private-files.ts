/** What Peyk keeps is for its own user alone, whatever the umask lets others do. */

/** Mode of a file: read and written by its owner. */
export const PRIVATE_FILE = 0o600;

/** Mode of a folder: entered by its owner. */
export const PRIVATE_FOLDER = 0o700;
