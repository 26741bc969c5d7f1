/* What the frame of every page does. Each part asks for nothing but its own marks in the page:
   without this script every page still works, only less handily. */
"use strict";

/* ---- a short word for everybody, read out by screen readers ---- */

const SAID_FOR = 6000;
let silence = 0;

function say(sentence) {
  const live = document.getElementById("live");
  if (!live) return;
  live.textContent = sentence;
  clearTimeout(silence);
  silence = setTimeout(() => { live.textContent = ""; }, SAID_FOR);
}

document.addEventListener("refused", (event) => say(event.detail.sentence));
document.addEventListener("htmx:sendError", () => {
  say("连不上服务器，刚才的操作没有送出。请检查网络后再试。");
});
document.addEventListener("htmx:timeout", () => {
  say("等了太久还没有答复，请稍后再试。");
});
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  // A refusal tells its own sentence by an event.
  if (xhr.getResponseHeader("HX-Trigger")) return;
  say("服务器没有办成这件事，已经记录下来。请稍后再试，仍不行就找管理员。");
});

/* ---- keyboard: / goes to the search box ---- */

function typing(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(document.activeElement)) return;
  const box = document.getElementById("search");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

/* ---- lists below a button: one at a time, closed by Esc and by a click elsewhere ---- */

function closeLists(except) {
  for (const list of document.querySelectorAll("details.popw[open]")) {
    if (!except || !list.contains(except)) list.open = false;
  }
}

document.addEventListener("click", (event) => closeLists(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.popw[open]");
  if (!open) return;
  const within = open.contains(document.activeElement);
  open.open = false;
  if (within) open.querySelector("summary").focus();
});

/* ---- dialogs, native: data-dialog="<id>" opens, data-close closes; focus goes back by itself ---- */

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.dialog).showModal();
    return;
  }
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
});

/* ---- forms that are sent when something in them was chosen ---- */

document.addEventListener("change", (event) => {
  const form = event.target.name && event.target.form;
  if (!form || !form.hasAttribute("data-submit-on-change")) return;
  form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id !== "asbar") return;
  for (const field of form.querySelectorAll("select")) {
    if (!field.value) field.disabled = true;
  }
});

/* ---- the browser's own calendar beside a day that is typed ---- */

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-calendar]");
  if (button) button.nextElementSibling.showPicker();
});

document.addEventListener("change", (event) => {
  const day = event.target;
  if (!day.matches("[data-calendar] + input") || !day.value) return;
  const typed = day.form.elements.at;
  typed.value = day.value;
  typed.dispatchEvent(new Event("change", { bubbles: true }));
});

/* ---- a form is sent once ---- */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) button.setAttribute("aria-busy", "true");
});

/* Coming back by the browser's own button shows the page as it was left: free the forms again. */
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
  for (const field of document.querySelectorAll("#asbar select")) field.disabled = false;
});

/* ---- paper ---- */

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* ---- below 900 px the menu is a drawer: focus stays in it, Esc and the veil close it ---- */

function drawer(side) {
  const body = document.getElementById("body");
  const button = document.querySelector(".menu-b");
  const narrow = window.matchMedia("(max-width: 899.98px)");
  const veil = document.createElement("div");
  let open = false;

  function set(wanted, moveFocus) {
    open = wanted && narrow.matches;
    side.classList.toggle("open", open);
    veil.classList.toggle("on", open);
    button.setAttribute("aria-expanded", String(open));
    document.documentElement.classList.toggle("nav-lock", open);
    side.inert = narrow.matches && !open;
    body.inert = open;
    asDialog(side, narrow.matches);
    if (!moveFocus) return;
    const first = side.querySelector(".nav1 a.on") || side.querySelector("a");
    (open ? first : button).focus({ preventScroll: true });
  }

  veil.className = "nav-bk";
  side.after(veil);
  button.addEventListener("click", () => set(true, true));
  side.querySelector(".side-x").addEventListener("click", () => set(false, true));
  veil.addEventListener("click", () => set(false, true));
  narrow.addEventListener("change", () => set(false, false));
  side.addEventListener("keydown", (event) => {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      set(false, true);
    } else {
      walk(side, event);
    }
  });
  set(false, false);
}

function asDialog(side, narrow) {
  const marks = { role: "dialog", "aria-modal": "true", "aria-label": "导航" };
  for (const [name, value] of Object.entries(marks)) {
    if (narrow) side.setAttribute(name, value);
    else side.removeAttribute(name);
  }
}

/* Arrows go from line to line; Tab goes round inside. */
function walk(side, event) {
  const stops = [...side.querySelectorAll("a[href], button")].filter((x) => x.offsetParent);
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  stops[(at + step + stops.length) % stops.length].focus();
}

/* ---- start ---- */

const side = document.getElementById("side");
if (side) drawer(side);
