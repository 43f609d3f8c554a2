import type { AliasListEntry, KeyMetadata, KeyRotationStatus, Tag } from '../core/kms/keyMetadata.ts';
import type { RpcEvent } from './rpc.ts';

/** An edit of a key policy that KMS does not have yet. */
export interface PolicyDraft {
  readonly text: string;
  /** The stored policy that the edit started from, exactly as KMS gave it. */
  readonly base: string;
}

/** What the panel knows before KMS answers. */
export interface PanelOpening {
  readonly region: string;
  readonly keyId: string;
  readonly arn: string;
  readonly aliasName: string | null;
  /** An edit from before the panel was hidden. */
  readonly draft: PolicyDraft | null;
  readonly backendChanged: boolean;
}

/** Many kinds of keys have no rotation of their own: that is an answer and no failure. */
export type RotationAnswer =
  | { readonly supported: true; readonly status: KeyRotationStatus }
  | { readonly supported: false };

/** What the view asks its host for. Every section is asked for alone, so that one that fails leaves the others. */
export interface KeyPanelMethods {
  open: { params: null; result: PanelOpening };
  describeKey: { params: null; result: KeyMetadata };
  listAliases: { params: null; result: readonly AliasListEntry[] };
  listTags: { params: null; result: readonly Tag[] };
  getRotation: { params: null; result: RotationAnswer };
  getPolicy: { params: null; result: string };
  /**
   * Stores a policy if the stored one is still `expected`, and forgets the draft. Ask for the policy again to see what
   * KMS holds then: the new policy may not even allow that. Fails with POLICY_CHANGED, BACKEND_CHANGED, or with what KMS answered.
   */
  savePolicy: { params: { readonly policy: string; readonly expected: string }; result: null };
  /** Keeps an edit in the host's memory while the view is hidden; null forgets it. */
  keepDraft: { params: PolicyDraft | null; result: null };
  copy: { params: 'arn' | 'keyId'; result: null };
  /** Loads the panel again with the backend that is current now. */
  reconnect: { params: null; result: PanelOpening };
}

/** What the host tells the view. */
export type KeyPanelEvent = RpcEvent<'backendChanged'>;
