// The wall chart: all months come once, then the slider, the heads and the colours need no server.
// What is said of a number is what presenters/marks.py says; a test holds the two together.
"use strict";
(() => {
  const box = document.getElementById("matrix");
  if (!box) return;
  const STEPS = 5;
  const WHOLE = 0;
  const PLACE = 2;
  const INNER = 4;
  const OPEN = 1;
  const PARTED = 2;
  const STYLES = ["whole", "rest", "place", "rest inner", "inner"];
  const { at, until, sort, colour } = box.dataset;
  const state = { at, sort, colour };
  const range = document.getElementById("matrix-month");
  const body = document.getElementById("matrix-rows");
  const parts = document.getElementById("matrix-parts").content.querySelector("tr");
  const [headPart, linkPart, plainPart] = parts.children;
  const own = (kind) => kind % 2 === 1;
  let said = { figures: [], places: [], days: [] };
  let shown = at;
  let opened = null;

  /* ---- numbers, as the server says them ---- */

  const grouped = (value) => Math.abs(value).toLocaleString("en-US");
  const rate = ([over, under]) => (under > 0 && over >= 0 ? over / under : null);
  const weight = (sums) => (sums.length === 1 ? sums[0] : rate(sums));

  function text(kind, sums) {
    const value = weight(sums);
    if (kind === "rate") return value === null ? "—" : `${Math.trunc(value * 100 + 1e-9)}%`;
    const sign = value < 0 ? "−" : kind === "net" && value > 0 ? "+" : "";
    return sign + grouped(value);
  }

  function ranks(column) {
    const told = column.map(weight).filter((x) => x !== null).sort((a, b) => b - a);
    if (!told.length || told[0] === told[told.length - 1]) return column.map(() => null);
    return column.map(weight).map((value) => {
      if (value === null) return null;
      const [from, to] = [told.indexOf(value), told.lastIndexOf(value)];
      return { place: from + 1, step: Math.floor(((from + to) * STEPS) / (2 * told.length)) + 1 };
    });
  }

  const tenths = ([over, under]) =>
    (under > 0 && over >= 0 ? Math.floor((over * 1000) / under) : null);

  function change(kind, line, column, before, sameYear) {
    const then = before && before.of.get(line.code);
    if (!then || (kind === "net" && !sameYear)) return null;
    const now = line.cells[column];
    let was = then.cells[column];
    if (own(line.kind)) {
      const part = before.own.get(line.code);
      was = part ? part.cells[column] : now.map(() => 0);
    }
    if (kind !== "rate") return now[0] - was[0];
    const [after, earlier] = [tenths(now), tenths(was)];
    return after === null || earlier === null ? null : after - earlier;
  }

  function moved(kind, by) {
    if (by === null) return "—";
    if (by === 0) return "0";
    const size = kind === "rate" ? (Math.abs(by) / 10).toFixed(1) : grouped(by);
    return (by > 0 ? "▲" : "▼") + size;
  }

  /* ---- a day, unpacked when it is first looked at ---- */

  function unpack(day) {
    if (!day.lines || day.unpacked) return day;
    const cells = day.cells.values();
    const wide = said.figures.map(([, kind]) => (kind === "rate" ? 2 : 1));
    day.unpacked = [];
    day.of = new Map();
    day.own = new Map();
    for (let i = 0; i < day.lines.length; i += 2) {
      const [kind, place] = [day.lines[i], day.lines[i + 1]];
      const [code, name, flags, node] = said.places[place];
      const sums = wide.map((n) => Array.from({ length: n }, () => cells.next().value));
      const line = { kind, code: node, shown: code, name, flags, cells: sums };
      day.unpacked.push(line);
      (own(kind) ? day.own : day.of).set(node, line);
    }
    return day;
  }

  /* ---- order ---- */

  function compare(column, falling) {
    return (a, b) => {
      const [x, y] = [weight(a.cells[column]), weight(b.cells[column])];
      if (x === null || y === null) return (x === null) - (y === null);
      return falling ? y - x : x - y;
    };
  }

  function ordered(lines) {
    const column = said.figures.findIndex(([code]) => code === state.sort.replace(/^-/, ""));
    if (!state.sort || column < 0) return lines;
    const by = compare(column, state.sort.startsWith("-"));
    const [head, groups] = [[], []];
    for (const line of lines) {
      if (line.kind === PLACE) groups.push([line]);
      else (groups.length ? groups[groups.length - 1] : head).push(line);
    }
    const within = (group) => [
      ...group.filter((line) => line.kind !== INNER),
      ...group.filter((line) => line.kind === INNER).sort(by),
    ];
    return [...head, ...groups.map(within).sort(([a], [b]) => by(a, b)).flat()];
  }

  /* ---- the table ---- */

  const query = (day, code) => `?${day.query ? `${day.query}&` : ""}area=${encodeURIComponent(code)}`;

  function placeAddress(day, line) {
    if (!(line.flags & OPEN) || own(line.kind) || line.kind === WHOLE) return "";
    if (!(line.flags & PARTED)) return box.dataset.figures + query(day, line.shown);
    return `${box.dataset.chart}?${params({ area: line.shown, depth: null })}`;
  }

  function head(day, line) {
    const cell = headPart.cloneNode(true);
    const address = placeAddress(day, line);
    const name = own(line.kind) ? "本级" : line.name;
    if (address) {
      cell.firstChild.href = address;
      cell.firstChild.textContent = name;
    } else {
      cell.textContent = name;
    }
    return cell;
  }

  function cellOf(day, line, at, small, style) {
    const [code, kind] = said.figures[at];
    const open = line.flags & OPEN;
    const cell = (open ? linkPart : plainPart).cloneNode(true);
    const number = cell.firstElementChild;
    cell.className = `r ${style}`;
    number.textContent = text(kind, line.cells[at]);
    if (open) number.href = `${box.dataset.figures}${code}/${query(day, line.shown)}`;
    if (!own(line.kind)) number.dataset.figure = code;
    cell.lastElementChild.textContent = small;
    return cell;
  }

  function standing(lines) {
    const found = new Map();
    for (const kind of [PLACE, INNER]) {
      const equals = lines.filter((line) => line.kind === kind);
      const columns = said.figures.map((_, at) => ranks(equals.map((line) => line.cells[at])));
      equals.forEach((line, row) => found.set(line, columns.map((column) => column[row])));
    }
    return found;
  }

  function rowsOf(day, before) {
    const found = state.colour === "rank" ? standing(day.unpacked) : new Map();
    const sameYear = before && before.day.slice(0, 4) === day.day.slice(0, 4);
    const rows = document.createDocumentFragment();
    for (const line of ordered(day.unpacked)) {
      const row = document.createElement("tr");
      row.className = STYLES[line.kind];
      row.append(head(day, line));
      said.figures.forEach(([, kind], at) => {
        let [small, style] = ["", ""];
        const rank = (found.get(line) || [])[at];
        if (state.colour === "change") {
          const by = change(kind, line, at, before, sameYear);
          small = moved(kind, by);
          style = by > 0 ? "up" : by < 0 ? "down" : "";
        } else if (rank) {
          [small, style] = [String(rank.place), `s${rank.step}`];
        }
        row.append(cellOf(day, line, at, small, style));
      });
      rows.append(row);
    }
    return rows;
  }

  /* ---- the address, and everything on the page that says or leads on from it ---- */

  const first = new URL(box.dataset.source, location.href).searchParams;

  /* The address of the chart, in the words and order of the server, but for what is `other`. */
  function params(other = {}) {
    const { day, area, depth, sort: order, colour: shade } = {
      day: state.at, area: first.get("area"), depth: first.get("depth"), ...state, ...other,
    };
    const asked = new URLSearchParams(dayOf(day).query);
    asked.set("area", area);
    if (first.has("codes")) asked.set("codes", first.get("codes"));
    if (depth === "2") asked.set("depth", depth);
    if (order) asked.set("sort", order);
    if (shade !== "rank") asked.set("colour", shade);
    if (placeOf(day) > 0 && day !== until) asked.set("to", until);
    return asked;
  }

  const placeOf = (day) => said.days.findIndex((one) => one.day === day);
  const dayOf = (day) => said.days[placeOf(day)];
  const all = (selector) => document.querySelectorAll(selector);
  const say = (name, words) => {
    for (const it of all(`#matrix [data-say=${name}]`)) it.textContent = words;
  };

  function mark(link, here) {
    link.classList.toggle("on", here && link.closest(".seg") !== null);
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }

  function lead(link) {
    const to = new URL(link.href);
    const { day, sort: order, colour: shade, depth } = link.dataset;
    if (to.pathname !== box.dataset.chart) {
      for (const name of ["at", "known"]) to.searchParams.delete(name);
      const asked = new URLSearchParams(`${dayOf(state.at).query}&${to.searchParams}`);
      link.href = `${to.pathname}?${asked}`;
      return;
    }
    const other = {};
    if (to.searchParams.has("area")) other.area = to.searchParams.get("area");
    if (depth !== undefined) other.depth = depth;
    if (shade !== undefined) other.colour = shade;
    if (order !== undefined) other.sort = turned(order);
    if (day !== undefined) other.day = day;
    link.href = `${to.pathname}?${params(other)}`;
  }

  const turned = (code) => (code && state.sort === `-${code}` ? code : code && `-${code}`);

  function around(day) {
    const place = placeOf(state.at);
    const next = document.querySelector("#matrix [data-step='1']");
    const back = document.querySelector("#matrix [data-step='-1']");
    range.value = place - 1;
    range.setAttribute("aria-valuetext", day.lines ? day.title : `${day.title}，没有算出`);
    say("month", day.title);
    say("day", day.day);
    say("known", day.known ?? "");
    for (const link of all("#matrix .ph a, #matrix .scope a, #matrix thead a, #matrix .mean a")) lead(link);
    for (const link of all("#matrix .ms [data-day]")) {
      lead(link);
      mark(link, link.dataset.day === state.at);
    }
    for (const link of all("#matrix [data-colour]")) mark(link, link.dataset.colour === state.colour);
    next.hidden = state.at === until;
    if (!next.hidden) next.dataset.day = said.days[place + 1].day;
    back.dataset.day = said.days[place - 1].day;
    for (const link of [next, back]) lead(link);
    heads();
    notes(day);
    bar(day);
  }

  function heads() {
    for (const link of all("#matrix thead [data-sort]")) {
      const cell = link.closest("th");
      const code = link.dataset.sort;
      const order = state.sort === `-${code}` ? "descending" : state.sort === code ? "ascending" : "";
      if (order && state.sort.replace(/^-/, "") === code) cell.setAttribute("aria-sort", order);
      else cell.removeAttribute("aria-sort");
    }
  }

  function notes(day) {
    const before = said.days[placeOf(day.day) - 1];
    document.getElementById("matrix-gap").hidden = Boolean(day.lines);
    document.getElementById("matrix-panel").hidden = !day.lines;
    document.getElementById("matrix-absent").hidden = !day.lines || day.there;
    document.getElementById("matrix-lone").hidden = state.colour !== "change" || Boolean(before.lines);
    for (const legend of all("#matrix [data-for]")) legend.hidden = legend.dataset.for !== state.colour;
    for (const move of all("#matrix [data-seen]")) {
      move.classList.toggle("now", move.dataset.seen === day.day);
    }
  }

  /* The bar of the moment above the page, its line for paper, and forms that hand the rest on. */
  function bar(day) {
    const printed = document.querySelector(".printed");
    printed.textContent = printed.textContent.replaceAll(shown, day.day);
    shown = day.day;
    const asked = params();
    for (const form of all("#asbar, #matrix .pick")) {
      const names = form.id === "asbar" ? ["sort", "colour", "to"] : ["at", "sort", "colour", "to"];
      for (const name of names) hand(form, name, asked.get(name));
    }
    const taken = document.querySelector("#matrix [data-taken]");
    if (taken) taken.action = `${taken.action.split("?")[0]}?${asked}`;
    const here = document.querySelector("#matrix-gap [name=next]");
    if (here) here.value = location.pathname + location.search;
    const moment = document.getElementById("asbar");
    if (moment) told(moment, day);
  }

  function told(moment, day) {
    const words = moment.querySelector(".st").lastChild;
    opened ??= { words: words.textContent, past: moment.classList.contains("past") };
    const moved = day.day !== at;
    words.textContent = moved ? `正在看 ${day.day} 当天，只读 · 含以后补录和更正` : opened.words;
    moment.classList.toggle("past", moved || opened.past);
    moment.elements.at.value = day.day;
    // What was known on a day is offered for the day of the page alone.
    for (const option of [...moment.elements.known.options]) if (option.value && !option.selected) option.remove();
    const now = new URLSearchParams(day.query).get("at");
    for (const link of moment.querySelectorAll(".ps a")) mark(link, new URL(link.href).searchParams.get("at") === now);
  }

  function hand(form, name, value) {
    let field = form.querySelector(`input[type=hidden][name=${name}]`);
    if (value === null) {
      if (field) field.remove();
      return;
    }
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.append(field);
    }
    field.value = value;
  }

  /* ---- drawing ---- */

  function draw() {
    const day = unpack(dayOf(state.at));
    const before = unpack(said.days[placeOf(state.at) - 1]);
    if (day.lines) body.replaceChildren(rowsOf(day, before.lines ? before : null));
    box.dataset.colour = state.colour;
    history.replaceState(history.state, "", `${box.dataset.chart}?${params()}`);
    around(day);
  }

  box.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !said.days.length || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { day, sort: order, colour: shade } = link.dataset;
    if (day !== undefined && placeOf(day) > 0) state.at = day;
    else if (order !== undefined) state.sort = turned(order);
    else if (shade !== undefined) state.colour = shade;
    else return;
    event.preventDefault();
    draw();
  });

  // A file that is taken along leaves the page where it is: the next month can be taken, too.
  box.addEventListener("submit", ({ target, submitter }) => {
    if (!target.matches("[data-taken]")) return;
    setTimeout(() => {
      delete target.dataset.sent;
      if (submitter) submitter.removeAttribute("aria-busy");
    }, 1000);
  });

  range.addEventListener("input", () => {
    state.at = said.days[Number(range.value) + 1].day;
    draw();
  });

  fetch(box.dataset.source, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok && !answer.redirected ? answer.json() : null))
    .then((told) => {
      if (!told) return; // the links to other months still work
      said = told;
      range.disabled = false;
      box.dataset.ready = "yes";
    })
    .catch(() => {}); // likewise
})();
