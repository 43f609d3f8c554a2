import assert from 'node:assert/strict';
import { parseContextText } from '../../../../../src/core/secrets/sops/config/encryptionContextText.ts';
import { creationRuleFor, planOf, readSopsConfig } from '../../../../../src/core/secrets/sops/config/sopsConfig.ts';

const near = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const far = 'arn:aws:kms:eu-west-1:111122223333:alias/app';
const role = 'arn:aws:iam::111122223333:role/dev';

const config = `# rules
creation_rules:
  - path_regex: ^secrets/.*\\.(json|env)$
    kms: >-
      ${near}+${role},
      ${far}
    aws_profile: dev
    encrypted_regex: ^(data|stringData)$
    mac_only_encrypted: true
  - path_regex: (?i)prod
    shamir_threshold: 2
    key_groups:
      - &base
        kms:
          - arn: ${near}
            role: ${role}
            aws_profile: prod
            context:
              App: shop
              Stage: "1"
      - kms: [{ arn: ${far} }]
      - merge: [*base]
        kms: [{ arn: ${far} }, { arn: ${far} }]
  - path_regex: age$
    kms: [${near}]
    age: age1a,age1b
    unencrypted_suffix: _plain
  - kms: []
stores:
  yaml: { indent: 2 }
  json: { indent: 4 }
`;

const use = (arn: string, more: object = {}) => ({
  arn,
  region: arn.split(':')[3],
  role: undefined,
  encryptionContext: {},
  awsProfile: '',
  ...more,
});

describe('.sops.yaml', () => {
  it('gives the first rule that matches, with its keys and its rule', async () => {
    assert.deepEqual(await creationRuleFor(readSopsConfig(config), 'secrets/prod.json'), {
      groups: [{ kms: [use(near, { role, awsProfile: 'dev' }), use(far, { awsProfile: 'dev' })], others: [] }],
      threshold: undefined,
      rule: { name: 'encrypted_regex', pattern: '^(data|stringData)$' },
      macOnlyEncrypted: true,
    });
  });

  it('gives key groups with encryption contexts, merged groups and no key twice', async () => {
    const first = use(near, { role, awsProfile: 'prod', encryptionContext: { App: 'shop', Stage: '1' } });
    assert.deepEqual(await creationRuleFor(readSopsConfig(config), '/elsewhere/PROD.yaml'), {
      groups: [
        { kms: [first], others: [] },
        { kms: [use(far)], others: [] },
        { kms: [first, use(far)], others: [] },
      ],
      threshold: 2,
      rule: undefined,
      macOnlyEncrypted: false,
    });
  });

  it('gives the indentation of new sops parts', () => {
    assert.deepEqual(readSopsConfig(config).indent, { yaml: 2, json: 4 });
    assert.deepEqual(readSopsConfig('stores: { json: { indent: -1 } }').indent, { json: -1 });
  });

  it('makes a plan of a rule with KMS keys alone', async () => {
    const { rules, indent } = readSopsConfig(config);
    const plan = async (path: string) => planOf((await creationRuleFor({ rules, indent }, path))!, indent);
    assert.equal((await plan('prod')).groups.length, 3);
    await assert.rejects(plan('x.age'), { code: 'SOPS_UNSUPPORTED', message: /\(age\)/ });
    await assert.rejects(plan('other'), { code: 'SOPS_INVALID', message: /names no key/ });
  });

  it('is as good as none without creation rules', async () => {
    for (const text of ['', 'stores: {}', 'creation_rules:\n']) assert.equal(await creationRuleFor(readSopsConfig(text), 'a'), undefined, text);
  });

  const wrong: readonly (readonly [what: string, text: string, message: RegExp])[] = [
    ['an expression that Go does not compile', 'creation_rules:\n  - path_regex: (a\n', /^Line 2 .*path_regex is no regular expression/],
    ['an expression with a look-ahead', 'creation_rules:\n  - kms: x\n    path_regex: a(?=b)\n', /^Line 3 /],
    ['a rule expression that does not compile', 'creation_rules:\n  - path_regex: ""\n    encrypted_regex: "[z-a]"\n', /^Line 2 .*encrypted_regex is no regular expression/],
    ['two rules for values', 'creation_rules:\n  - encrypted_regex: a\n    encrypted_suffix: b\n', /^Line 2 .*both encrypted_suffix and encrypted_regex/],
    ['no rule that matches', 'creation_rules:\n  - path_regex: ^b$\n', /^No creation rule of \.sops\.yaml matches a\./],
    ['an ARN that is none', 'creation_rules:\n  - kms: alias/app\n', /^Line 2 .*alias\/app cannot be used/],
    ['a group that is no mapping', 'creation_rules:\n  - key_groups: [x]\n', /^Line 2 .*must be a mapping/],
    ['keys that are no list', 'creation_rules:\n  - kms: { a: b }\n', /^Line 2 .*kms must be a list/],
    ['a threshold that is no number', 'creation_rules:\n  - shamir_threshold: two\n', /^Line 2 .*whole number/],
    ['a flag that is no flag', 'creation_rules:\n  - mac_only_encrypted: 1\n', /^Line 2 .*true or false/],
    ['rules that are no list', 'creation_rules: { a: b }\n', /^Line 1 .*must be a list/],
    ['a rule that is no mapping', '\ncreation_rules:\n- x\n', /^Line 3 .*must be a mapping/],
    ['a file that is no mapping', '- a\n', /^Line 1 .*must be a mapping/],
    ['text that is no YAML', 'creation_rules: [\n', /^Cannot read the file at line 2/],
  ];
  for (const [what, text, message] of wrong) {
    it(`says where it has ${what}`, async () => {
      await assert.rejects(async () => creationRuleFor(readSopsConfig(text), 'a'), { message });
    });
  }

  it('is read no further than the rule that matches, as SOPS does', async () => {
    const rule = await creationRuleFor(readSopsConfig(`creation_rules:\n  - kms: ${near}\n  - path_regex: (a\n`), 'a');
    assert.equal(rule?.groups[0]?.kms.length, 1);
  });
});

describe('an encryption context on one line', () => {
  it('is read as pairs of name and value', () => {
    assert.deepEqual(parseContextText('App:shop,Stage:test'), { App: 'shop', Stage: 'test' });
    assert.deepEqual(parseContextText(''), {});
    for (const text of ['App', 'a:b:c', 'a:b,']) assert.equal(parseContextText(text), undefined, text);
  });
});
