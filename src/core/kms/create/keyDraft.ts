import type { KeyOrigin, KeyUsage, Tag } from '../keyMetadata.ts';
import { keySpecOf } from '../keySpecs.ts';
import type { NewKey } from '../service/keyLifecycle.ts';
import type { RecommendedKey } from './advice.ts';
import type { PolicyChoice } from './policyChoice.ts';
import { policyText } from './policyText.ts';

/** A key as the form has it. Everything in it survives JSON; what is not wanted is empty or null. */
export interface KeyDraft {
  readonly region: string;
  /** With its `alias/` prefix; empty for a key without an alias. */
  readonly aliasName: string;
  readonly description: string;
  readonly tags: readonly Tag[];
  readonly keySpec: string;
  readonly keyUsage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly multiRegion: boolean;
  /** Days, 90 to 2560; null for no automatic rotation. */
  readonly rotationPeriodInDays: number | null;
  readonly policy: PolicyChoice;
  /** For a key of a custom key store; empty otherwise. */
  readonly customKeyStoreId: string;
  /** The key in the external key manager, for an external key store; empty otherwise. */
  readonly xksKeyId: string;
}

/** A form that nobody has filled in, for a Region. */
export function emptyDraft(region: string): KeyDraft {
  return {
    region,
    aliasName: '',
    description: '',
    tags: [],
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    multiRegion: false,
    rotationPeriodInDays: null,
    policy: { kind: 'default', administrators: [], users: [], accounts: [] },
    customKeyStoreId: '',
    xksKeyId: '',
  };
}

/** The draft with what was recommended; names, tags and principals stay as they are. */
export function withRecommendation(draft: KeyDraft, { policy, ...key }: RecommendedKey): KeyDraft {
  return { ...draft, ...key, policy: { ...draft.policy, kind: policy } };
}

/** Whether KMS rotates such a key by itself. */
export function rotatesByItself({ keySpec, origin }: Pick<KeyDraft, 'keySpec' | 'origin'>): boolean {
  return keySpec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS';
}

/** Whether the material of such a key lives in a custom key store. */
export function isInStore({ origin }: Pick<KeyDraft, 'origin'>): boolean {
  return origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
}

/** What CreateKey is asked for, in an account of twelve digits. Alias and rotation are calls of their own. */
export function newKeyOf(draft: KeyDraft, accountId: string): NewKey {
  const { keySpec, keyUsage, origin, multiRegion, description, tags } = draft;
  const policy = policyText(draft, accountId);
  return {
    keySpec,
    keyUsage,
    origin,
    ...(description === '' ? {} : { description }),
    ...(multiRegion ? { multiRegion } : {}),
    ...(policy === undefined ? {} : { policy }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(isInStore(draft) ? { customKeyStoreId: draft.customKeyStoreId } : {}),
    ...(origin === 'EXTERNAL_KEY_STORE' ? { xksKeyId: draft.xksKeyId } : {}),
  };
}

/** The draft with what its spec and origin do not allow taken back: a usage of another spec, a rotation, a store. */
export function fitted(draft: KeyDraft): KeyDraft {
  const usages = keySpecOf(draft.keySpec)?.usages ?? [];
  const inStore = isInStore(draft);
  return {
    ...draft,
    keyUsage: usages.includes(draft.keyUsage) ? draft.keyUsage : (usages[0] ?? draft.keyUsage),
    rotationPeriodInDays: rotatesByItself(draft) ? draft.rotationPeriodInDays : null,
    multiRegion: draft.multiRegion && !inStore,
    customKeyStoreId: inStore ? draft.customKeyStoreId : '',
    xksKeyId: draft.origin === 'EXTERNAL_KEY_STORE' ? draft.xksKeyId : '',
  };
}
