// @ts-check
/** Line icons, drawn here so that the page needs no other file and none is ever missing. */

const paths = {
  send: "M4 12 20 4l-4 16-4.5-6.5zM11.5 13.5 20 4",
  attach:
    "m20 11-8.3 8.3a5.3 5.3 0 0 1-7.5-7.5l8.8-8.8a3.5 3.5 0 0 1 5 5l-8.7 8.7a1.8 1.8 0 0 1-2.6-2.5L14.5 6.4",
  menu: "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM13.5 8l-3 8",
  reply: "M10 6 4 12l6 6M4 12h10a6 6 0 0 1 6 6v1",
  close: "m6 6 12 12M18 6 6 18",
  down: "m6 9 6 6 6-6",
  light:
    "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3 19 19M5 19l1.7-1.7M17.3 6.7 19 5",
  dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  auto: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 4v16M12 9l5.5-2M12 13l7.5-2.5M12 17l6.5-2",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  pin: "m14 3 7 7-3 1-4 4v4l-3 1-7-7 1-3h4l4-4zM7.5 16.5 3 21",
  link: "M8 16 17 7M9.5 7H17v7.5",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
};

/** @typedef {keyof typeof paths} IconName */

/**
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
