import assert from 'node:assert/strict';
import { requireValidRule, ruleFrom, selectorFor, type RuleName } from '../../../../src/core/secrets/sops/selection/selectionRule.ts';

interface SelectionCase {
  readonly name: RuleName;
  readonly pattern: string;
  /** Paths joined by a slash. */
  readonly selected: readonly string[];
  readonly plain: readonly string[];
}

const cases: readonly SelectionCase[] = [
  { name: 'unencrypted_suffix', pattern: '_plain', selected: ['a', 'a_plain_b', 'plain'], plain: ['a_plain', 'x_plain/y', 'y/x_plain'] },
  { name: 'encrypted_suffix', pattern: '_enc', selected: ['a_enc', 'a_enc/b', 'b/a_enc'], plain: ['a', 'enc'] },
  { name: 'unencrypted_regex', pattern: '^pub', selected: ['a', 'a_pub'], plain: ['public', 'a/pub', 'pub/a'] },
  { name: 'encrypted_regex', pattern: '^(data|stringData)$', selected: ['data/x', 'stringData', 'a/data/b'], plain: ['database', 'x'] },
  { name: 'encrypted_regex', pattern: '(?i)PASS', selected: ['db_password', 'PassPhrase'], plain: ['user'] },
  { name: 'encrypted_regex', pattern: '\\pL{3}', selected: ['äöü'], plain: ['ab', '123'] },
  { name: 'encrypted_regex', pattern: '(', selected: [], plain: ['a'] },
  { name: 'unencrypted_regex', pattern: 'a(?=b)', selected: ['ab'], plain: [] },
];

describe('a selection rule', () => {
  for (const { name, pattern, selected, plain } of cases) {
    it(`${name}: ${pattern} looks at every key of the path`, async () => {
      const select = await selectorFor({ name, pattern });
      for (const path of selected) assert.ok(select(path.split('/'), []), path);
      for (const path of plain) assert.ok(!select(path.split('/'), []), path);
    });
  }

  it('can look at comments alone', async () => {
    const encrypted = await selectorFor({ name: 'encrypted_comment_regex', pattern: '^ secret' });
    assert.ok(encrypted(['a'], [' other', ' secret thing']) && !encrypted(['secret'], ['no secret']));
    const unencrypted = await selectorFor({ name: 'unencrypted_comment_regex', pattern: 'plain' });
    assert.ok(unencrypted(['plain'], []) && !unencrypted(['a'], [' plain']));
  });

  it('is one of six at most', () => {
    assert.equal(ruleFrom({ encrypted_regex: '' }, 'The file'), undefined);
    assert.deepEqual(ruleFrom({ encrypted_regex: 'a', encrypted_suffix: '' }, 'The file'), { name: 'encrypted_regex', pattern: 'a' });
    assert.throws(() => ruleFrom({ encrypted_regex: 'a', unencrypted_suffix: 'b' }, 'The file'), { code: 'SOPS_INVALID' });
  });

  it('is refused for writing when Go does not compile its expression', async () => {
    await assert.rejects(requireValidRule({ name: 'encrypted_regex', pattern: '(?<!a)b' }), { code: 'SOPS_INVALID' });
    await requireValidRule({ name: 'encrypted_suffix', pattern: '(' });
    await requireValidRule({ name: 'encrypted_regex', pattern: '(?i)a' });
  });
});
