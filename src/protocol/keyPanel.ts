import type { DataKeyPairSpec, DataKeySpec } from '../core/kms/dataKeySpecs.ts';
import type { AliasListEntry, EncryptionContext, KeyMetadata, KeyRotationStatus, Tag } from '../core/kms/keyMetadata.ts';
import type { GrantEntry, NewGrant } from '../core/kms/service/grants.ts';
import type { PrincipalPolicies } from '../core/kms/service/identityPolicies.ts';
import type { BackendIdentity } from '../core/kms/service/keyService.ts';
import type { AnalyzerFinding, PublicAccess } from '../core/kms/service/policyAnalysis.ts';
import type { KeyLastUsage, RotationEntry } from '../core/kms/service/keyReading.ts';
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
  | { readonly supported: true; readonly status: KeyRotationStatus; readonly rotations: readonly RotationEntry[] }
  | { readonly supported: false };

/** A public key in the forms that people need; a form that the key has not is null. */
export interface PublicKeyForms {
  readonly pem: string;
  readonly jwk: string | null;
  readonly ssh: string | null;
}
export type PublicKeyForm = keyof PublicKeyForms;

/** What the host runs for the view, with its own confirmation where one is due. */
export type KeyCommand = 'enableKey' | 'disableKey' | 'scheduleKeyDeletion' | 'cancelKeyDeletion' | 'openKeyPolicy';

/** A change of the key that the view asks for. */
export type KeyChange =
  /** `expected` is what was shown: nothing is written over what somebody else changed since, which fails with KEY_CHANGED. */
  | { readonly kind: 'description'; readonly description: string; readonly expected: string }
  | { readonly kind: 'createAlias' | 'deleteAlias'; readonly aliasName: string }
  /** `expected` is the value that was shown; null where the key had no such tag. */
  | { readonly kind: 'putTag'; readonly tagKey: string; readonly tagValue: string; readonly expected: string | null }
  | { readonly kind: 'removeTag'; readonly tagKey: string }
  | { readonly kind: 'enableRotation'; readonly periodInDays: number }
  | { readonly kind: 'disableRotation' | 'rotateNow' }
  | { readonly kind: 'createGrant'; readonly grant: NewGrant }
  | { readonly kind: 'revokeGrant' | 'retireGrant'; readonly grantId: string }
  | { readonly kind: 'replicate' | 'promote'; readonly region: string };

/** An operation to try with the key. Bytes travel as base64. */
export interface Trial {
  readonly operation: TrialOperation;
  /** The plaintext, ciphertext, message or public key. */
  readonly input: string;
  /** The signature or MAC to verify. */
  readonly proof: string;
  /** Empty where the operation needs none. */
  readonly algorithm: string;
  readonly messageType: 'RAW' | 'DIGEST' | 'EXTERNAL_MU';
  readonly encryptionContext: EncryptionContext;
}

export type TrialOperation =
  | 'encrypt'
  | 'decrypt'
  | 'sign'
  | 'verify'
  | 'generateMac'
  | 'verifyMac'
  | 'deriveSharedSecret'
  | 'encapsulate'
  | 'decapsulate';

/** What came of a trial: named bytes in base64, or whether a signature or MAC fits. */
export interface TrialResult {
  readonly values: readonly { readonly name: string; readonly base64: string }[];
  readonly valid: boolean | null;
}

/** The materials of a key that takes imported ones; KMS lists them for symmetric keys only. */
export type MaterialsAnswer = { readonly listed: true; readonly materials: readonly RotationEntry[] } | { readonly listed: false };

/** The first material of a key or the same one again, new material to rotate to, or one of several that is missing. */
export type ImportKind = 'first' | 'new' | 'again';

/** A data key or a data key pair to make. */
export interface DataKeyQuestion {
  readonly keySpec: DataKeySpec | DataKeyPairSpec;
  /** Without it, only the encrypted form is made. */
  readonly withPlaintext: boolean;
  readonly encryptionContext: EncryptionContext;
}

/** A data key in base64: in the open where it was asked for, and encrypted. Of a pair, that is the private key. */
export interface DataKey {
  /** 16 or 32 bytes, or PKCS #8 in DER. */
  readonly plaintext: string | null;
  readonly ciphertext: string;
  /** Of a pair: the public key, as SubjectPublicKeyInfo in DER. */
  readonly publicKey: string | null;
}

