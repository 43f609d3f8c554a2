import type { Answers } from '../core/kms/create/answers.ts';
import type { KeyDraft } from '../core/kms/create/keyDraft.ts';
import type { TextForm } from '../core/kms/create/text/keyText.ts';
import type { KeyState } from '../core/kms/keyMetadata.ts';
import type { CustomKeyStore } from '../core/kms/service/customKeyStores.ts';
import type { RpcEvent, RpcFailure } from './rpc.ts';

/** What the user entered so far. The host keeps it in memory while the view is hidden, and nowhere else. */
export interface CreateKeyForm {
  readonly answers: Answers;
  readonly draft: KeyDraft;
  /** Tags as they were typed, a name=value pair on each line. */
  readonly tagsText: string;
}

/** What is done with a key after it was made, each a call of its own that can fail. */
export type CreationStep = 'rotation' | 'alias';

/** A key that was made, and what is still missing of what was asked for. */
export interface CreationReport {
  readonly region: string;
  readonly keyId: string;
  readonly keyState: KeyState;
  readonly aliasName: string;
  readonly failures: readonly { readonly step: CreationStep; readonly failure: RpcFailure }[];
}

export interface CreateKeyOpening {
  /** The backend's own Region. */
  readonly region: string;
  readonly regions: readonly string[];
  readonly accountId: string;
  readonly form: CreateKeyForm | null;
  /** A key that was made before the view was hidden, and is not finished. */
  readonly unfinished: CreationReport | null;
}

/** A custom key store in which the key can live. */
export type KeyStoreChoice = Pick<CustomKeyStore, 'customKeyStoreId' | 'name' | 'type' | 'connectionState'>;

/** What the advisor's view asks its host for. */
export interface CreateKeyMethods {
  /** Fails as connecting does. */
  open: { params: null; result: CreateKeyOpening };
  /** The custom key stores of a Region. */
  listKeyStores: { params: string; result: readonly KeyStoreChoice[] };
  keepForm: { params: CreateKeyForm; result: null };
  /** Creates the key, then its rotation and alias. Once nothing is missing the host opens the key and closes this view. */
  create: { params: KeyDraft; result: CreationReport };
  /** Tries again what is missing of the unfinished key, with this alias. */
  finish: { params: { readonly aliasName: string }; result: CreationReport };
  /** Lets the user schedule the deletion of the unfinished key, which asks them itself. */
  scheduleDeletion: { params: null; result: CreationReport };
  openKey: { params: null; result: null };
  /** Leaves the unfinished key as it is, and forgets it here. */
  startOver: { params: null; result: null };
  copyAs: { params: { readonly form: TextForm; readonly draft: KeyDraft }; result: null };
  /** Goes on with the backend that is current now. */
  reconnect: { params: null; result: CreateKeyOpening };
}

export type CreateKeyEvent = RpcEvent<'backendChanged'>;
