import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { EmulatorAddress } from '../../core/kms/service/keyServiceFactory.ts';
import type { CallEvent } from '../../protocol/emulator.ts';
import type { EmulatorPort } from '../shared/emulatorPort.ts';
import type { Log } from '../shared/log.ts';
import { readSetting } from '../shared/readSetting.ts';
import { showError } from '../shared/showError.ts';
import { isDenial } from './denialWords.ts';
import { startEmulatorProcess, type StartResult } from './emulatorProcess.ts';

export interface LocalEmulatorParts {
  readonly log: Log;
  /** The bundled emulator, an absolute path. */
  readonly script: string;
  /** Where the state lives unless the user chose a folder. */
  readonly defaultDataFolder: string;
}

const mostCalls = 100;

/** The one emulator of this window: its own process, or the one of another window on the same data folder. */
export class LocalEmulator implements EmulatorPort {
  readonly #parts: LocalEmulatorParts;
  readonly #changed = new vscode.EventEmitter<void>();
  #starting: Promise<StartResult> | undefined;
  #running: StartResult | undefined;
  /** Why it is not started again by itself: the user stopped it, or it died and the user is being asked. */
  #halted: KmsExplorerError | undefined;
  #lastDenial: CallEvent | undefined;
  #calls: readonly CallEvent[] = [];
  readonly onDidChange = this.#changed.event;

  constructor(parts: LocalEmulatorParts) {
    this.#parts = parts;
  }

  get address(): EmulatorAddress | undefined {
    return this.#running === undefined ? undefined : readyOf(this.#running);
  }

  /** Whether the running emulator is this window's own, whose calls it sees. */
  get isOwn(): boolean {
    return this.#running?.kind === 'owned';
  }

  /** The last calls that the emulator of this window answered, the newest first; kept in memory alone. */
  get calls(): readonly CallEvent[] {
    return this.#calls;
  }

  /** The last call that it denied. */
  get lastDenial(): CallEvent | undefined {
    return this.#lastDenial;
  }

  async start(): Promise<EmulatorAddress> {
    if (this.#running !== undefined) return readyOf(this.#running);
    if (this.#halted !== undefined) throw this.#halted;
    this.#starting ??= this.#startOnce();
    return readyOf(await this.#starting);
  }

  /** Starts it because the user says so, also after a stop or a failure. An attached emulator is looked for again, since its window may have closed. */
  async restart(): Promise<EmulatorAddress> {
    if (this.#running?.kind === 'attached') this.#running = undefined;
    this.#halted = undefined;
    return this.start();
  }

  /**
   * Stops the process of this window. Rejects with EMULATOR_DATA_OWNED when another process owns the running emulator:
   * it is not this window's to end.
   */
  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    if (running.kind === 'attached') {
      throw new KmsExplorerError(
        'EMULATOR_DATA_OWNED',
        vscode.l10n.t(
          'The emulator at {0} belongs to process {1}, which started it. Stop it there.',
          running.ready.endpoint,
          running.ready.pid,
        ),
      );
    }
    this.#running = undefined;
    this.#halted = new KmsExplorerError('EMULATOR_NOT_STARTED', vscode.l10n.t('The local emulator is stopped. Start it to go on.'));
    await running.emulator.stop();
    this.#parts.log.info('Local emulator stopped');
    this.#changed.fire();
  }

  /** Ends the own process, if there is one, when the window closes. */
  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#changed.dispose();
    if (running?.kind === 'owned') await running.emulator.stop();
  }

  async #startOnce(): Promise<StartResult> {
    const { log, script, defaultDataFolder } = this.#parts;
    try {
      const options = {
        script,
        dataFolder: readSetting('kmsExplorer.emulator.dataFolder') || defaultDataFolder,
        port: readSetting('kmsExplorer.emulator.port'),
        seedFile: readSetting('kmsExplorer.emulator.seedFile'),
      };
      const result = await startEmulatorProcess(options, { onCall: (event) => { this.#called(event); }, onDied: (exit) => { this.#died(exit); } });
      this.#running = result;
      const { endpoint, pid } = readyOf(result);
      log.info(`Local emulator ${result.kind === 'owned' ? 'started' : 'found'}: process ${pid} at ${endpoint}`);
      this.#changed.fire();
      return result;
    } finally {
      this.#starting = undefined;
    }
  }

  /** The events carry names and times, never plaintext, ciphertext or key material. */
  #called(event: CallEvent): void {
    const { operation, region, error, ms, reason } = event;
    this.#calls = [event, ...this.#calls.slice(0, mostCalls - 1)];
    if (isDenial(event)) this.#lastDenial = event;
    this.#parts.log.debug(`Emulator: ${operation} in ${region ?? '-'}: ${error ?? 'ok'} (${ms} ms; ${reason})`);
  }

  #died(exit: string): void {
    this.#running = undefined;
    const message = vscode.l10n.t('The local emulator stopped unexpectedly ({0}). Its keys are safe; restart it to go on.', exit);
    this.#halted = new KmsExplorerError('EMULATOR_DIED', message);
    this.#changed.fire();
    showError(this.#halted, this.#parts.log);
  }
}

function readyOf(result: StartResult) {
  return result.kind === 'owned' ? result.emulator.ready : result.ready;
}
