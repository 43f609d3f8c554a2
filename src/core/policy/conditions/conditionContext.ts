import { roleArnOf, type CallerIdentity } from '../matching/caller.ts';
import type { KeyFacts } from '../evaluate/request.ts';
import type { ConditionContext } from './context.ts';
import type { RequestFacts, RequestParameters } from './requestFacts.ts';

type Value = string | number | boolean | readonly string[] | undefined;

/** Puts a value under a condition key. What is missing stays missing. */
type Put = (name: string, value: Value) => void;

/**
 * The condition keys of a request, those of KMS
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html) and the global ones
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
 */
export function conditionContext(facts: RequestFacts): ConditionContext {
  const context = new Map<string, string[]>();
  const put: Put = (name, value) => {
    if (value === undefined) return;
    const values = typeof value === 'object' ? value : [String(value)];
    context.set(name.toLowerCase(), [...(context.get(name.toLowerCase()) ?? []), ...values]);
  };
  putCaller(facts, put);
  putNetwork(facts, put);
  if (facts.key !== undefined) putKey(facts.key, put);
  const { parameters = {} } = facts;
  putNewKey(parameters, put);
  putCryptography(parameters, put);
  putManagement(parameters, put);
  putTags(parameters, put);
  putGrant(facts.operation, parameters, put);
  return context;
}

const principalTypes: Readonly<Record<CallerIdentity['kind'], string | undefined>> = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
  service: undefined,
};

function putCaller({ caller, viaService }: RequestFacts, put: Put): void {
  const isService = caller.kind === 'service';
  put('aws:PrincipalIsAWSService', isService);
  put('kms:ViaService', viaService);
  if (isService) {
    put('aws:PrincipalServiceName', caller.arn);
    put('aws:PrincipalServiceNamesList', [caller.arn]);
    return;
  }
  put('kms:CallerAccount', caller.account);
  put('aws:PrincipalAccount', caller.account);
  put('aws:PrincipalArn', roleArnOf(caller) ?? caller.arn);
  put('aws:PrincipalType', principalTypes[caller.kind]);
  put('aws:PrincipalOrgID', caller.organizationId);
  put('aws:FederatedProvider', caller.federatedProvider);
  put('aws:userid', caller.userId);
  put('aws:username', caller.kind === 'user' ? caller.arn.slice(caller.arn.lastIndexOf('/') + 1) : undefined);
  for (const [tag, value] of Object.entries(caller.tags ?? {})) put(`aws:PrincipalTag/${tag}`, value);
}

function putNetwork(facts: RequestFacts, put: Put): void {
  put('aws:RequestedRegion', facts.region);
  put('aws:CurrentTime', new Date(facts.now).toISOString());
  put('aws:EpochTime', Math.floor(facts.now / 1000));
  put('aws:ViaAWSService', facts.viaService !== undefined);
  put('aws:CalledVia', facts.calledVia);
  put('aws:CalledViaFirst', facts.calledVia?.[0]);
  put('aws:CalledViaLast', facts.calledVia?.at(-1));
  put('aws:SourceArn', facts.sourceArn);
  put('aws:SourceAccount', facts.sourceAccount);
  put('aws:SourceIp', facts.sourceIp);
  put('aws:SourceVpc', facts.sourceVpc);
  put('aws:SourceVpce', facts.sourceVpce);
  put('aws:SecureTransport', facts.secureTransport);
  put('aws:UserAgent', facts.userAgent);
  put('aws:MultiFactorAuthPresent', facts.multiFactorAuthPresent);
}

/** Properties of the key, which every operation on it carries. */
function putKey(key: KeyFacts, put: Put): void {
  put('aws:ResourceAccount', key.account);
  put('aws:ResourceOrgID', key.organizationId);
  for (const [tag, value] of Object.entries(key.tags)) put(`aws:ResourceTag/${tag}`, value);
  putSpec(key.spec, key.usage, key.origin, put);
  put('kms:MultiRegion', key.multiRegionKeyType !== undefined);
  put('kms:MultiRegionKeyType', key.multiRegionKeyType);
  put('kms:ResourceAliases', key.aliases);
}

function putSpec(spec: string, usage: string, origin: string, put: Put): void {
  put('kms:KeySpec', spec);
  put('kms:CustomerMasterKeySpec', spec);
  put('kms:KeyUsage', usage);
  put('kms:CustomerMasterKeyUsage', usage);
  put('kms:KeyOrigin', origin);
}

