/* Goes over a page as somebody without a mouse does; evaluated by the debugger, never served. */
"use strict";

globalThis.walk = (() => {
  const CAN = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  let wanted = [];
  let seen = new Set();
  let found = [];

  const name = (it) => {
    const words = it.getAttribute("aria-label") || it.name || it.textContent || "";
    return `<${it.tagName.toLowerCase()}> ${words.trim().slice(0, 40)}`;
  };

  const reachable = (it) =>
    !it.disabled && it.type !== "hidden" && it.tabIndex >= 0 && !it.closest("[inert]") &&
    it.checkVisibility({ visibilityProperty: true });

  /* One of several radio buttons is a stop for all of them. */
  const stops = () => {
    const groups = new Set();
    return [...document.querySelectorAll(CAN)].filter((it) => {
      if (!reachable(it)) return false;
      if (it.type !== "radio") return true;
      const group = [...it.form.elements[it.name]];
      const chosen = group.find((one) => one.checked) || group[0];
      if (groups.has(it.name) || chosen !== it) return false;
      groups.add(it.name);
      return true;
    });
  };

  const ringed = (it) => {
    const style = getComputedStyle(it);
    if (style.boxShadow !== "none") return true;
    return style.outlineStyle !== "none" && style.outlineColor !== "rgba(0, 0, 0, 0)";
  };

  /* The middle of the first line of the element is what one sees there. */
  const covered = (it) => {
    const [box] = it.getClientRects();
    if (!box) return true;
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !there || !(it.contains(there) || there.contains(it) || it.labels?.length);
  };

  const arrived = (event) => {
    const it = event.target;
    if (seen.has(it)) return;
    seen.add(it);
    if (!ringed(it)) found.push(`no ring: ${name(it)}`);
    else if (covered(it)) found.push(`covered: ${name(it)}`);
  };

  return {
    shape() {
      const faults = [];
      const heads = document.querySelectorAll("h1").length;
      if (heads !== 1) faults.push(`${heads} h1`);
      for (const it of document.querySelectorAll("input, select, textarea")) {
        const silent = it.type === "hidden" || it.closest("[aria-hidden=true]") || it.ariaHidden;
        const told = it.labels?.length || it.ariaLabel || it.getAttribute("aria-labelledby");
        if (!silent && !told) faults.push(`no label: ${name(it)}`);
      }
      const width = document.documentElement.scrollWidth;
      if (width > innerWidth) faults.push(`runs out to ${width}`);
      return faults;
    },

    paper() {
      const shown = document.querySelectorAll("#side, .top, .asbar, .bulk, .pager, .gb, .tbtn");
      const faults = [...shown].filter((it) => it.checkVisibility()).map((it) => `on paper: ${name(it)}`);
      const width = document.documentElement.scrollWidth;
      if (width > innerWidth) faults.push(`runs out of the sheet to ${width}`);
      if (document.querySelector("#side") && !document.querySelector(".printed")?.checkVisibility()) {
        faults.push("does not tell its day and knowledge");
      }
      return faults;
    },

    start() {
      document.activeElement.blur();
      scrollTo(0, 0);
      getSelection().removeAllRanges();
      [wanted, seen, found] = [stops(), new Set(), []];
      document.addEventListener("focusin", arrived);
      // A day is typed in four parts; regions that scroll are stops of their own.
      const days = wanted.filter((it) => it.type === "date").length;
      return wanted.length + 3 * days + 6;
    },

    end() {
      document.removeEventListener("focusin", arrived);
      document.activeElement.blur();
      const missed = wanted.filter((it) => !seen.has(it));
      return [...found, ...missed.map((it) => `not reached: ${name(it)}`)];
    },
  };
})();
