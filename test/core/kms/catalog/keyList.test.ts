import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeyList } from '../../../../src/core/kms/catalog/keyList.ts';
import type { KeySummary } from '../../../../src/core/kms/catalog/keySummary.ts';
import type { AliasListEntry, KeyListEntry } from '../../../../src/core/kms/keyMetadata.ts';

/** What the rest of the catalogue knows of keys: how often each was touched. */
type Known = ReadonlyMap<string, number>;

const summarise = (known: Known) => ({ keyId, arn }: KeyListEntry, aliasNames: readonly string[]): KeySummary => ({
  region: 'us-east-1', keyId, arn, aliasName: aliasNames[0], aliasNames: [...aliasNames], keyManager: 'CUSTOMER', metadata: undefined,
  tags: [{ tagKey: 'touched', tagValue: String(known.get(keyId) ?? 0) }],
});
const aliasOf = (aliasName: string, targetKeyId: string | undefined): AliasListEntry => ({ aliasName, aliasArn: `arn:${aliasName}`, targetKeyId });
const keyOf = (number: number): KeyListEntry => ({ keyId: `k${number}`, arn: `arn:k${number}` });

type Step = { readonly keys: readonly number[] } | { readonly aliases: readonly AliasListEntry[] } | { readonly complete: true } | { readonly touch: number } | { readonly look: true };

/** The pages of a Region in some order, with other things between them. */
const steps = fc
  .record({ count: fc.nat({ max: 30 }), aliases: fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-d]{1,3}$/), fc.nat({ max: 35 })), { selector: ([name]) => name }) })
  .chain(({ count, aliases }) => {
    const keyPages = pages(Array.from({ length: count }, (_, index) => index), 4).map((keys): Step => ({ keys }));
    const entries = aliases.map(([name, target]): AliasListEntry => aliasOf(`alias/${name}`, target > 32 ? undefined : `k${target}`));
    // Pages of keys may come in after the last alias.
    const aliasPages = [...pages(entries, 3).map((page): Step => ({ aliases: page })), { complete: true } as const];
    const others = fc.array(fc.oneof(fc.constant<Step>({ look: true }), fc.nat({ max: 30 }).map((touch): Step => ({ touch }))), { maxLength: 10 });
    return fc.tuple(fc.constant(keyPages), fc.constant(aliasPages), others, fc.infiniteStream(fc.nat({ max: 2 }))).map(([one, two, three, choice]) => interleaved([[...one], [...two], [...three]], choice));
  });

function pages<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** Takes from the queues in an order that `choice` gives; each keeps its own. */
function interleaved(queues: Step[][], choice: Iterator<number>): Step[] {
  const steps: Step[] = [];
  while (queues.some(({ length }) => length > 0)) {
    const step = queues[choice.next().value as number]!.shift();
    if (step !== undefined) steps.push(step);
  }
  return steps;
}

describe('The list of a Region’s keys', () => {
  it('is the same in whatever order its pages come in, and whenever somebody looks', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const known = new Map<string, number>();
        const list = new KeyList(summarise(known));
        for (const step of all) {
          if ('keys' in step) list.addKeys(step.keys.map(keyOf));
          else if ('aliases' in step) list.addAliases(step.aliases);
          else if ('complete' in step) list.completeAliases();
          else if ('touch' in step) {
            known.set(`k${step.touch}`, (known.get(`k${step.touch}`) ?? 0) + 1);
            list.touch(`k${step.touch}`);
          } else list.summaries();
        }
        assert.deepEqual(list.summaries(), fromScratch(all, known));
        assert.equal(list.summaries(), list.summaries());
      }),
    );
  });

  it('shows no key without an alias until all aliases are in', () => {
    const list = new KeyList(summarise(new Map()));
    list.addKeys([keyOf(1), keyOf(2)]);
    list.addAliases([aliasOf('alias/two', 'k2'), aliasOf('alias/aws/s3', undefined)]);
    assert.deepEqual([list.summaries().map(({ keyId }) => keyId), list.count, list.unusedServiceAliases], [['k2'], 2, ['alias/aws/s3']]);
    list.completeAliases();
    assert.deepEqual(list.summaries().map(({ keyId }) => keyId), ['k2', 'k1']);
  });
});

/** All that was said at once: keys with an alias by alias, then the others by key id. */
function fromScratch(all: readonly Step[], known: Known): readonly KeySummary[] {
  const aliases = all.flatMap((step) => ('aliases' in step ? step.aliases : []));
  const keys = all.flatMap((step) => ('keys' in step ? step.keys : [])).map(keyOf);
  const summaries = keys.map((key) => summarise(known)(key, aliases.filter(({ targetKeyId }) => targetKeyId === key.keyId).map(({ aliasName }) => aliasName)));
  const order = ({ aliasName, keyId }: KeySummary): string => (aliasName === undefined ? `1${keyId}` : `0${aliasName}`);
  return summaries.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
