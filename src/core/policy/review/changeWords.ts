import type { Access } from '../explain/access.ts';
import { callerWords } from '../explain/callerWords.ts';
import type { AccessChange } from '../explain/compareAccess.ts';
import { list } from '../explain/list.ts';
import { sentence } from '../evaluate/wording.ts';

/** Longer lists are cut, with the number of those left out. */
const mostNamed = 8;

const phrases: Readonly<Record<Access, Readonly<Record<Access, (operations: string) => string>>>> = {
  denied: {
    denied: (operations) => `still may not ${operations}`,
    conditional: (operations) => `may now ${operations}, under conditions`,
    allowed: (operations) => `may now ${operations}`,
  },
  conditional: {
    denied: (operations) => `may no longer ${operations}`,
    conditional: (operations) => `still may ${operations}, under conditions`,
    allowed: (operations) => `may now ${operations} without conditions`,
  },
  allowed: {
    denied: (operations) => `may no longer ${operations}`,
    conditional: (operations) => `may ${operations} only under conditions`,
    allowed: (operations) => `still may ${operations}`,
  },
};

/** More callers to whom the same happens are told in one sentence. */
const mostAlone = 3;

/** Changes of access in sentences, one for each caller and kind of change. `total` is the number of operations that were compared. */
export function changeWords(changes: readonly AccessChange[], total: number): readonly string[] {
  const groups = Map.groupBy(changes, ({ caller, before, after }) => `${caller.arn} ${before} ${after}`);
  const told = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const operations = operationWords(group.map(({ operation }) => operation), total);
    return [{ who: callerWords(first.caller), what: phrases[first.before][first.after](operations) }];
  });
  return [...Map.groupBy(told, ({ what }) => what)].flatMap(([what, callers]) =>
    callers.length > mostAlone ? [sentence(`${several(callers.map(({ who }) => who))} ${what}`)] : callers.map(({ who }) => sentence(`${who} ${what}`)),
  );
}

function several(items: readonly string[]): string {
  return items.length <= mostNamed ? list(items, 'and') : `${items.slice(0, mostNamed).join(', ')} and ${items.length - mostNamed} more`;
}

function operationWords(operations: readonly string[], total: number): string {
  if (operations.length === total) return 'do everything with the key';
  return several(operations);
}
