import type { KeyStoreRow } from '../store/tables/keyStoreTable.ts';
import type { RootKey } from './rootKey.ts';

/** The passwords and secret access keys of custom key stores: they go in, and only the proxy's comes out again. */
export interface KeyStoreSecrets {
  wrap(storeId: string, secret: string): Uint8Array;
  /** The secret of a store, or undefined for a store that was declared without one. */
  read(store: Pick<KeyStoreRow, 'storeId' | 'wrappedSecret'>): string | undefined;
}

export function keyStoreSecrets(rootKey: RootKey): KeyStoreSecrets {
  const bindingOf = (storeId: string): readonly string[] => ['custom key store', storeId];
  return {
    wrap: (storeId, secret) => rootKey.wrap(Buffer.from(secret, 'utf8'), bindingOf(storeId)),
    read: ({ storeId, wrappedSecret }) => wrappedSecret && rootKey.unwrap(wrappedSecret, bindingOf(storeId)).toString('utf8'),
  };
}
