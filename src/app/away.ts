export { passingAtWork, sayUnlessAway } from "../storage/ports/away.ts";
