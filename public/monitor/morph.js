// @ts-check
/**
 * Makes one element like another and keeps what is alike, so that selected text stays selected, bars glide and nothing
 * flickers.
 * @param {Element} shown
 * @param {Element} wanted
 */
export function morph(shown, wanted) {
  for (const { name } of Array.from(shown.attributes))
    if (name !== "style" && !wanted.hasAttribute(name)) shown.removeAttribute(name);
  for (const { name, value } of wanted.attributes)
    if (name !== "style" && shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  if (
    shown instanceof HTMLElement &&
    wanted instanceof HTMLElement &&
    shown.style.cssText !== wanted.style.cssText
  )
    shown.style.cssText = wanted.style.cssText;
  morphChildren(shown, [...wanted.childNodes]);
}

/**
 * @param {Element} shown
 * @param {readonly ChildNode[]} wanted
 */
function morphChildren(shown, wanted) {
  wanted.forEach((child, place) => {
    const there = shown.childNodes[place];
    if (!there) shown.append(child);
    else if (there instanceof Element && child instanceof Element && isSame(there, child))
      morph(there, child);
    else if (!(there instanceof Text && child instanceof Text)) there.replaceWith(child);
    else if (there.data !== child.data) there.data = child.data;
  });
  while (shown.childNodes.length > wanted.length) shown.lastChild?.remove();
}

/**
 * @param {Element} one
 * @param {Element} other
 */
function isSame(one, other) {
  return one.tagName === other.tagName && one.getAttribute("data-key") === other.getAttribute("data-key");
}
