// @ts-check
/** Takes the key out of the address bar: the cookie opens the page from now on, and screenshots show no secret. */

const address = new URL(location.href);
if (address.searchParams.has("key")) {
  address.searchParams.delete("key");
  history.replaceState(null, "", address);
}
