/* Imports: files dragged onto the page, what is half typed, from bad cell to bad cell. Without this
   script every step works by buttons. */
"use strict";

/* ---- files are dragged onto the page ---- */

const MEGA = 1024 * 1024;
const zone = document.querySelector("form[data-drop]");

function tell(sentence) {
  const live = document.getElementById("live");
  if (live) live.textContent = sentence;
}

/* Over the limit nothing is sent: whoever waits for a large file to go up wants to know before. */
function tooLarge(form) {
  const most = Number(form.dataset.most);
  return [...form.elements.file.files].find((file) => file.size > most * MEGA);
}

function took(event) {
  return Boolean(event.dataTransfer) && [...event.dataTransfer.types].includes("Files");
}

if (zone) {
  const frame = zone.querySelector(".drop");
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!took(event)) return;
      event.preventDefault();
      frame.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) frame.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!took(event)) return;
    event.preventDefault();
    frame.classList.remove("over");
    const { files } = event.dataTransfer;
    if (!files.length) return;
    const box = zone.elements.file;
    box.multiple = box.multiple || files.length > 1;
    box.files = files;
    if (files.length > 1 && zone.dataset.many) zone.action = zone.dataset.many;
    zone.requestSubmit();
  });
  zone.addEventListener("submit", (event) => {
    const large = tooLarge(zone);
    if (!large) return;
    event.preventDefault();
    const sentence = `“${large.name}”超过 ${zone.dataset.most} MB，没有上传；请拆成几个文件后分别导入。`;
    zone.elements.file.setCustomValidity(sentence);
    zone.elements.file.reportValidity();
    tell(sentence);
  });
  zone.elements.file.addEventListener("change", () => zone.elements.file.setCustomValidity(""));
}

/* ---- what is half typed outlives a sign-in that expired: kept in this tab until it is sent ---- */

function nameOf(form) {
  const { row, header } = form.elements;
  return `mend ${form.getAttribute("action")} ${row.value} ${header.value}`;
}

function restore(root) {
  for (const form of root.querySelectorAll("form[hx-post]")) {
    if (!form.elements.value || !form.elements.header) continue;
    const typed = sessionStorage.getItem(nameOf(form));
    if (typed !== null) form.elements.value.value = typed;
  }
}

function mending(form) {
  return form && form.matches(".fx form[hx-post]") ? form : null;
}

document.addEventListener("input", (event) => {
  const form = mending(event.target.form);
  if (form && event.target.name === "value") sessionStorage.setItem(nameOf(form), event.target.value);
});

/* ---- a mended line: forget what was typed, go on to the next bad cell ---- */

document.addEventListener("htmx:beforeSwap", (event) => {
  const form = mending(event.detail.requestConfig && event.detail.requestConfig.elt);
  if (form && event.detail.xhr.status === 200) sessionStorage.removeItem(nameOf(form));
});

document.addEventListener("htmx:afterSettle", (event) => {
  const line = event.detail.elt;
  if (!line.matches || !line.matches(".fx tr")) return;
  const still = line.querySelector("[name=value]");
  if (still) {
    still.focus();
    return;
  }
  let next = line.nextElementSibling;
  while (next && !next.querySelector("[name=value]")) next = next.nextElementSibling;
  if (next) next.querySelector("[name=value]").focus();
});

restore(document);

/* Whoever signs out leaves nothing for the next one at this desk. */
document.addEventListener("submit", (event) => {
  if (!event.target.action.includes("/accounts/logout/")) return;
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("mend ")) sessionStorage.removeItem(name);
  }
});
