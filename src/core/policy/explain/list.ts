/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length < 2) return items[0] ?? 'nothing';
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}
