import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contextOf } from '../../../../src/core/policy/conditions/context.ts';
import { arnPatternOf, matchesArn } from '../../../../src/core/policy/matching/arnPattern.ts';
import { matchesPattern, wildcardPattern, wildcardTokens } from '../../../../src/core/policy/matching/pattern.ts';
import { compileResources, matchesResource } from '../../../../src/core/policy/matching/resources.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':', 'é'), maxLength: 12 });
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 });

function matches(pattern: string, text: string): boolean {
  return matchesPattern(wildcardPattern(pattern), text);
}

/** The same law in another notation. */
function expression(pattern: string): RegExp {
  const source = pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]');
  return new RegExp(`^${source}$`);
}

describe('A pattern', () => {
  it('matches what the same regular expression matches', () => {
    fc.assert(fc.property(patterns, letters, (pattern, text) => { assert.equal(matches(pattern, text), expression(pattern).test(text)); }), { numRuns: 2_000 });
  });

  it('of a star alone matches everything', () => {
    fc.assert(fc.property(letters, (text) => { assert.ok(matches('*', text) && matches('**', text)); }));
  });

  it('without wildcards matches itself alone', () => {
    fc.assert(fc.property(letters, letters, (one, other) => { assert.equal(matches(one, other), one === other); }));
  });

  it('still matches when a star is put anywhere into it', () => {
    fc.assert(
      fc.property(letters, fc.nat(), (text, at) => {
        const cut = at % (text.length + 1);
        assert.ok(matches(`${text.slice(0, cut)}*${text.slice(cut)}`, text));
      }),
    );
  });

  it('still matches when a character becomes a question mark', () => {
    fc.assert(
      fc.property(letters.filter((text) => text.length > 0), fc.nat(), (text, at) => {
        const cut = at % text.length;
        assert.ok(matches(`${text.slice(0, cut)}?${text.slice(cut + 1)}`, text));
      }),
    );
  });

  it('with many stars takes no more than moments', () => {
    const start = performance.now();
    assert.equal(matches(`${'*a'.repeat(200)}b`, 'a'.repeat(5_000)), false);
    assert.ok(performance.now() - start < 1_000);
  });
});

describe('A pattern of an ARN', () => {
  it('never reaches over a colon before the last part', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
    fc.assert(
      fc.property(fc.tuple(part, part, part, part, part, part), fc.nat({ max: 5 }), (parts, at) => {
        const arn = parts.join(':');
        const starred = parts.with(at, '*').join(':');
        assert.ok(matchesArn(arnPatternOf(wildcardTokens(starred), false), arn));
        const shorter = [...parts.slice(0, at), '*', ...parts.slice(at + 2)].join(':');
        if (at < 5) assert.equal(matchesArn(arnPatternOf(wildcardTokens(shorter), false), arn), false);
      }),
    );
  });
});

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/alice-1';
const resources: readonly (readonly [text: string, hasVariables: boolean, matches: boolean])[] = [
  ['*', true, true],
  ['arn:aws:kms:*:*:key/${aws:username}-*', true, true],
  ['arn:aws:kms:*:*:key/${aws:username}-*', false, false],
  ['arn:aws:kms:*:*:key/${aws:PrincipalTag/team}', true, false],
  ["arn:aws:kms:*:*:key/${aws:PrincipalTag/team, 'alice'}-1", true, true],
  ['arn:aws:kms:*:*:key/${*}', true, false],
  ['arn:aws:kms:*:*:key/${star}', true, false],
  ['arn:aws:kms', true, true],
  ['key/alice-1', true, false],
];

describe('A Resource', () => {
  for (const [text, hasVariables, expected] of resources) {
    it(`${text} ${expected ? 'covers' : 'does not cover'} the key ${hasVariables ? 'with' : 'without'} variables`, () => {
      const context = contextOf({ 'aws:username': 'alice', star: '*' });
      assert.equal(matchesResource(compileResources([text], false, hasVariables), keyArn, context), expected);
      assert.equal(matchesResource(compileResources([text], true, hasVariables), keyArn, context), !expected);
    });
  }
});
