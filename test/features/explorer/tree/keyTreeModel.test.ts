import assert from 'node:assert/strict';
import { KmsExplorerError } from '../../../../src/core/kms/errorCode.ts';
import type { RegionKeys } from '../../../../src/core/kms/catalog/keyCatalog.ts';
import type { KeySummary } from '../../../../src/core/kms/catalog/keySummary.ts';
import type { Grouping } from '../../../../src/features/explorer/tree/grouping.ts';
import { KeyTreeModel, type KeyTreeSource } from '../../../../src/features/explorer/tree/keyTreeModel.ts';
import type { CustomKeyStore } from '../../../../src/core/kms/service/customKeyStores.ts';
import { clusterStore } from '../../../core/kms/keyStores/sampleStores.ts';
import { sampleMetadata } from '../../../core/kms/explain/sampleMetadata.ts';
import type { KeyTreeNode } from '../../../../src/features/explorer/tree/keyTreeNode.ts';

const sampleStore: CustomKeyStore = { ...clusterStore, customKeyStoreId: 'cks-a', region: 'us-east-1', connectionState: 'CONNECTED', cloudHsmClusterId: undefined };

function key(region: string, name: string): KeySummary {
  const aliasNames = name.startsWith('-') ? [] : [`alias/${name}`];
  return {
    region,
    keyId: `id-${name}`,
    arn: `arn:aws:kms:${region}:111122223333:key/id-${name}`,
    aliasName: aliasNames[0],
    aliasNames,
    keyManager: name.startsWith('aws/') ? 'AWS' : 'CUSTOMER',
    metadata: undefined,
  };
}

function loaded(region: string, names: readonly string[], unusedServiceAliases: readonly string[] = []): RegionKeys {
  return { state: 'loaded', keys: names.map((name) => key(region, name)), unusedServiceAliases, error: undefined };
}

const regions: Readonly<Partial<Record<string, RegionKeys>>> = {
  'us-east-1': loaded('us-east-1', ['aws/s3', 'orders/config', 'orders/db', '-plain'], ['alias/aws/ebs']),
  'eu-west-1': loaded('eu-west-1', ['billing']),
  'ap-south-1': {
    state: 'failed',
    keys: [],
    unusedServiceAliases: [],
    error: new KmsExplorerError('ACCESS_DENIED', 'ListKeys in ap-south-1 failed.'),
  },
};
const names = Object.keys(regions);
const source: KeyTreeSource = { region: (region) => regions[region]!, stores: () => [], shelf: () => [] };

/** The tree as indented text, which is how a person reads it. */
function outline(model: KeyTreeModel, nodes: readonly KeyTreeNode[] = model.roots(names), indent = ''): string[] {
  return nodes.flatMap((node) => [`${indent}${rowText(node)}`, ...outline(model, model.children(node, names), `${indent}  `)]);
}

/** The ids of a row and of those above it, from the top. */
function pathTo(node: KeyTreeNode | undefined): readonly string[] {
  return node === undefined ? [] : [...pathTo(node.parent), node.id];
}

function rowText(node: KeyTreeNode): string {
  switch (node.kind) {
    case 'group':
      return node.value === '' ? 'without' : node.value;
    case 'key':
      return node.key.keyId;
    case 'related':
      return `${node.role} ${node.key.region}`;
    case 'unusedAlias':
      return `unused ${node.aliasName}`;
    case 'more':
      return `${node.hidden} more`;
    case 'error':
      return `error ${node.error.code}`;
  }
}

const cases: readonly { what: string; grouping: Grouping; filter: string; rows: readonly string[] }[] = [
  {
    what: 'Region -> type -> key',
    grouping: 'region',
    filter: '',
    rows: [
      'us-east-1',
      '  customer',
      '    id-orders/config',
      '    id-orders/db',
      '    id--plain',
      '  aws',
      '    id-aws/s3',
      '    unused alias/aws/ebs',
      '  owned',
      'eu-west-1',
      '  customer',
      '    id-billing',
      '  aws',
      '  owned',
      'ap-south-1',
      '  error ACCESS_DENIED',
    ],
  },
  {
    what: 'type -> Region -> key, without Regions that have none',
    grouping: 'type',
    filter: '',
    rows: [
      'customer',
      '  us-east-1',
      '    id-orders/config',
      '    id-orders/db',
      '    id--plain',
      '  eu-west-1',
      '    id-billing',
      '  ap-south-1',
      '    error ACCESS_DENIED',
      'aws',
      '  us-east-1',
      '    id-aws/s3',
      '    unused alias/aws/ebs',
      '  ap-south-1',
      '    error ACCESS_DENIED',
      'owned',
    ],
  },
  {
    what: 'what a filter leaves, whatever its case',
    grouping: 'region',
    filter: 'ORDERS db',
    rows: ['us-east-1', '  customer', '    id-orders/db', 'ap-south-1', '  error ACCESS_DENIED'],
  },
  { what: 'the Region as a word of the filter', grouping: 'region', filter: 'eu-west', rows: ['eu-west-1', '  customer', '    id-billing', 'ap-south-1', '  error ACCESS_DENIED'] },
  {
    what: 'the first part of the alias, keys without one last, and what could not be listed on top',
    grouping: 'alias',
    filter: '',
    rows: ['error ACCESS_DENIED', 'aws', '  id-aws/s3', 'billing', '  id-billing', 'orders', '  id-orders/config', '  id-orders/db', 'without', '  id--plain'],
  },
  {
    what: 'terms of a filter in every grouping',
    grouping: 'alias',
    filter: 'alias:orders -id:db',
    rows: ['error ACCESS_DENIED', 'orders', '  id-orders/config'],
  },
];

