import type { EncryptionContext, KeyManager, KeyOrigin, KeyUsage } from '../../kms/keyMetadata.ts';
import type { ConditionContext } from '../conditions/context.ts';
import type { CallerIdentity } from '../matching/caller.ts';
import type { CompiledPolicy } from '../compile/compiledPolicy.ts';
import type { GrantFacts, GrantIndex, GrantTerms } from '../grants/grantUse.ts';

/** Who makes a request, with the policies that AWS keeps for them. */
export interface Caller extends CallerIdentity {
  /** Those of the user with the user's groups, or of the role. Missing when they are not known, which allows nothing. */
  readonly identityPolicies?: readonly CompiledPolicy[];
  readonly boundary?: CompiledPolicy;
  /** What the session was limited to when it began. Together they are one limit. */
  readonly sessionPolicies?: readonly CompiledPolicy[];
  /** Tags of the principal and its session. Missing when they are not known. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The unique id, as in `AIDAEXAMPLE` or `AROAEXAMPLE:session`. */
  readonly userId?: string;
  readonly organizationId?: string;
}

export interface KeyFacts {
  readonly arn: string;
  readonly account: string;
  readonly policy: CompiledPolicy;
  readonly spec: string;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly manager: KeyManager;
  /** Names with their `alias/` prefix. */
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly multiRegionKeyType?: 'PRIMARY' | 'REPLICA';
  readonly organizationId?: string;
  readonly grants?: GrantIndex;
}

/** Policies that limit whole accounts, networks or organizations. What is missing sets no limit. */
export interface Ceilings {
  /** One list for every level from the root of the organization to the caller's account; each level must allow. */
  readonly serviceControlPolicies?: readonly (readonly CompiledPolicy[])[];
  /** Those of the key's account. They only ever deny, since FullAWSAccess always stands beside them. */
  readonly resourceControlPolicies?: readonly CompiledPolicy[];
  readonly vpcEndpointPolicy?: CompiledPolicy;
}

/** One call of the KMS API, as far as authorization knows it. Plain data; policies are compiled beforehand. */
export interface AccessRequest {
  /** An operation such as `ReEncrypt`, or one of its actions such as `ReEncryptTo`; without `kms:`. */
  readonly operation: string;
  readonly caller: Caller;
  /** The key; of ReEncrypt the source key, of UpdateAlias the key that the alias leaves. */
  readonly key?: KeyFacts;
  /** Of ReEncrypt the destination key, of UpdateAlias the key that the alias comes to. */
  readonly otherKey?: KeyFacts;
  readonly aliasArn?: string;
  /** The key that CreateKey or ReplicateKey is going to make, for the tags it is made with. */
  readonly newKey?: { readonly arn: string; readonly isTagged: boolean };
  readonly context: ConditionContext;
  /** The context of the other key, or of the replica that ReplicateKey creates, where its facts differ. */
  readonly otherContext?: ConditionContext;
  readonly encryptionContext?: EncryptionContext;
  /** The encryption context under which ReEncrypt encrypts. */
  readonly otherEncryptionContext?: EncryptionContext;
  readonly grantTokens?: readonly string[];
  /** What CreateGrant is asked for. */
  readonly newGrant?: GrantTerms;
  /** What RetireGrant is to retire. */
  readonly retiredGrant?: GrantFacts;
  readonly ceilings?: Ceilings;
  /**
   * How to take what the context does not tell, for questions such as "who could ever do this". `favourable` takes
   * every such condition for the caller, `unfavourable` against. Without it a missing key is a missing key.
   */
  readonly assume?: 'favourable' | 'unfavourable';
}