/** CreateKey has the properties of the key that is to be, defaults included. */
function putNewKey({ newKey }: RequestParameters, put: Put): void {
  if (newKey === undefined) return;
  putSpec(newKey.spec, newKey.usage, newKey.origin, put);
  put('kms:MultiRegion', newKey.multiRegion);
  put('kms:MultiRegionKeyType', newKey.multiRegion ? 'PRIMARY' : undefined);
}

function putCryptography(parameters: RequestParameters, put: Put): void {
  const { encryptionContext } = parameters;
  for (const [key, value] of Object.entries(encryptionContext ?? {})) put(`kms:EncryptionContext:${key}`, value);
  put('kms:EncryptionContextKeys', encryptionContext && Object.keys(encryptionContext));
  put('kms:EncryptionAlgorithm', parameters.encryptionAlgorithm);
  put('kms:SigningAlgorithm', parameters.signingAlgorithm);
  put('kms:MessageType', parameters.messageType);
  put('kms:MacAlgorithm', parameters.macAlgorithm);
  put('kms:KeyAgreementAlgorithm', parameters.keyAgreementAlgorithm);
  put('kms:DataKeyPairSpec', parameters.keyPairSpec);
  put('kms:ReEncryptOnSameKey', parameters.reEncryptOnSameKey);
  put('kms:RequestAlias', parameters.requestAlias);
  for (const [name, value] of Object.entries(parameters.recipientAttestation ?? {})) {
    put(`kms:RecipientAttestation:${name}`, value);
  }
}

function putManagement(parameters: RequestParameters, put: Put): void {
  put('kms:BypassPolicyLockoutSafetyCheck', parameters.bypassPolicyLockoutSafetyCheck);
  put('kms:ExpirationModel', parameters.expirationModel);
  put('kms:ValidTo', parameters.validTo === undefined ? undefined : Math.floor(parameters.validTo / 1000));
  put('kms:WrappingAlgorithm', parameters.wrappingAlgorithm);
  put('kms:WrappingKeySpec', parameters.wrappingKeySpec);
  put('kms:ScheduleKeyDeletionPendingWindowInDays', parameters.pendingWindowInDays);
  put('kms:RotationPeriodInDays', parameters.rotationPeriodInDays);
  put('kms:TrailingDaysWithoutKeyUsage', parameters.trailingDaysWithoutKeyUsage);
  put('kms:PrimaryRegion', parameters.primaryRegion);
  put('kms:ReplicaRegion', parameters.replicaRegion);
}

function putTags({ tags, tagKeys }: RequestParameters, put: Put): void {
  for (const [tag, value] of Object.entries(tags ?? {})) put(`aws:RequestTag/${tag}`, value);
  put('aws:TagKeys', tagKeys ?? (tags && Object.keys(tags)));
}

/** Operations on grants that a service can ask for on a caller's behalf. */
const grantOperations = ['CreateGrant', 'ListGrants', 'RevokeGrant'];

/** The encryption context of CreateGrant and RetireGrant is that of the grant's constraint. */
function putGrant(operation: string, { grant, grantIsForAwsResource = false }: RequestParameters, put: Put): void {
  if (grantOperations.includes(operation)) put('kms:GrantIsForAWSResource', grantIsForAwsResource);
  if (grant === undefined) return;
  const { encryptionContextEquals, encryptionContextSubset, sourceArn } = grant.constraints ?? {};
  const pairs = encryptionContextEquals ?? encryptionContextSubset;
  if (pairs !== undefined) {
    put('kms:GrantConstraintType', encryptionContextEquals === undefined ? 'EncryptionContextSubset' : 'EncryptionContextEquals');
    putCryptography({ encryptionContext: pairs }, put);
  }
  put('kms:GrantConstraintSourceArn', sourceArn);
  put('kms:GrantOperations', grant.operations);
  put('kms:GranteePrincipal', grant.granteePrincipal);
  put('kms:GranteeServicePrincipal', grant.granteeServicePrincipal);
  put('kms:RetiringPrincipal', grant.retiringPrincipal);
  put('kms:RetiringServicePrincipal', grant.retiringServicePrincipal);
}
