const shortest = 40;
const longest = 250;

/** How long pages that come in quickly are gathered before the rows are drawn anew, in milliseconds: drawing takes longer with more keys, and leaves time to load. */
export function redrawDelay(keys: number): number {
  return Math.min(longest, shortest + keys / 200);
}
