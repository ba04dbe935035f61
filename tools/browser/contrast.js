'use strict';

// Every text that can be seen and is hard to read on what lies behind it:
// WCAG's contrast, at least `arguments[0]`, in the theme that is shown.

const [least] = arguments;

// [red, green, blue, alpha], the alpha from 0 to 1.
const parse = (color) => {
  const found = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/
    .exec(color);
  if (!found) throw new Error(`a color of an unknown form: ${color}`);
  return found.slice(1).map((part) => Number(part ?? 1));
};

const blend = (front, back, alpha = front[3]) =>
  [0, 1, 2].map((i) => front[i] * alpha + back[i] * (1 - alpha)).concat(1);

const luminance = (color) => {
  const [red, green, blue] = color.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one, two) => {
  const [dark, light] =
    [luminance(one), luminance(two)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

// A page has thousands of texts and few ancestors of them: each is asked once.
const once = (compute) => {
  const known = new Map();
  return (element) => {
    if (!known.has(element)) known.set(element, compute(element));
    return known.get(element);
  };
};

const opacityOf = once((element) => element
  ? getComputedStyle(element).opacity * opacityOf(element.parentElement)
  : 1);

const backgroundOf = once((element) => {
  if (!element) return [255, 255, 255, 1];
  const color = parse(getComputedStyle(element).backgroundColor);
  return blend(color, backgroundOf(element.parentElement));
});

// In a drawing: what the shapes under the middle of a text make of it.
const backgroundInDrawing = (text) => {
  text.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = text.getBoundingClientRect();
  const pile = document.elementsFromPoint(x + width / 2, y + height / 2);
  return pile.filter((it) => it.matches('svg :not(text, tspan)'))
    .map((shape) => getComputedStyle(shape).fill)
    .filter((fill) => fill !== 'none')
    .reduceRight((back, fill) => blend(parse(fill), back), backgroundOf(text));
};

const faint = new Map();
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const text = texts.currentNode.data.trim();
  const element = texts.currentNode.parentElement;
  const visible = { opacityProperty: true, visibilityProperty: true };
  if (!text || !element.checkVisibility(visible)) continue;
  const style = getComputedStyle(element);
  const drawn = element instanceof SVGElement;
  const color = parse(drawn ? style.fill : style.color);
  const back = drawn ? backgroundInDrawing(element) : backgroundOf(element);
  const opacity = color[3] * opacityOf(element);
  const value = contrast(blend(color, back, opacity), back);
  const { tagName, className } = element;
  // The same kind of text is told once.
  const kind = `${tagName.toLowerCase()}.${className.baseVal ?? className}`;
  if (value < least && !faint.has(kind))
    faint.set(kind, `${value.toFixed(2)} ${kind} "${text.slice(0, 40)}"`);
}
return [...faint.values()];
