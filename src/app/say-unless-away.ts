export { sayUnlessAway } from "../storage/ports/away.ts";
