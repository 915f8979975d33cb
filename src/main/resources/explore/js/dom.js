// Short ways to the page's elements.

export function byId(id) {
  return document.getElementById(id);
}

/** An element with attributes and children; strings become text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}

/** Says one line where something went wrong; an empty line clears it. */
export function say(id, text) {
  const line = byId(id);
  if (line.textContent !== text) {
    line.textContent = text;
  }
}

/** Calls back when the width of an element has changed. */
export function onResize(watched, listener) {
  let width = 0;
  new ResizeObserver(() => {
    if (watched.clientWidth !== width) {
      width = watched.clientWidth;
      listener();
    }
  }).observe(watched);
}

/** Gives a file made in the page to the user. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  element('a', {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A button that saves text made in the page as an SVG file. */
export function svgButton(label, makeText, name) {
  const button = element('button', {type: 'button', class: 'small', 'aria-label': `Save ${label} as SVG`}, 'SVG');
  button.addEventListener('click', () => save(new Blob([makeText()], {type: 'image/svg+xml'}), name()));
  return button;
}

/** A button that saves a picture made in the page. */
export function pictureButton(label, makeCanvas, name) {
  const button = element('button', {type: 'button', class: 'small', 'aria-label': `Save ${label} as PNG`}, 'PNG');
  button.addEventListener('click', () => makeCanvas().toBlob(blob => save(blob, name())));
  return button;
}
