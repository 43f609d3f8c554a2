import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { isMetadataList, isMetadataMap, sortedEntries, type MetadataMap, type MetadataNode } from './metadataTree.ts';

/** Scalars under keys such as `kms__list_0__map_arn` (getsops/sops, stores/flatten.go). */
export type FlatMetadata = ReadonlyMap<string, string | number | boolean | null>;

export function flattenMetadata(tree: MetadataMap): FlatMetadata {
  const flat = new Map<string, string | number | boolean | null>();
  const descend = (node: MetadataNode, key: string): void => {
    if (isMetadataList(node)) {
      node.forEach((item, index) => {
        descend(item, `${key}__list_${index}`);
      });
    } else if (isMetadataMap(node)) {
      for (const [name, value] of sortedEntries(node)) descend(value, `${key}__map_${name}`);
    } else {
      flat.set(key, node);
    }
  };
  for (const [name, value] of sortedEntries(tree)) descend(value, name);
  return flat;
}

interface Branch {
  readonly children: Map<string | number, Branch>;
  value?: string;
}

/** The tree of flat keys. Throws SOPS_INVALID for keys that contradict each other or a list with holes. */
export function unflattenMetadata(entries: Iterable<readonly [key: string, value: string]>): MetadataMap {
  const root: Branch = { children: new Map() };
  for (const [key, value] of entries) {
    let branch = root;
    for (const step of stepsOf(key)) {
      const next = branch.children.get(step) ?? { children: new Map() };
      branch.children.set(step, next);
      branch = next;
    }
    if (branch.value !== undefined) throw invalid(key, 'stands there twice');
    branch.value = value;
  }
  const tree = convert(root, '');
  return isMetadataMap(tree) ? tree : {};
}

function stepsOf(key: string): readonly (string | number)[] {
  const [first = '', ...rest] = key.split(/(?=__map_|__list_)/);
  return [
    first,
    ...rest.map((part) => (part.startsWith('__map_') ? part.slice('__map_'.length) : Number(part.slice('__list_'.length)))),
  ];
}

function convert({ children, value }: Branch, key: string): MetadataNode {
  if (value !== undefined) {
    if (children.size > 0) throw invalid(key, 'has a value and keys below it');
    return value;
  }
  const steps = [...children.keys()];
  const indices = steps.filter((step) => typeof step === 'number').sort((a, b) => a - b);
  if (indices.length === 0) {
    return Object.fromEntries([...children].map(([step, child]) => [String(step), convert(child, `${key}.${step}`)]));
  }
  if (indices.length !== steps.length) throw invalid(key, 'is a list and a map at once');
  if (indices.some((index, place) => index !== place)) throw invalid(key, 'is a list with holes');
  return indices.flatMap((index) => {
    const child = children.get(index);
    return child === undefined ? [] : [convert(child, `${key}[${index}]`)];
  });
}

function invalid(key: string, problem: string): KmsExplorerError {
  return new KmsExplorerError('SOPS_INVALID', `The SOPS metadata of the file is damaged: ${key.replace(/^\./, '')} ${problem}.`);
}
