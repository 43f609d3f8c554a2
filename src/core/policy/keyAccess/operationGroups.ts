import { appliesToKey, catalogActions, type KeyProperties } from '../catalog/catalog.ts';
import type { CatalogAction } from '../catalog/catalogRows.ts';

export interface OperationGroup {
  readonly title: string;
  /** Names without `kms:`. */
  readonly operations: readonly string[];
}

/** Operations of grants that use no key material. */
const aboutGrants = ['CreateGrant', 'ListGrants', 'RetireGrant', 'RevokeGrant'];

function groupOf({ name, access, grantable }: CatalogAction): string {
  if (aboutGrants.includes(name)) return 'Grants';
  if (access === 'Read' || access === 'List') return 'Look';
  return grantable ? 'Use' : 'Manage';
}

/** The operations that a policy of the key decides on and that work on it, by what they are for. */
export function operationGroups(key: KeyProperties): readonly OperationGroup[] {
  const fitting = catalogActions.filter((action) => action.keyPolicy !== 'iamOnly' && appliesToKey(action, key));
  return ['Use', 'Manage', 'Grants', 'Look']
    .map((title) => ({ title, operations: fitting.filter((action) => groupOf(action) === title).map(({ name }) => name) }))
    .filter(({ operations }) => operations.length > 0);
}
