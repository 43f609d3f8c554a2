import assert from 'node:assert/strict';
import { principalFormat } from '../../../../src/core/policy/matching/principalFormat.ts';
import { accountOfPrincipal } from '../../../../src/core/policy/matching/principals.ts';

const account = '111122223333';

/** What a principal is, with its account, or what is wrong with it. */
const rows: readonly (readonly [type: string, text: string, expected: string])[] = [
  ['AWS', '*', 'everyone'],
  ['AWS', account, `account ${account}`],
  ['AWS', `arn:aws:iam::${account}:root`, `account ${account}`],
  ['AWS', `arn:aws-cn:iam::${account}:root`, `account ${account}`],
  ['AWS', `arn:aws:iam::${account}:user/team/alice`, `user ${account}`],
  ['AWS', `arn:aws:iam::${account}:role/ci/deploy`, `role ${account}`],
  ['AWS', `arn:aws:sts::${account}:assumed-role/deploy/build`, `session ${account}`],
  ['AWS', `arn:aws:sts::${account}:federated-user/guest`, `federatedUser ${account}`],
  ['AWS', 'AIDACKCEVSQ6C2EXAMPLE', 'uniqueId'],
  ['Service', 'logs.eu-west-1.amazonaws.com', 'service'],
  ['Federated', 'cognito-identity.amazonaws.com', 'provider'],
  ['Federated', `arn:aws:iam::${account}:saml-provider/corp`, 'provider'],
  ['AWS', '1111', 'accountDigits'],
  ['AWS', 'arn:aws:iam::1111:role/a', 'accountDigits'],
  ['AWS', `arn:aws:iam::${account}:group/admins`, 'group'],
  ['AWS', `arn:aws:iam::${account}:role/*`, 'wildcard'],
  ['AWS', `arn:aws:iam::${account}:root/x`, 'malformed'],
  ['AWS', `arn:aws:iam::${account}:user`, 'malformed'],
  ['AWS', `arn:aws:sts::${account}:assumed-role/deploy`, 'malformed'],
  ['AWS', `arn:aws:s3::${account}:role/a`, 'malformed'],
  ['AWS', 's3.amazonaws.com', 'malformed'],
  ['AWS', '', 'malformed'],
  ['Service', 's3', 'malformed'],
  ['Federated', '*', 'malformed'],
  ['CanonicalUser', 'abc', 'unknownType'],
];

function check([type, text, expected]: (typeof rows)[number]): void {
  const format = principalFormat(type, text);
  const found = 'fault' in format ? format.fault : [format.kind, format.account].filter((each) => each !== undefined).join(' ');
  assert.equal(found, expected);
}

describe('principalFormat', () => {
  for (const row of rows) it(`takes ${row[0]} "${row[1]}" for ${row[2]}`, () => { check(row); });
});

describe('accountOfPrincipal', () => {
  for (const [text, expected] of [[account, account], [`arn:aws:iam::${account}:root`, account], [`arn:aws:iam::${account}:user/a`, undefined], [`${account}:root`, undefined], [`arn:aws:iam::${account}`, undefined]] as const) {
    it(`finds ${expected ?? 'no account'} in ${text}`, () => { assert.equal(accountOfPrincipal(text), expected); });
  }
});
