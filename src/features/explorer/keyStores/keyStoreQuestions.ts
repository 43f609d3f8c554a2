import type { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { KeyStoreChange } from '../../../core/kms/keyStores/keyStoreChange.ts';
import type { KeyStoreFieldId } from '../../../core/kms/keyStores/keyStoreField.ts';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';

/** A field that is asked for, as one of several in a row. */
export interface FieldQuestion {
  readonly id: KeyStoreFieldId;
  /** What stands in the field at first; never a secret. */
  readonly value: string;
  readonly region: string;
  /** From one. */
  readonly step: number;
  readonly steps: number;
}

/** A text that fieldProblem finds nothing wrong with, or that the user wants to see the field before again. */
export type FieldAnswer = { readonly text: string } | 'back';

/**
 * What the user is asked about custom key stores. Every question gives undefined, or false, when the user leaves it.
 * Secrets are in the answers alone and are not kept.
 */
export interface KeyStoreQuestions {
  region(choices: readonly string[]): Promise<string | undefined>;
  type(): Promise<CustomKeyStore['type'] | undefined>;
  field(question: FieldQuestion): Promise<FieldAnswer | undefined>;
  change(store: CustomKeyStore): Promise<KeyStoreChange | undefined>;
  /** Whether a change is to be made that leads KMS to another cluster or proxy; `lines` say what was and what is to be. */
  confirmChange(store: CustomKeyStore, lines: readonly string[]): Promise<boolean>;
  confirmDeletion(store: CustomKeyStore): Promise<boolean>;
  /** Says why KMS refused; true when the user wants to change the answers and try again. */
  tryAgain(refusal: KmsExplorerError): Promise<boolean>;
  /** Runs a task behind something that shows it and can cancel it. */
  whileWaiting<Result>(title: 'create' | 'update' | 'delete', task: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
}
