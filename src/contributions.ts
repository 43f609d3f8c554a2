import type { KeyTarget } from './core/kms/keyTarget.ts';

/** A position in a document, as a CodeLens hands it to its command. Lines and characters count from zero. */
export interface DocumentPosition {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** A tree row as a command receives it from a menu of the Keys view; absent when it comes from the palette. */
export interface KeyRow {
  readonly key: KeyTarget;
}

/** A key, and a statement of its policy, counted from zero, that is to be shown. */
export interface KeyPolicyRow extends KeyRow {
  readonly statement?: number;
}

/** A tree row that can be loaded again. */
export interface RetryRow {
  readonly region: string;
}

/** The row of a custom key store: its value is the id of the store. */
export interface KeyStoreRow {
  readonly value: string;
}

/** Every command with its arguments. The manifest test holds package.json to these ids, and the running extension to both. */
export interface CommandArguments {
  'kmsExplorer.selectBackend': [];
  'kmsExplorer.selectRegions': [];
  'kmsExplorer.refreshKeys': [];
  'kmsExplorer.retryRegion': [row?: RetryRow];
  'kmsExplorer.groupByType': [];
  'kmsExplorer.groupByRegion': [];
  'kmsExplorer.filterKeys': [];
  'kmsExplorer.clearKeyFilter': [];
  'kmsExplorer.showMoreKeys': [row?: { readonly groupId: string }];
  'kmsExplorer.goToKey': [];
  'kmsExplorer.openKey': [row?: KeyRow];
  'kmsExplorer.copyKeyArn': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.copyKeyId': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.copyKeyAlias': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.groupKeys': [];
  'kmsExplorer.sortKeys': [];
  'kmsExplorer.pinKey': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.unpinKey': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.enableKey': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.disableKey': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.tagKeys': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.scheduleKeyDeletion': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.cancelKeyDeletion': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.openInConsole': [row?: KeyRow, rows?: readonly KeyRow[]];
  'kmsExplorer.copyCliCommand': [];
  'kmsExplorer.encryptSelection': [];
  'kmsExplorer.encryptSelectionAsMessage': [];
  'kmsExplorer.decryptSelection': [];
  'kmsExplorer.encryptValue': [position?: DocumentPosition];
  'kmsExplorer.encryptValueAsMessage': [position?: DocumentPosition];
  'kmsExplorer.decryptValue': [position?: DocumentPosition];
  'kmsExplorer.startEmulator': [];
  'kmsExplorer.stopEmulator': [];
  'kmsExplorer.copyEmulatorEnvironment': [];
  'kmsExplorer.showLog': [];
  'kmsExplorer.encryptUnderKey': [];
  'kmsExplorer.encryptSelectedValues': [];
  'kmsExplorer.encryptDetected': [];
  'kmsExplorer.decryptAllValues': [];
  'kmsExplorer.peekDecrypted': [];
  'kmsExplorer.editDecrypted': [];
  'kmsExplorer.compareDecrypted': [];
  'kmsExplorer.reEncryptValue': [position?: DocumentPosition];
  'kmsExplorer.moveToOtherKey': [position?: DocumentPosition, row?: KeyRow];
  'kmsExplorer.editValue': [position?: DocumentPosition];
  'kmsExplorer.copyDecryptedValue': [position?: DocumentPosition];
  'kmsExplorer.inspectCiphertext': [position?: DocumentPosition];
  'kmsExplorer.sopsEncryptFile': [];
  'kmsExplorer.sopsDecryptFile': [];
  'kmsExplorer.sopsRotateDataKey': [];
  'kmsExplorer.sopsAddKey': [];
  'kmsExplorer.sopsRemoveKey': [];
  'kmsExplorer.sopsUpdateKeys': [];
  'kmsExplorer.sopsReseal': [];
  'kmsExplorer.scanSecrets': [];
  'kmsExplorer.createKey': [];
  'kmsExplorer.createKeyStore': [];
  'kmsExplorer.updateKeyStore': [row?: KeyStoreRow];
  'kmsExplorer.deleteKeyStore': [row?: KeyStoreRow];
  'kmsExplorer.connectKeyStore': [row?: KeyStoreRow];
  'kmsExplorer.disconnectKeyStore': [row?: KeyStoreRow];
  'kmsExplorer.openKeyPolicy': [row?: KeyPolicyRow];
  'kmsExplorer.compareKeyPolicy': [];
  'kmsExplorer.analyzeKeyPolicy': [];
  'kmsExplorer.findKeyPolicies': [];
  'kmsExplorer.explainLastDeniedCall': [];
  'kmsExplorer.showEmulatorCalls': [];
}

export type CommandId = keyof CommandArguments;

/** Written as a record, so that a command without an entry, or an entry without a command, does not compile. */
const commandRecord: Record<CommandId, null> = {
  'kmsExplorer.selectBackend': null,
  'kmsExplorer.selectRegions': null,
  'kmsExplorer.refreshKeys': null,
  'kmsExplorer.retryRegion': null,
  'kmsExplorer.groupByType': null,
  'kmsExplorer.groupByRegion': null,
  'kmsExplorer.filterKeys': null,
  'kmsExplorer.clearKeyFilter': null,
  'kmsExplorer.showMoreKeys': null,
  'kmsExplorer.goToKey': null,
  'kmsExplorer.openKey': null,
  'kmsExplorer.copyKeyArn': null,
  'kmsExplorer.copyKeyId': null,
  'kmsExplorer.copyKeyAlias': null,
  'kmsExplorer.groupKeys': null,
  'kmsExplorer.sortKeys': null,
  'kmsExplorer.pinKey': null,
  'kmsExplorer.unpinKey': null,
  'kmsExplorer.enableKey': null,
  'kmsExplorer.disableKey': null,
  'kmsExplorer.tagKeys': null,
  'kmsExplorer.scheduleKeyDeletion': null,
  'kmsExplorer.cancelKeyDeletion': null,
  'kmsExplorer.openInConsole': null,
  'kmsExplorer.copyCliCommand': null,
  'kmsExplorer.encryptSelection': null,
  'kmsExplorer.encryptSelectionAsMessage': null,
  'kmsExplorer.decryptSelection': null,
  'kmsExplorer.encryptValue': null,
  'kmsExplorer.encryptValueAsMessage': null,
  'kmsExplorer.decryptValue': null,
  'kmsExplorer.startEmulator': null,
  'kmsExplorer.stopEmulator': null,
  'kmsExplorer.copyEmulatorEnvironment': null,
  'kmsExplorer.showLog': null,
  'kmsExplorer.encryptUnderKey': null,
  'kmsExplorer.encryptSelectedValues': null,
  'kmsExplorer.encryptDetected': null,
  'kmsExplorer.decryptAllValues': null,
  'kmsExplorer.peekDecrypted': null,
  'kmsExplorer.editDecrypted': null,
  'kmsExplorer.compareDecrypted': null,
  'kmsExplorer.reEncryptValue': null,
  'kmsExplorer.moveToOtherKey': null,
  'kmsExplorer.editValue': null,
  'kmsExplorer.copyDecryptedValue': null,
  'kmsExplorer.inspectCiphertext': null,
  'kmsExplorer.sopsEncryptFile': null,
  'kmsExplorer.sopsDecryptFile': null,
  'kmsExplorer.sopsRotateDataKey': null,
  'kmsExplorer.sopsAddKey': null,
  'kmsExplorer.sopsRemoveKey': null,
  'kmsExplorer.sopsUpdateKeys': null,
  'kmsExplorer.sopsReseal': null,
  'kmsExplorer.scanSecrets': null,
  'kmsExplorer.createKey': null,
  'kmsExplorer.createKeyStore': null,
  'kmsExplorer.updateKeyStore': null,
  'kmsExplorer.deleteKeyStore': null,
  'kmsExplorer.connectKeyStore': null,
  'kmsExplorer.disconnectKeyStore': null,
  'kmsExplorer.openKeyPolicy': null,
  'kmsExplorer.compareKeyPolicy': null,
  'kmsExplorer.analyzeKeyPolicy': null,
  'kmsExplorer.findKeyPolicies': null,
  'kmsExplorer.explainLastDeniedCall': null,
  'kmsExplorer.showEmulatorCalls': null,
};
export const commandIds = Object.keys(commandRecord) as readonly CommandId[];

/** Every setting with the type of its value. */
export interface SettingTypes {
  'kmsExplorer.backend': 'none' | 'emulator' | 'aws';
  'kmsExplorer.aws.profile': string;
  'kmsExplorer.aws.region': string;
  'kmsExplorer.regions': readonly string[];
  'kmsExplorer.emulator.port': number;
  'kmsExplorer.emulator.dataFolder': string;
  'kmsExplorer.emulator.seedFile': string;
  'kmsExplorer.encryptionContext': Readonly<Record<string, string>>;
  'kmsExplorer.askForEncryptionContext': boolean;
  'kmsExplorer.codeLens.enabled': boolean;
  'kmsExplorer.ciphertextMarkers': readonly { readonly prefix?: string; readonly suffix?: string; readonly files?: string }[];
  'kmsExplorer.diagnostics.enabled': boolean;
  'kmsExplorer.keyHints.enabled': boolean;
  'kmsExplorer.gutterIcons.enabled': boolean;
  'kmsExplorer.folding.enabled': boolean;
  'kmsExplorer.fileBadges.enabled': boolean;
}

export type SettingId = keyof SettingTypes;

/**
 * The settings and their defaults. `machine` settings decide where data goes or what runs: only the user's own value
 * of them counts, never a workspace's.
 */
export const settings: {
  readonly [Id in SettingId]: { readonly scope: 'machine' | 'resource'; readonly default: SettingTypes[Id] };
} = {
  'kmsExplorer.backend': { scope: 'machine', default: 'none' },
  'kmsExplorer.aws.profile': { scope: 'machine', default: '' },
  'kmsExplorer.aws.region': { scope: 'machine', default: '' },
  'kmsExplorer.regions': { scope: 'machine', default: [] },
  'kmsExplorer.emulator.port': { scope: 'machine', default: 4599 },
  'kmsExplorer.emulator.dataFolder': { scope: 'machine', default: '' },
  'kmsExplorer.emulator.seedFile': { scope: 'machine', default: '' },
  'kmsExplorer.encryptionContext': { scope: 'resource', default: {} },
  'kmsExplorer.askForEncryptionContext': { scope: 'resource', default: true },
  'kmsExplorer.codeLens.enabled': { scope: 'resource', default: true },
  'kmsExplorer.ciphertextMarkers': { scope: 'resource', default: [] },
  'kmsExplorer.diagnostics.enabled': { scope: 'resource', default: true },
  'kmsExplorer.keyHints.enabled': { scope: 'resource', default: true },
  'kmsExplorer.gutterIcons.enabled': { scope: 'resource', default: true },
  'kmsExplorer.folding.enabled': { scope: 'resource', default: true },
  'kmsExplorer.fileBadges.enabled': { scope: 'resource', default: true },
};

export const viewContainerId = 'kmsExplorer';
export const keysViewId = 'kmsExplorer.keys';
export const secretsViewId = 'kmsExplorer.secrets';
export const keyPanelViewType = 'kmsExplorer.keyPanel';
export const createKeyViewType = 'kmsExplorer.createKeyPanel';
/** The editor for a whole SOPS file. */
export const decryptedEditorViewType = 'kmsExplorer.decryptedEditor';
/** A read-only document that shows one side of a key policy diff. */
export const policyScheme = 'kms-policy-ro';
/** Read-only documents that show decrypted files, and what a ciphertext is. */
export const plaintextScheme = 'kms-plaintext';
export const ciphertextScheme = 'kms-ciphertext';
/** A key policy as a document that can be written. */
export const policyDocumentScheme = 'kms-policy';

/** Context keys that menus and welcome views ask for. */
export interface ContextKeyTypes {
  'kmsExplorer.backend': SettingTypes['kmsExplorer.backend'];
  'kmsExplorer.grouping': 'region' | 'type' | 'alias' | 'tag' | 'state' | 'store';
  'kmsExplorer.filtered': boolean;
  'kmsExplorer.emulatorRunning': boolean;
  /** What stands in the way of the list of keys, if anything. */
  'kmsExplorer.keysView': 'ready' | 'noKeys' | 'noBackend' | 'noCredentials' | 'emulatorStopped' | 'untrusted';
  /** What the Secrets view shows, or why it is empty. */
  'kmsExplorer.secretsView': 'unscanned' | 'empty' | 'ready';
}
