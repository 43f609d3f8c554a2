import { roleSessionIdentity } from '../auth/callers.ts';
import { KmsException } from '../kmsException.ts';
import type { Caller } from '../pipeline/call.ts';
import type { Members } from '../pipeline/memberRules.ts';
import { validate } from '../pipeline/validate.ts';
import type { PrincipalRow } from '../store/tables/principalTable.ts';
import type { StsCall } from './answerSts.ts';
import { credentialsResult } from './credentialsResult.ts';
import { listOf, numberOf, type Result } from './queryProtocol.ts';
import { decideTrust } from './decideTrust.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const members: Members = {
  RoleArn: { type: 'text', required: true, min: 20, max: 2048 },
  RoleSessionName: { type: 'text', required: true, min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ },
  DurationSeconds: { type: 'integer', min: 900, max: 43_200 },
  Policy: { type: 'text', min: 1, max: 2048 },
  ExternalId: { type: 'text', min: 2, max: 1224, pattern: /^[\w+=,.@:/-]*$/ },
  Tags: {
    type: 'list',
    max: 50,
    member: {
      type: 'structure',
      members: { Key: { type: 'text', required: true, min: 1, max: 128 }, Value: { type: 'text', required: true, max: 256 } },
    },
  },
};
const defaultDuration = 3600;
const longestOfChain = 3600;
/** Bytes of session policy and tags. AWS counts them packed, and tells only the share that is taken. */
const roomForPolicyAndTags = 4096;

interface Wanted {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly seconds: number;
  readonly policy: string | undefined;
  readonly externalId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
}

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

function checkSessionPolicy(policy: string): void {
  try {
    const document: unknown = JSON.parse(policy);
    if (typeof document === 'object' && document !== null && 'Statement' in document) return;
  } catch {
    // The refusal below is right for a text that is not JSON as well.
  }
  throw new KmsException('MalformedPolicyDocumentException', 'The policy is not in the valid JSON format.');
}

function readTags(given: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  const tags = given.map(({ Key: key = '', Value: value = '' }) => [key, value] as const);
  const names = tags.map(([key]) => key.toLowerCase());
  if (new Set(names).size < names.length) throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  return Object.fromEntries(tags);
}

/**
 * Reads the form. Managed policies are refused because there are none here, and a session without them would have more
 * rights than was asked for. A code for multi-factor authentication is not looked at.
 */
function readWanted(form: URLSearchParams): Wanted {
  const tags = listOf(form, 'Tags', ['Key', 'Value']);
  const text = (name: string): string | undefined => form.get(name) ?? undefined;
  validate(members, {
    RoleArn: text('RoleArn'),
    RoleSessionName: text('RoleSessionName'),
    DurationSeconds: numberOf(form.get('DurationSeconds')),
    Policy: text('Policy'),
    ExternalId: text('ExternalId'),
    Tags: tags,
  });
  if (form.has('SourceIdentity')) throw invalid('SourceIdentity is not supported by this emulator.');
  if (form.has('PolicyArns.member.1.arn')) {
    throw invalid('PolicyArns names managed policies, which this emulator does not have. Write what they allow in Policy.');
  }
  const policy = text('Policy');
  if (policy !== undefined) checkSessionPolicy(policy);
  return {
    roleArn: text('RoleArn') ?? '',
    sessionName: text('RoleSessionName') ?? '',
    seconds: Number(form.get('DurationSeconds') ?? defaultDuration),
    policy,
    externalId: text('ExternalId'),
    tags: readTags(tags),
    transitiveTagKeys: listOf(form, 'TransitiveTagKeys', ['']).flatMap((item) => Object.values(item)),
  };
}

/** The role, if its trust policy lets the caller have the session. Throws AccessDeniedException, whether it exists or not. */
function admit(call: StsCall, wanted: Wanted): PrincipalRow {
  const { store, caller, notes } = call;
  const role = store.principals.find(wanted.roleArn);
  const actions = Object.keys(wanted.tags).length === 0 ? ['sts:AssumeRole'] : ['sts:AssumeRole', 'sts:TagSession'];
  const decisions = actions.map((action) => ({ action, ...decideTrust(call, role, { ...wanted, action }) }));
  const refused = decisions.find(({ allowed }) => !allowed);
  Object.assign(notes, { decision: refused ? 'deny' : 'allow', reason: refused?.sentence ?? decisions.map((each) => each.sentence).join(' ') });
  if (role && !refused) return role;
  throw new KmsException('AccessDeniedException', `User: ${caller.arn} is not authorized to perform: ${refused?.action ?? 'sts:AssumeRole'} on resource: ${wanted.roleArn}`);
}

/** The tags of the new session with those that the caller's own session hands on, which cannot be changed. */
function sessionTags(caller: Caller, wanted: Wanted): Pick<Wanted, 'tags' | 'transitiveTagKeys'> {
  const handedOn = caller.transitiveTagKeys;
  const overridden = handedOn.find((key) => Object.hasOwn(wanted.tags, key));
  if (overridden !== undefined) throw invalid(`The tag ${overridden} is transitive and cannot be set again.`);
  const inherited = Object.fromEntries(handedOn.map((key) => [key, caller.tags[key] ?? '']));
  const tags = { ...inherited, ...wanted.tags };
  const unknown = wanted.transitiveTagKeys.find((key) => !Object.hasOwn(tags, key));
  if (unknown !== undefined) throw invalid(`The transitive tag key ${unknown} is not among the session tags.`);
  return { tags, transitiveTagKeys: [...new Set([...handedOn, ...wanted.transitiveTagKeys])] };
}

/** How much of the room for policy and tags is taken, in percent. Throws PackedPolicyTooLargeException above 100. */
function packedSize(policy: string | undefined, tags: Wanted['tags']): string | undefined {
  const size = Buffer.byteLength((policy ?? '') + Object.entries(tags).flat().join(''));
  const percent = Math.ceil((size / roomForPolicyAndTags) * 100);
  if (percent > 100) {
    throw new KmsException('PackedPolicyTooLargeException', `Packed size of session policy and tags consumes ${percent}% of allotted space.`);
  }
  return percent === 0 ? undefined : percent.toString();
}

/** Temporary credentials of a role. An account's root may assume roles here, which AWS does not let it. */
export function assumeRole(call: StsCall): Result {
  const wanted = readWanted(call.form);
  const { caller, sessionTokens } = call;
  const role = admit(call, wanted);
  if (caller.kind === 'roleSession' && wanted.seconds > longestOfChain) {
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  }
  const { accountId, arn: principalArn } = role;
  const { sessionName, policy } = wanted;
  const expiresAt = call.now + wanted.seconds * 1000;
  const tagging = sessionTags(caller, wanted);
  const PackedPolicySize = packedSize(policy, tagging.tags);
  const credentials = sessionTokens.issue({ accountId, principalArn, sessionName, ...tagging, policy, expiresAt });
  const { arn, userId } = roleSessionIdentity(role, sessionName);
  return {
    Credentials: credentialsResult(credentials, expiresAt),
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    PackedPolicySize,
  };
}
