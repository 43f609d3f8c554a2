/** Keeps what reads gave until the store changes. */
export interface RememberedReads {
  /** The same read, done once for the same arguments between two changes. */
  of<Arguments extends readonly (string | number)[], Result>(read: (...given: Arguments) => Result): (...given: Arguments) => Result;
}

/** `revision` is another number after every change of the store. Each read keeps at most `most` results. */
export function rememberedReads(revision: () => number, most: number): RememberedReads {
  return {
    of<Arguments extends readonly (string | number)[], Result>(read: (...given: Arguments) => Result) {
      const kept = new Map<string, Result>();
      let seen = revision();
      return (...given: Arguments): Result => {
        if (revision() !== seen || kept.size > most) {
          kept.clear();
          seen = revision();
        }
        // Only the last argument can have a line break in it, so no two lists of arguments give the same name.
        const name = given.length === 1 ? String(given[0]) : given.join('\n');
        const known = kept.get(name);
        if (known !== undefined || kept.has(name)) return known as Result;
        const result = read(...given);
        kept.set(name, result);
        return result;
      };
    },
  };
}
