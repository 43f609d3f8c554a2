/** Rows and columns that an arrow key moves by. */
const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Moves the focus from button to button of a table; rows without buttons are passed over. */
export function moveInTable(event: KeyboardEvent): void {
  const step = steps[event.key];
  const cell = event.target instanceof Element ? event.target.closest('td') : null;
  const table = cell?.closest('table');
  if (step === undefined || cell === null || table === null || table === undefined) return;
  const rows = [...table.rows].filter((row) => row.querySelector('td button') !== null);
  const at = rows.findIndex((row) => row.contains(cell));
  const target = rows[at + step[0]]?.cells[cell.cellIndex + step[1]]?.querySelector('button');
  if (target === null || target === undefined) return;
  event.preventDefault();
  target.focus();
}
