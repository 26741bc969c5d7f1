// The text a spreadsheet puts on the clipboard <-> rows of cells. The server reads it the same way.
"use strict";
(() => {
  const CELL = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;

  function read(text) {
    const said = text.replace(/\r\n?/g, "\n");
    const rows = [[]];
    let at = 0;
    while (at <= said.length) {
      CELL.lastIndex = at;
      const found = CELL.exec(said);
      const quoted = found[1] !== undefined;
      rows[rows.length - 1].push(quoted ? found[1].replace(/""/g, '"') : found[2]);
      const end = CELL.lastIndex;
      if (said[end] === "\n") rows.push([]);
      at = end + 1;
    }
    while (rows.length && rows[rows.length - 1].every((cell) => !cell.trim())) rows.pop();
    return rows;
  }

  function cell(text) {
    return /[\t\n\r]|^"/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  function write(rows) {
    return rows.map((row) => row.map(cell).join("\t")).join("\n");
  }

  // A header for comparison: half-width, without notes in brackets, spaces and stars.
  function normal(text) {
    let name = text.normalize("NFKC");
    for (let shorter = ""; name !== shorter;) {
      shorter = name;
      name = name.replace(/\([^()]*\)|【[^【】]*】/g, "");
    }
    return name.replace(/[\s*\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, "").toLowerCase();
  }

  window.gongjianCells = { read, write, normal };
})();
