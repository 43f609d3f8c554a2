import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { CliCall } from '../../../core/kms/cliCommand.ts';
import type { KeyPanelMethods, KeyCommand, PanelOpening, PolicyDraft, PublicKeyForm } from '../../../protocol/keyPanel.ts';
import type { RpcHandlers } from '../../../protocol/rpc.ts';
import type { PanelUses } from '../panelUses.ts';
import type { MaterialQuestions } from '../material/materialQuestions.ts';
import type { PanelBackend } from '../../shared/panel/panelBackend.ts';

/** What the handlers need of the panel they serve. */
export interface PanelSide {
  readonly backend: PanelBackend;
  /** Names the key by its ARN. */
  readonly key: KeyReference;
  readonly signal: AbortSignal;
  opening(): PanelOpening;
  keepDraft(draft: PolicyDraft | null): void;
  copyName(what: 'arn' | 'keyId'): Promise<void>;
  copyText(text: string): Promise<void>;
  /** Asks where to, and writes the text there. */
  saveText(form: PublicKeyForm, text: string): Promise<void>;
  /** Copies a secret, which is taken off the clipboard after a while. */
  copySecret(secret: string): Promise<void>;
  /** Asks where to, beginning with the key's name and this ending, and writes the bytes there. */
  saveFile(ending: string, bytes: Uint8Array): Promise<void>;
  /** Asks for a file; null when the user changes their mind. */
  readFile(): Promise<Uint8Array | null>;
  run(command: KeyCommand): Promise<void>;
  /** Asks for imported key material. */
  readonly material: MaterialQuestions;
  readonly uses: PanelUses;
  /** The key was changed: what others show of it is old, and the calls can be copied. */
  changed(calls: readonly CliCall[]): Promise<void>;
}

export type Handlers<Name extends keyof KeyPanelMethods> = Pick<RpcHandlers<KeyPanelMethods>, Name>;

/** The check of a question without arguments. */
export function readNothing(params: unknown): { params: null } | undefined {
  return params === null ? { params } : undefined;
}
