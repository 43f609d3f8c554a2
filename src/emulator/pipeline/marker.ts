import { KmsException } from '../kmsException.ts';
import type { RootKey } from '../crypto/rootKey.ts';

/** Pagination markers: opaque to the caller, and good only for the list they came from. */
export interface Markers {
  /** `list` names the operation and all that selects its rows; `after` is the last row that was given. */
  make(list: readonly string[], after: string): string;
  /** Where to go on: empty for no marker. Throws InvalidMarkerException for a marker of another list or a damaged one. */
  read(list: readonly string[], marker: string | undefined): string;
}

export function markersUnder(key: RootKey): Markers {
  return {
    make: (list, after) => Buffer.from(key.wrap(Buffer.from(after, 'utf8'), ['marker', ...list])).toString('base64'),
    read(list, marker) {
      if (marker === undefined) return '';
      try {
        return key.unwrap(Buffer.from(marker, 'base64'), ['marker', ...list]).toString('utf8');
      } catch {
        throw new KmsException('InvalidMarkerException', 'The marker is not valid for this list. Start again without a marker.');
      }
    },
  };
}

/** One page of rows, and the members every List operation ends with. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly Truncated: boolean;
  readonly NextMarker?: string;
}

export interface PageRequest<T> {
  readonly markers: Markers;
  readonly list: readonly string[];
  readonly marker: string | undefined;
  readonly limit: number;
  /** Rows in order, at most `limit`, the first one after `after`. */
  fetch(after: string, limit: number): readonly T[];
  /** The order's name of a row. */
  nameOf(row: T): string;
}

/** Fetches one row more than asked for, to know whether another page follows. */
export function takePage<T>(request: PageRequest<T>): Page<T> {
  const { markers, list, marker, limit } = request;
  const found = request.fetch(markers.read(list, marker), limit + 1);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  if (found.length <= limit || last === undefined) return { rows, Truncated: false };
  return { rows, Truncated: true, NextMarker: markers.make(list, request.nameOf(last)) };
}