/** The values of the workspace that the key decrypts, as far as they are known. */
export type UsesAnswer =
  | { readonly read: false }
  | {
      readonly read: true;
      /** `name` is null for a file that SOPS encrypted as a whole; lines count from one. */
      readonly uses: readonly { readonly file: string; readonly line: number; readonly name: string | null }[];
      /** How many of them name other keys as well. */
      readonly withOtherKeys: number;
      /** How many values of the workspace have a key that nobody knows. */
      readonly unnamed: number;
      readonly isComplete: boolean;
    };

/** What the view asks its host for. Every section is asked for alone, so that one that fails leaves the others. */
export interface KeyPanelMethods {
  open: { params: null; result: PanelOpening };
  describeKey: { params: null; result: KeyMetadata };
  /** The Regions of the backend's partition, where a replica can be made. */
  listRegions: { params: null; result: readonly string[] };
  /** Who calls, for what the policy means to them. */
  getIdentity: { params: null; result: BackendIdentity };
  /** What IAM keeps of the users and roles of the caller's account. */
  listIdentityPolicies: { params: null; result: readonly PrincipalPolicies[] };
  getLastUsage: { params: null; result: KeyLastUsage };
  listAliases: { params: null; result: readonly AliasListEntry[] };
  listTags: { params: null; result: readonly Tag[] };
  getRotation: { params: null; result: RotationAnswer };
  listGrants: { params: null; result: readonly GrantEntry[] };
  getPublicKey: { params: null; result: PublicKeyForms };
  getPolicy: { params: null; result: string };
  /**
   * Stores a policy if the stored one is still `expected`, and forgets the draft. Ask for the policy again to see what
   * KMS holds then: the new policy may not even allow that. Fails with POLICY_CHANGED, BACKEND_CHANGED, or with what KMS answered.
   * `bypassLockoutCheck` is for a user who said so: KMS then lets the caller lock itself out.
   */
  savePolicy: { params: { readonly policy: string; readonly expected: string; readonly bypassLockoutCheck?: boolean }; result: null };
  /** What IAM Access Analyzer says about a text. Fails with UNSUPPORTED_OPERATION where the backend is no account of AWS. */
  validatePolicy: { params: string; result: readonly AnalyzerFinding[] };
  checkNoPublicAccess: { params: string; result: PublicAccess };
  /** Keeps an edit in the host's memory while the view is hidden; null forgets it. */
  keepDraft: { params: PolicyDraft | null; result: null };
  change: { params: KeyChange; result: null };
  /** Runs a command that asks the user itself; what became of the key is asked for again. */
  run: { params: KeyCommand; result: null };
  tryOut: { params: Trial; result: TrialResult };
  /** Lets the user choose a file and gives its bytes as base64; null when they change their mind. */
  readFile: { params: null; result: string | null };
  copy: { params: 'arn' | 'keyId' | PublicKeyForm; result: null };
  /** Asks where to, and writes the public key there. */
  savePublicKey: { params: PublicKeyForm; result: null };
  listMaterials: { params: null; result: MaterialsAnswer };
  /** The host asks for the material itself. Gives what was done as a sentence; null when the user left. */
  importMaterial: { params: ImportKind; result: string | null };
  /** Deletes a material by its id, or the only one; asks first. */
  deleteMaterial: { params: string | null; result: string | null };
  generateDataKey: { params: DataKeyQuestion; result: DataKey };
  /** Copies a data key or, as PEM, a private key, given in base64, and takes it off the clipboard after a while. */
  copyDataKey: { params: string; result: null };
  /** Copies the public key of a pair as PEM, or asks where to and writes it there. */
  takeDataPublicKey: { params: { readonly act: 'copy' | 'save'; readonly publicKey: string }; result: null };
  /** Asks where to, and writes the encrypted data key, given in base64, as bytes. */
  saveDataKey: { params: string; result: null };
  listUses: { params: null; result: UsesAnswer };
  /** Searches the workspace, which the user can end. */
  scanUses: { params: null; result: UsesAnswer };
  /** Opens the value at this place of the list that was given last. */
  openUse: { params: number; result: null };
  /** Loads the panel again with the backend that is current now. */
  reconnect: { params: null; result: PanelOpening };
}

/** What the host tells the view. */
export type KeyPanelEvent = RpcEvent<'backendChanged'>;
