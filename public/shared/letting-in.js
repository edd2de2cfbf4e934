// @ts-check
/**
 * Tells whether an answer turned this page away because the key is another one than before; then the page that says so
 * takes this one's place.
 * @param {Response | undefined} answer
 */
export function isTurnedAway(answer) {
  if (answer?.status !== 401) return false;
  location.reload();
  return true;
}
