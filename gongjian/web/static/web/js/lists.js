// Lists: tick all rows of the page, tell how many are ticked, keep empty filters out of addresses.
"use strict";
(() => {
  const tell = (form) => {
    const ticked = form.querySelectorAll("tbody .ck:checked").length;
    const all = form.querySelectorAll("tbody .ck").length;
    const every = form.querySelector("[data-every]");
    const words = form.querySelector("[data-chosen]");
    if (every && !ticked) every.checked = false;
    const found = document.querySelector(".lst .found .num");
    const many = found && /\d/.test(found.textContent) ? ` ${found.textContent.trim()} ` : "";
    if (words) words.textContent = every && every.checked ? `全部符合的${many}行` : `已选 ${ticked} 行`;
    const whole = form.querySelector("[data-all]");
    if (whole) whole.checked = all > 0 && ticked === all;
  };
  document.addEventListener("change", (event) => {
    const tick = event.target;
    if (!(tick instanceof HTMLInputElement) || !tick.matches(".lst .ck") || !tick.form) return;
    if (tick.matches("[data-all]")) {
      for (const other of tick.form.querySelectorAll("tbody .ck")) other.checked = tick.checked;
    }
    tell(tick.form);
  });
  document.addEventListener("reset", (event) => setTimeout(() => tell(event.target)));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-ask]")) return;
    for (const field of event.target.elements) if (field.value === "") field.disabled = true;
  });
})();