describe('the rows of the Keys view', () => {
  for (const { what, grouping, filter, rows } of cases) {
    it(`show ${what}`, () => {
      const model = new KeyTreeModel(source);
      model.grouping = grouping;
      model.filterText = filter;
      assert.deepEqual(outline(model), rows);
    });
  }

  it('have ids that occur once', () => {
    for (const grouping of ['region', 'type'] as const) {
      const model = new KeyTreeModel(source);
      model.grouping = grouping;
      const ids: string[] = [];
      const collect = (nodes: readonly KeyTreeNode[]): void => {
        for (const node of nodes) {
          ids.push(node.id);
          collect(model.children(node, names));
        }
      };
      collect(model.roots(names));
      assert.equal(new Set(ids).size, ids.length);
    }
  });

  it('find the parents of a key as the tree has them', () => {
    for (const grouping of ['region', 'type', 'alias', 'state'] as const) {
      const model = new KeyTreeModel(source);
      model.grouping = grouping;
      const path = pathTo(model.keyNode(key('us-east-1', 'orders/db')));
      let level = model.roots(names);
      for (const id of path) {
        const found: KeyTreeNode | undefined = level.find((node) => node.id === id);
        assert.ok(found, id);
        level = model.children(found, names);
      }
    }
  });

  it('have the shelves of the user on top, with keys that are not loaded too', () => {
    const pinned = [key('us-east-1', 'orders/db'), { ...key('sa-east-1', 'elsewhere'), aliasNames: [] }];
    const model = new KeyTreeModel({ region: (region) => regions[region] ?? loaded(region, []), stores: () => [], shelf: (name) => (name === 'pinned' ? pinned : []) });
    assert.deepEqual(outline(model).slice(0, 4), ['pinned', '  id-orders/db', '  id-elsewhere', 'us-east-1']);
  });

  it('have the custom key stores without keys too, unless a filter is set', () => {
    const inStore = { ...key('us-east-1', 'kept'), metadata: { ...sampleMetadata, customKeyStoreId: 'cks-b' } };
    const first: RegionKeys = { state: 'loaded', keys: [inStore, key('us-east-1', 'plain')], unusedServiceAliases: [], error: undefined };
    const stores = ['cks-b', 'cks-a'].map((customKeyStoreId) => ({ ...sampleStore, customKeyStoreId }));
    const model = new KeyTreeModel({ region: (region) => (region === 'us-east-1' ? first : loaded(region, [])), stores: () => stores, shelf: () => [] });
    model.grouping = 'store';
    assert.deepEqual(outline(model), ['cks-a', 'cks-b', '  id-kept', 'without', '  id-plain']);
    model.filterText = 'kept';
    assert.deepEqual(outline(model), ['cks-b', '  id-kept']);
  });

  it('show a long group in steps', () => {
    const many = loaded('us-east-1', Array.from({ length: 450 }, (_, index) => `k${String(index).padStart(3, '0')}`));
    const model = new KeyTreeModel({ region: () => many, stores: () => [], shelf: () => [] });
    const customer = model.children(model.roots(['us-east-1'])[0]!, ['us-east-1'])[0]!;
    const last = () => model.children(customer, ['us-east-1']).at(-1)!;
    assert.equal(rowText(last()), '250 more');
    model.showMore(customer.id);
    assert.equal(rowText(last()), '50 more');
    model.showMore(customer.id);
    assert.equal(rowText(last()), 'id-k449');
  });

  it('follow the catalog, the filter, the order and the tag, though they are kept between drawings', () => {
    let current = loaded('us-east-1', ['a/one']);
    const model = new KeyTreeModel({ region: (region) => (region === 'us-east-1' ? current : loaded(region, [])), stores: () => [], shelf: () => [] });
    const drawn = (): readonly string[] => outline(model).filter((row) => row.trim().startsWith('id-'));
    assert.deepEqual(drawn(), ['    id-a/one']);
    current = loaded('us-east-1', ['a/one', 'b/two']);
    assert.deepEqual(drawn(), ['    id-a/one', '    id-b/two']);
    model.filterText = 'two';
    assert.deepEqual(drawn(), ['    id-b/two']);
    model.filterText = '';
    const tagged = current.keys.map((each, index) => ({ ...each, tags: [{ tagKey: 'team', tagValue: 'x' }, { tagKey: 'stage', tagValue: index === 0 ? 'old' : 'new' }] }));
    current = { ...current, keys: tagged };
    model.grouping = 'tag';
    model.tagKey = 'team';
    assert.deepEqual(model.roots(['us-east-1']).map(rowText), ['x']);
    model.tagKey = 'stage';
    assert.deepEqual(model.roots(['us-east-1']).map(rowText), ['new', 'old']);
  });

  it('look at each key once for thousands of groups', () => {
    let looks = 0;
    const counting = loaded('us-east-1', Array.from({ length: 3_000 }, (_, index) => `group${index}/key`)).keys.map((each) => ({
      ...each,
      get aliasName() {
        looks += 1;
        return each.aliasName;
      },
    }));
    const model = new KeyTreeModel({ region: () => ({ state: 'loaded', keys: counting, unusedServiceAliases: [], error: undefined }), stores: () => [], shelf: () => [] });
    model.grouping = 'alias';
    assert.equal(model.roots(['us-east-1']).length, 3_000);
    assert.equal(looks, 3_000);
  });
});
