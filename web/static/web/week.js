// One stop for the keyboard in the week, arrows inside it. Without this script every box is a stop of its own.
(() => {
  "use strict";
  const table = document.querySelector("table.week");
  const keys = document.getElementById("week-keys");
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
  let stop = rows[0][0];

  // Screen readers hand the arrows on to a grid, and keep them to themselves in a table.
  table.setAttribute("role", "grid");
  table.setAttribute("aria-describedby", keys.id);
  for (const box of rows.flat()) box.tabIndex = box === stop ? 0 : -1;

  function target(box, key) {
    const row = rows.findIndex((boxes) => boxes.includes(box));
    const column = rows[row].indexOf(box);
    return {
      ArrowUp: rows[row - 1]?.[column],
      ArrowDown: rows[row + 1]?.[column],
      ArrowLeft: rows[row][column - 1],
      ArrowRight: rows[row][column + 1],
      Home: rows[row][0],
      End: rows[row].at(-1),
    }[key];
  }

  table.addEventListener("focusin", ({ target: box }) => {
    stop.tabIndex = -1;
    stop = box;
    stop.tabIndex = 0;
    if (box.matches(":focus-visible")) keys.hidden = false;
  });
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = target(event.target, event.key);
    // At an edge the page does not scroll away from under the week.
    if (event.key.startsWith("Arrow") || next) event.preventDefault();
    next?.focus();
  });
})();
