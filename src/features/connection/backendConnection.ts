import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { BackendIdentity, KeyService } from '../../core/kms/service/keyService.ts';
import type { KeyServiceFactory } from '../../core/kms/service/keyServiceFactory.ts';
import type { SettingId, SettingTypes } from '../../contributions.ts';
import type { Connection } from '../shared/connection.ts';
import type { EmulatorPort } from '../shared/emulatorPort.ts';
import type { Log } from '../shared/log.ts';
import { readSetting } from '../shared/readSetting.ts';
import { describeForLog, toKmsExplorerError } from '../shared/showError.ts';

export interface ConnectionParts {
  readonly loadFactory: () => Promise<KeyServiceFactory>;
  readonly emulator: EmulatorPort;
  readonly log: Log;
}

/** The settings that say who answers; a change of one of them is a change of the backend. */
const deciding: readonly SettingId[] = [
  'kmsExplorer.backend',
  'kmsExplorer.aws.profile',
  'kmsExplorer.aws.region',
];

/** The connection that the settings describe. It is made when a feature first asks, and again after a change. */
export class BackendConnection implements Connection, vscode.Disposable {
  readonly #parts: ConnectionParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #regionsChanged = new vscode.EventEmitter<void>();
  readonly #identified = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #connecting: Promise<KeyService> | undefined;
  #service: KeyService | undefined;
  #identity: BackendIdentity | undefined;
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeRegions = this.#regionsChanged.event;
  /** Fires when the account behind the connection became known. */
  readonly onDidIdentify = this.#identified.event;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (deciding.some((id) => event.affectsConfiguration(id))) this.reset();
        else if (event.affectsConfiguration('kmsExplorer.regions')) this.#regionsChanged.fire();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.reset();
      }),
      parts.emulator.onDidChange(() => {
        // An emulator that starts because of this connection is no change of it.
        const isOwnStart = this.#connecting !== undefined && this.#service === undefined;
        if (this.backend === 'emulator' && !isOwnStart) this.reset();
      }),
    );
  }

  get backend(): SettingTypes['kmsExplorer.backend'] {
    return readSetting('kmsExplorer.backend');
  }

  /** The account and endpoint, once the connection was used. */
  get identity(): BackendIdentity | undefined {
    return this.#identity;
  }

  /** The Region of the connection, once it was made. */
  get region(): string | undefined {
    return this.#service?.region;
  }

  keyService(): Promise<KeyService> {
    if (this.#connecting !== undefined) return this.#connecting;
    const connecting = this.#connect();
    this.#connecting = connecting;
    connecting.then(
      (service) => {
        // A change of settings meanwhile made this connection another account's: nobody may use it.
        if (this.#connecting === connecting) this.#connected(service);
        else service.dispose();
      },
      () => {
        if (this.#connecting === connecting) this.#connecting = undefined;
      },
    );
    return connecting;
  }

  async regions(): Promise<readonly string[]> {
    const service = await this.keyService();
    const known = new Set(service.regions());
    const chosen = readSetting('kmsExplorer.regions').filter((region) => known.has(region));
    return chosen.length > 0 ? chosen : [service.region];
  }

  /** Drops the connection, so that the next use makes a new one with fresh credentials. */
  reset(): void {
    this.#service?.dispose();
    this.#service = undefined;
    this.#connecting = undefined;
    this.#identity = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.#service?.dispose();
    this.#subscriptions.dispose();
    this.#changed.dispose();
    this.#regionsChanged.dispose();
    this.#identified.dispose();
  }

  async #connect(): Promise<KeyService> {
    const { backend } = this;
    if (!vscode.workspace.isTrusted) {
      throw new KmsExplorerError(
        'UNTRUSTED_WORKSPACE',
        vscode.l10n.t('KMS is not called from a workspace in Restricted Mode. Trust the workspace to go on.'),
      );
    }
    if (backend === 'none') {
      throw new KmsExplorerError(
        'NO_BACKEND',
        vscode.l10n.t('No backend is selected. Choose the local emulator or an AWS profile with "KMS: Select Backend".'),
      );
    }
    const factory = await this.#parts.loadFactory();
    if (backend === 'emulator') return factory.connect({ kind: 'emulator', address: await this.#parts.emulator.start() });
    return factory.connect({
      kind: 'aws',
      profile: readSetting('kmsExplorer.aws.profile') || undefined,
      region: readSetting('kmsExplorer.aws.region') || undefined,
    });
  }

  #connected(service: KeyService): void {
    this.#service = service;
    this.#parts.log.info(`Connected: backend ${this.backend}, Region ${service.region}`);
    void this.#identify(service);
  }

  /** Asks who is calling, for the status bar. The user's own act fails with its own message when this one does. */
  async #identify(service: KeyService): Promise<void> {
    try {
      const identity = await service.identity(new AbortController().signal);
      if (this.#service !== service) return;
      this.#identity = identity;
      this.#parts.log.info(`Calls are made as ${identity.callerArn} to ${identity.endpoint}`);
      this.#identified.fire();
    } catch (error) {
      this.#parts.log.warn(describeForLog(toKmsExplorerError(error)));
    }
  }
}
