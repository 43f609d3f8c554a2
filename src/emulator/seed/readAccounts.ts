import { partitionOf } from '../../core/kms/arn.ts';
import type { SeedAccessKey, SeedDocument, SeedPrincipal } from './seedDocument.ts';
import { readTags, type SeedDefaults } from './seedPlace.ts';
import type { SeedValue } from './seedReader.ts';

type Accounts = Pick<SeedDocument, 'accessKeys' | 'principals'>;

/** The names that IAM takes for users and roles (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const names = /^[\w+=,.@-]{1,64}$/;

function readAccessKey(item: SeedValue, accountId: string, userName: string | undefined): SeedAccessKey {
  item.members(['id', 'secret']);
  const id = item.member('id');
  const accessKeyId = id.text();
  if (!/^[\w-]{1,128}$/.test(accessKeyId)) throw id.fail('has to be of letters, digits, - and _.');
  return { accountId, userName, accessKeyId, secretAccessKey: item.member('secret').text() };
}

/** A policy document as JSON text. What its statements say is the policy engine's business. */
function readDocument(value: SeedValue): string | undefined {
  if (!value.isPresent()) return undefined;
  if (!value.members().has('Statement')) throw value.fail('is not a policy document: it has no Statement.');
  return JSON.stringify(value.value);
}

function readPrincipal(value: SeedValue, accountId: string, arn: string): SeedPrincipal {
  const trust = readDocument(value.member('trust'));
  const policies = value.member('policies').items().map((item) => {
    const policy = readDocument(item);
    if (policy === undefined) throw item.fail('has to be a policy document.');
    return policy;
  });
  return { arn, accountId, tags: readTags(value.member('tags')), policies, boundary: readDocument(value.member('boundary')), trust };
}

function checkName(name: string, value: SeedValue): void {
  if (!names.test(name)) throw value.fail('has to be under a name of at most 64 letters, digits and the characters _+=,.@-');
}

function readAccountMembers(accountId: string, account: SeedValue, partition: string): Accounts[] {
  if (!/^\d{12}$/.test(accountId)) throw account.fail('has to be under an account id of 12 digits, in quotes.');
  account.members(['accessKeys', 'users', 'roles']);
  const arnOf = (kind: 'user' | 'role', name: string): string => `arn:${partition}:iam::${accountId}:${kind}/${name}`;
  const root = { accessKeys: account.member('accessKeys').items().map((item) => readAccessKey(item, accountId, undefined)), principals: [] };
  const users = [...account.member('users').members()].map(([name, user]): Accounts => {
    checkName(name, user);
    user.members(['tags', 'accessKeys', 'policies', 'boundary']);
    const accessKeys = user.member('accessKeys').items().map((item) => readAccessKey(item, accountId, name));
    return { accessKeys, principals: [readPrincipal(user, accountId, arnOf('user', name))] };
  });
  const roles = [...account.member('roles').members()].map(([name, role]): Accounts => {
    checkName(name, role);
    role.members(['tags', 'trust', 'policies', 'boundary']);
    if (!role.member('trust').isPresent()) throw role.fail('needs a trust policy, which says who may assume the role.');
    return { accessKeys: [], principals: [readPrincipal(role, accountId, arnOf('role', name))] };
  });
  return [root, ...users, ...roles];
}

/** Reads the member `accounts`: access keys, users and roles. Throws StartFailure BAD_SEED. */
export function readAccounts(value: SeedValue, defaults: SeedDefaults): Accounts {
  const partition = partitionOf(defaults.region);
  const parts = [...value.members()].flatMap(([id, account]) => readAccountMembers(id, account, partition));
  return { accessKeys: parts.flatMap(({ accessKeys }) => accessKeys), principals: parts.flatMap(({ principals }) => principals) };
}
