"use strict";
const each = (line, mark) => {
  for (const id of ["b" + line, "l" + line]) {
    const element = document.getElementById(id);
    if (element) element.classList.toggle("on", mark);
  }
};
const lineOf = (event) => {
  const element = event.target.closest ? event.target.closest("[data-l]") : null;
  return element ? element.dataset.l : null;
};
for (const [kind, mark] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(kind, (event) => { const line = lineOf(event); if (line) each(line, mark); });
}
const text = document.getElementById("text");
text.addEventListener("scroll", () => {
  if (!text.matches(":hover")) return;
  const passed = [...text.querySelectorAll(".turn")].filter((turn) => turn.getBoundingClientRect().top < 140).pop();
  const page = passed && document.getElementById(passed.dataset.page);
  const leaves = document.querySelector(".leaves");
  if (!page || page === leaves.shown) return;
  leaves.shown = page;
  leaves.scrollTop += page.getBoundingClientRect().top - leaves.getBoundingClientRect().top - 20;
}, { passive: true });
document.addEventListener("click", (event) => {
  const line = lineOf(event);
  if (!line || String(getSelection())) return;
  const other = document.getElementById((event.target.closest(".leaf") ? "l" : "b") + line);
  if (!other) return;
  event.preventDefault();
  other.scrollIntoView({ block: "center" });
  for (const last of document.querySelectorAll(".kept")) last.classList.remove("kept");
  for (const id of ["b" + line, "l" + line]) document.getElementById(id).classList.add("kept");
});
