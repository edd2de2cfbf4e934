import { fileURLToPath } from "node:url";

/** Path of the sample list that the playground and the bot offer. */
export const SAMPLE_LIST = fileURLToPath(new URL("../../public/playground/sample-list.csv", import.meta.url));
