// The grid: a table with one editor that moves from cell to cell. What is in it is sent as the text
// that could as well have been pasted into the plain field, which is all there is without scripts.
"use strict";
(() => {
  const form = document.querySelector("[data-paste]");
  if (!form) return;
  const { read, write, normal } = window.gongjianCells;
  const MOST = Number(form.dataset.most);
  const MOST_BYTES = 2_000_000;
  const FIRST = 12;
  const area = form.elements.text;
  const sheet = form.querySelector("[data-sheet]");
  const table = sheet.querySelector("table");
  const top = table.tHead.rows[0];
  const body = table.tBodies[0];
  const said = form.querySelector("[data-said]");
  const back = sheet.querySelector("[data-do=back]");
  const editor = document.createElement("input");
  let heads = [...top.cells].slice(1).map((th) => ({
    title: th.dataset.title,
    names: new Set(th.dataset.names.split("\n")),
    list: th.dataset.list,
    extra: false,
  }));
  const declared = heads.length;
  let rows = [];
  let here = { row: 0, col: 0 };
  let before = [];
  let sending = false;
  let dirty = false;

  function tell(sentence) {
    said.hidden = !sentence;
    said.textContent = sentence;
    if (sentence) said.scrollIntoView({ block: "nearest" });
  }

  /* ---- rows and columns ---- */

  const empty = (row) => row.every((text) => !text.trim());
  const blank = () => heads.map(() => "");

  function filled() {
    let last = rows.length;
    while (last && empty(rows[last - 1])) last -= 1;
    return rows.slice(0, last);
  }

  function keep() {
    before.push({ rows: rows.map((row) => [...row]), heads: [...heads] });
    before = before.slice(-10);
    back.disabled = false;
  }

  function line(row, at) {
    const tr = document.createElement("tr");
    const number = document.createElement("th");
    number.scope = "row";
    number.className = "no";
    number.textContent = at + 2;
    tr.append(number);
    for (const text of row) tr.append(cellOf(text));
    return tr;
  }

  function cellOf(text) {
    const td = document.createElement("td");
    td.textContent = text;
    td.title = text;
    return td;
  }

  function draw() {
    while (top.cells.length > declared + 1) top.lastElementChild.remove();
    for (const head of heads.slice(declared)) {
      const th = document.createElement("th");
      th.scope = "col";
      th.className = "extra";
      th.textContent = head.title;
      const hint = document.createElement("small");
      hint.textContent = "不认识的表头，下一步可以指定";
      th.append(hint);
      top.append(th);
    }
    editor.remove();
    body.replaceChildren(...rows.map(line));
    count();
  }

  function count() {
    const n = rows.filter((row) => !empty(row)).length;
    sheet.querySelector("[data-count]").textContent = `已填 ${n.toLocaleString()} 行`;
  }

  /* ---- the editor ---- */

  const cellAt = (row, col) => body.rows[row].cells[col + 1];

  function commit() {
    if (editor.parentElement) rows[here.row][here.col] = editor.value;
  }

  function leave() {
    const td = editor.parentElement;
    if (!td) return;
    commit();
    td.classList.remove("on");
    editor.remove();
    td.textContent = rows[here.row][here.col];
    td.title = td.textContent;
  }

  function go(row, col) {
    show(row, col);
    editor.focus();
    editor.select();
  }

  function show(row, col) {
    leave();
    here = { row: Math.max(0, row), col: Math.min(Math.max(0, col), heads.length - 1) };
    if (here.row >= rows.length) {
      if (rows.length >= MOST) here.row = rows.length - 1;
      else add(rows.length, 1);
    }
    const td = cellAt(here.row, here.col);
    const head = heads[here.col];
    editor.value = rows[here.row][here.col];
    editor.setAttribute("aria-label", `第 ${here.row + 2} 行，${head.title}`);
    if (head.list) editor.setAttribute("list", head.list);
    else editor.removeAttribute("list");
    td.textContent = "";
    td.classList.add("on");
    td.append(editor);
    count();
  }

  function add(at, many) {
    const more = Array.from({ length: Math.min(many, MOST - rows.length) }, blank);
    rows.splice(at, 0, ...more);
    if (at + more.length === rows.length) body.append(...more.map((row, i) => line(row, at + i)));
    else draw();
  }

  const whole = () => editor.selectionStart === 0 && editor.selectionEnd === editor.value.length;
  // In the midst of a choice the arrows belong to the list of choices.
  const choosing = () => editor.hasAttribute("list") && editor.value !== rows[here.row][here.col];

  const MOVES = {
    ArrowUp: () => !choosing() && [-1, 0],
    ArrowDown: (event) => !event.altKey && !choosing() && [1, 0],
    ArrowLeft: () => (whole() || editor.selectionEnd === 0) && [0, -1],
    ArrowRight: () => (whole() || editor.selectionStart === editor.value.length) && [0, 1],
    Enter: (event) => [event.shiftKey ? -1 : 1, 0],
    PageDown: () => [15, 0],
    PageUp: () => [-15, 0],
  };

  editor.type = "text";
  editor.autocomplete = "off";
  editor.spellcheck = false;
  editor.setAttribute("aria-describedby", "paste-how");
  editor.addEventListener("input", () => { dirty = true; });
  editor.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      commit();
      form.querySelector(".foot button").focus();
    } else if (event.key === "Tab") {
      tab(event);
    } else {
      const step = MOVES[event.key] && MOVES[event.key](event);
      if (!step) return;
      event.preventDefault();
      go(Math.min(here.row + step[0], rows.length), here.col + step[1]);
    }
  });

  // Tab goes on in the next row; before the first cell and behind the last it leaves the grid.
  function tab(event) {
    const at = here.row * heads.length + here.col + (event.shiftKey ? -1 : 1);
    if (at < 0 || at >= rows.length * heads.length) return;
    event.preventDefault();
    go(Math.floor(at / heads.length), at % heads.length);
  }

  body.addEventListener("mousedown", (event) => {
    const td = event.target.closest("td");
    if (!td || td.contains(editor)) return;
    event.preventDefault();
    go(td.parentElement.rowIndex - 1, td.cellIndex - 1);
  });

  /* ---- pasting ---- */

  function named(first) {
    const cells = first.filter((text) => text.trim());
    const hits = cells.filter((text) => heads.some((h) => !h.extra && h.names.has(normal(text))));
    return cells.length > 0 && cells.length <= 2 * hits.length;
  }

  // The column of each header of a block; unknown ones become columns of their own.
  function places(first, block) {
    return first.map((text, i) => {
      const name = normal(text);
      let at = heads.findIndex((h) => (h.extra ? normal(h.title) === name : h.names.has(name)));
      if (at < 0 && block.some((row) => (row[i] || "").trim())) {
        at = heads.length;
        const title = text.trim() || `第 ${i + 1} 列`;
        heads = [...heads, { title, names: new Set([name]), extra: true }];
        for (const row of rows) row.push("");
      }
      return at;
    });
  }

  // Puts a block from a row on: below its headers, else to the right of a column. "" or why not.
  function put(block, row, col) {
    const header = named(block[0]);
    const lines = header ? block.slice(1) : block;
    if (row + lines.length > MOST) return `一次最多 ${MOST.toLocaleString()} 行，这一块贴不下，没有贴。`;
    const widths = lines.map((cells) => cells.reduce((n, text, j) => (text.trim() ? j + 1 : n), 0));
    if (Math.max(0, ...widths) > (header ? block[0].length : heads.length - col)) {
      return "这一块比表宽，没有贴；请连同表头一起复制，或从更靠左的一列贴起。";
    }
    const at = header ? places(block[0], lines) : null;
    while (rows.length < row + lines.length) rows.push(blank());
    lines.forEach((cells, i) => {
      cells.forEach((text, j) => {
        const to = header ? at[j] : col + j;
        if (to >= 0 && to < heads.length) rows[row + i][to] = text;
      });
    });
    return "";
  }

  editor.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    const block = read(text);
    if (!block.length) return;
    leave();
    keep();
    const known = heads.length;
    const why = put(block, here.row, here.col);
    if (why) before.pop();
    dirty = true;
    const strange = heads.slice(known).map((head) => `“${head.title}”`).join("、");
    tell(why || (strange && `不认识表头${strange}，放在最右边；提交后可以指定它是哪一列。`));
    draw();
    go(here.row, here.col);
  });

  /* ---- buttons ---- */

  const DEEDS = {
    more: () => { add(rows.length, 10); go(rows.length - 1, 0); },
    insert: () => { keep(); add(here.row + 1, 1); go(here.row + 1, 0); },
    remove: () => {
      keep();
      rows.splice(here.row, 1);
      if (!rows.length) rows.push(blank());
      draw();
      go(Math.min(here.row, rows.length - 1), here.col);
    },
    back: () => {
      const last = before.pop();
      back.disabled = !before.length;
      if (!last) return;
      ({ rows, heads } = last);
      draw();
      go(Math.min(here.row, rows.length - 1), here.col);
    },
  };

  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    leave();
    dirty = true;
    DEEDS[button.dataset.do]();
    count();
  });

  /* ---- sending: first ask whether the sign-in still holds, so that nothing typed is lost ---- */

  async function still() {
    const answer = await fetch(form.getAttribute("action") || location.pathname, {
      credentials: "same-origin",
    });
    if (new URL(answer.url).pathname.startsWith(form.dataset.signIn)) return "";
    if (!answer.ok) throw new Error("refused");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[data-paste] [name=csrfmiddlewaretoken]");
    return token ? token.value : "";
  }

  function offerSignIn() {
    tell("登录已经过期，填的内容还在这里。");
    const link = document.createElement("a");
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "在新窗口登录";
    said.append(link, "，然后回来再提交一次。");
  }

  async function send() {
    try {
      const token = await still();
      if (!token) { offerSignIn(); return; }
      form.elements.csrfmiddlewaretoken.value = token;
      dirty = false;
      HTMLFormElement.prototype.submit.call(form);
    } catch {
      tell("现在提交不了，填的内容还在这里；请检查网络，过一会儿再提交。");
    } finally {
      if (dirty) sending = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    commit();
    const lines = filled();
    if (!lines.length) { tell("还没有填任何一行，请粘贴或填写以后再提交。"); return; }
    // Empty columns stay out: an unknown header may be pointed to one of them.
    const used = heads.map((_, i) => lines.some((row) => row[i].trim()));
    const told = [heads.map((head) => head.title), ...lines];
    area.value = write(told.map((row) => row.filter((_, i) => used[i])));
    if (new Blob([area.value]).size > MOST_BYTES) {
      tell("内容超过 2 MB，请分几次粘贴，或存成文件上传。");
      return;
    }
    tell("");
    sending = dirty = true;
    send();
  });

  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  window.addEventListener("pageshow", () => { sending = false; });

  /* ---- start ---- */

  const block = read(area.value);
  const why = block.length ? put(block, 0, 0) : "";
  if (why) {
    // What came back does not fit the grid: it stays in the plain field, where it can be mended.
    tell(why);
    form.addEventListener("submit", (event) => event.stopImmediatePropagation(), true);
    return;
  }
  dirty = block.length > 0;
  while (rows.length < Math.min(FIRST, MOST)) rows.push(blank());
  form.querySelector("[data-plain]").hidden = true;
  sheet.hidden = false;
  draw();
  show(0, 0);
})();
