import { bytes, number, optionalNumber, optionalText, type Row, text } from './row.ts';
import type { Statements } from './statements.ts';

export type KeyStoreType = 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';
export type ConnectionState = 'CONNECTED' | 'CONNECTING' | 'DISCONNECTED' | 'DISCONNECTING' | 'FAILED';

/** A custom key store (https://docs.aws.amazon.com/kms/latest/APIReference/API_CustomKeyStoresListEntry.html). */
export interface KeyStoreRow {
  readonly storeId: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly type: KeyStoreType;
  readonly state: ConnectionState;
  /** When CONNECTING or DISCONNECTING ends, in epoch milliseconds. */
  readonly stateUntil: number | undefined;
  /** Why the last attempt to connect failed. */
  readonly connectionError: string | undefined;
  /** The error that every attempt to connect ends in, by the seed's wish. */
  readonly connectFails: string | undefined;
  readonly createdAt: number;
  /** The members of the API that only one type has, for instance CloudHsmClusterId. */
  readonly details: Readonly<Record<string, string>>;
  /** The password or the proxy's secret access key, encrypted under the root key. */
  readonly wrappedSecret: Uint8Array | undefined;
}

export interface KeyStoreTable {
  put(store: KeyStoreRow): void;
  find(storeId: string): KeyStoreRow | undefined;
  /** The stores of an account and Region in the order of their ids, at most `limit`, the first one after `after`. */
  list(accountId: string, region: string, after: string, limit: number): KeyStoreRow[];
  findByName(accountId: string, region: string, name: string): KeyStoreRow | undefined;
  remove(storeId: string): void;
  removeAll(): void;
  /** Stores whose CONNECTING or DISCONNECTING has ended. */
  dueAt(time: number): KeyStoreRow[];
  nextDue(): number | undefined;
}

function toStore(row: Row): KeyStoreRow {
  return {
    storeId: text(row, 'store_id'),
    accountId: text(row, 'account_id'),
    region: text(row, 'region'),
    name: text(row, 'name'),
    type: text(row, 'type') as KeyStoreType,
    state: text(row, 'state') as ConnectionState,
    stateUntil: optionalNumber(row, 'state_until'),
    connectionError: optionalText(row, 'connection_error'),
    connectFails: optionalText(row, 'connect_fails'),
    createdAt: number(row, 'created_at'),
    details: JSON.parse(text(row, 'details')) as Record<string, string>,
    wrappedSecret: row['wrapped_secret'] === null ? undefined : bytes(row, 'wrapped_secret'),
  };
}

export function keyStoreTable({ select, change }: Statements): KeyStoreTable {
  const put = change(
    `INSERT INTO key_stores VALUES (:storeId, :accountId, :region, :name, :type, :state, :stateUntil, :connectionError,
      :connectFails, :createdAt, :details, :wrappedSecret)
      ON CONFLICT (store_id) DO UPDATE SET name = :name, state = :state, state_until = :stateUntil,
      connection_error = :connectionError, connect_fails = :connectFails, details = :details, wrapped_secret = :wrappedSecret`,
  );
  const remove = change('DELETE FROM key_stores WHERE store_id = ?');
  const removeAll = change('DELETE FROM key_stores');
  const find = select('SELECT * FROM key_stores WHERE store_id = ?');
  const findByName = select('SELECT * FROM key_stores WHERE account_id = ? AND region = ? AND name = ?');
  const list = select('SELECT * FROM key_stores WHERE account_id = ? AND region = ? AND store_id > ? ORDER BY store_id LIMIT ?');
  const due = select('SELECT * FROM key_stores WHERE state_until <= ?');
  const next = select('SELECT min(state_until) AS at FROM key_stores WHERE state_until IS NOT NULL');
  return {
    put: ({ stateUntil, connectionError, connectFails, details, wrappedSecret, ...rest }) => {
      put({
        ...rest,
        stateUntil: stateUntil ?? null,
        connectionError: connectionError ?? null,
        connectFails: connectFails ?? null,
        details: JSON.stringify(details),
        wrappedSecret: wrappedSecret ?? null,
      });
    },
    find: (storeId) => {
      const row = find.get(storeId);
      return row && toStore(row);
    },
    findByName: (accountId, region, name) => {
      const row = findByName.get(accountId, region, name);
      return row && toStore(row);
    },
    list: (accountId, region, after, limit) => list.all(accountId, region, after, limit).map(toStore),
    remove: (storeId) => {
      remove(storeId);
    },
    removeAll: () => {
      removeAll();
    },
    dueAt: (time) => due.all(time).map(toStore),
    nextDue: () => optionalNumber(next.get() ?? { at: null }, 'at'),
  };
}
