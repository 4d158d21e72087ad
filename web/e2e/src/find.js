// Finds what a person finds: by what it is and what it is called. Arguments: kind, name.
// What rests cannot be used.
const [kind, name] = arguments;
const words = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true });
// What is under an open dialog cannot be reached.
const scope = document.querySelector("dialog[open]") ?? document;
const rests = (element) => element.disabled || element.ariaDisabled === "true";
const all = (selector) => [...scope.querySelectorAll(selector)].filter(shown).filter((element) => !rests(element));
const called = (element) => words(element.ariaLabel ?? element.textContent) === name;
switch (kind) {
  case "control":
    return all("a[href], button, summary").find(called) ?? null;
  case "submit":
    return all("button[type=submit]").find(called) ?? null;
  case "field": {
    const says = (label) => called(label) || called(label.querySelector("span") ?? label);
    return all("label").find(says)?.control ?? null;
  }
  default:
    throw new Error(`no kind ${kind}`);
}
