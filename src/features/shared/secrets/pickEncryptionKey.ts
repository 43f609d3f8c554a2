import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import { canEncryptEver, obstacleOf } from './encryptionObstacle.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import { recentKeys } from './recentKeys.ts';
import type { SecretParts } from './secretParts.ts';

interface KeyItem extends vscode.QuickPickItem {
  readonly key?: KeySummary;
}

/**
 * Lets the user pick the key to encrypt with: customer managed symmetric keys, those used last first, those that are
 * known not to encrypt at the end or marked with the reason. The picked key is described before anything else is asked.
 * Rejects with CANCELLED, with DISABLED, INVALID_STATE or INVALID_KEY_USAGE for a key that cannot encrypt text, and
 * with NOT_FOUND when there is no key at all.
 */
export async function pickEncryptionKey(parts: SecretParts, service: KeyService): Promise<KeySummary> {
  const controller = new AbortController();
  const picker = vscode.window.createQuickPick<KeyItem>();
  picker.title = vscode.l10n.t('KMS: Encrypt With');
  picker.placeholder = vscode.l10n.t('Alias, key ID or Region of the key to encrypt with');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.busy = true;
  picker.ignoreFocusOut = true;
  picker.show();
  const closed = new Promise<undefined>((resolve) => {
    picker.onDidHide(() => {
      resolve(undefined);
    });
  });
  const accepted = new Promise<KeySummary>((resolve) => {
    picker.onDidAccept(() => {
      const key = picker.selectedItems[0]?.key;
      if (key !== undefined) resolve(key);
    });
  });
  try {
    const filled = loadSections(parts, service, controller.signal).then((sections) => {
      picker.items = sections.flatMap(toItems);
      void completeItems(picker, sections, service, controller.signal);
      return accepted;
    });
    const key = await Promise.race([filled, closed]);
    if (key === undefined) throw new KmsExplorerError('CANCELLED', 'No key was picked.');
    picker.busy = true;
    const metadata = await service.describeKey({ region: key.region, keyId: key.arn }, controller.signal);
    const obstacle = obstacleOf(metadata);
    if (obstacle !== undefined) throw new KmsExplorerError(obstacle.code, obstacle.message(keyLabel(key)));
    return key;
  } finally {
    controller.abort();
    picker.dispose();
  }
}

/** Keys that are described at once when the list opens; the others are described when they are picked. */
const describedAtOnce = 50;

/**
 * Describes keys that nobody looked at yet and marks those that cannot encrypt. Every row stays in its place, so that
 * none moves under the pointer. A key that cannot be described keeps its row as it is.
 */
async function completeItems(
  picker: vscode.QuickPick<KeyItem>,
  sections: readonly Section[],
  service: KeyService,
  signal: AbortSignal,
): Promise<void> {
  const unknown = sections.flatMap(({ keys }) => keys).filter(({ metadata }) => metadata === undefined);
  const described = await mapConcurrently(unknown.slice(0, describedAtOnce), 4, async (key): Promise<KeySummary> => {
    try {
      return { ...key, metadata: await service.describeKey({ region: key.region, keyId: key.arn }, signal) };
    } catch {
      return key;
    }
  });
  if (signal.aborted) return;
  const byArn = new Map(described.map((key) => [key.arn, key]));
  const active = picker.activeItems[0]?.key?.arn;
  picker.keepScrollPosition = true;
  picker.items = sections.flatMap(({ label, keys }) => toItems({ label, keys: keys.map((key) => byArn.get(key.arn) ?? key) }));
  const kept = picker.items.find(({ key }) => key !== undefined && key.arn === active);
  if (kept !== undefined) picker.activeItems = [kept];
  picker.busy = false;
}

interface Section {
  readonly label: string;
  readonly keys: readonly KeySummary[];
}

async function loadSections(parts: SecretParts, service: KeyService, signal: AbortSignal): Promise<readonly Section[]> {
  const [all, identity] = await Promise.all([parts.catalog.allKeys(signal), service.identity(signal)]);
  const keys = all.filter((key) => key.keyManager === 'CUSTOMER' && canEncryptEver(key.metadata));
  if (keys.length > 0) return arrange(keys, recentKeys(parts.state, identity));
  throw new KmsExplorerError(
    'NOT_FOUND',
    vscode.l10n.t('The chosen Regions have no customer managed key to encrypt with. Create one or choose other Regions.'),
  );
}

/** Keys used last, the others by name with nameless ones behind, and those that are known not to encrypt now. */
function arrange(keys: readonly KeySummary[], recent: readonly string[]): readonly Section[] {
  const ready = keys.filter(({ metadata }) => metadata === undefined || obstacleOf(metadata) === undefined);
  const byArn = new Map(ready.map((key) => [key.arn, key]));
  const used = recent.flatMap((arn) => byArn.get(arn) ?? []);
  const nameOf = (key: KeySummary) => `${key.aliasName === undefined ? 1 : 0}${keyLabel(key)}`;
  const rest = ready.filter((key) => !used.includes(key)).sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return [
    { label: vscode.l10n.t('used last'), keys: used },
    { label: vscode.l10n.t('keys'), keys: rest },
    { label: vscode.l10n.t('cannot encrypt now'), keys: keys.filter((key) => !ready.includes(key)) },
  ];
}

function toItems({ label, keys }: Section): readonly KeyItem[] {
  if (keys.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...keys.map(toItem)];
}

function toItem(key: KeySummary): KeyItem {
  const obstacle = key.metadata && obstacleOf(key.metadata);
  const description = [key.metadata?.keySpec, key.region, obstacle?.short].filter((part) => part !== undefined);
  return {
    key,
    label: `${obstacle === undefined ? '$(key)' : '$(circle-slash)'} ${keyLabel(key)}`,
    description: description.join(' · '),
    detail: key.arn,
  };
}
